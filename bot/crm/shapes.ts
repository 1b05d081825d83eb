/**
 * A customer file in the shapes that HubSpot and Salesforce take, each as one call that updates what is there.
 *
 * Both find the file again by a field of our own, which an administrator adds to their side once:
 * `porchlight_lead` (HubSpot, unique values) and `Porchlight_Lead__c` (Salesforce, external id, unique).
 */
import type { CrmFile } from './fields.ts'

export const crmShapes = ['hubspot', 'salesforce'] as const
export type CrmShape = (typeof crmShapes)[number]

export interface CrmCall {
  readonly method: 'POST' | 'PATCH'
  readonly path: string
  readonly body: object
}

export function crmCall(shape: CrmShape, file: CrmFile): CrmCall {
  return shape === 'hubspot' ? hubspot(file) : salesforce(file)
}

/** A contact, created or updated by our own id. */
function hubspot({ lead, fields }: CrmFile): CrmCall {
  const [firstname, lastname] = nameParts(fields.name)
  const properties = {
    porchlight_lead: lead,
    lifecyclestage: 'lead',
    ...present({ firstname, lastname, phone: fields.phone, email: fields.email }),
    ...present({
      hs_language: fields.language,
      porchlight_link: fields.link,
      porchlight_best_time: fields['best-time'],
    }),
  }
  const inputs = [{ idProperty: 'porchlight_lead', id: lead, properties }]
  return { method: 'POST', path: '/crm/v3/objects/contacts/batch/upsert', body: { inputs } }
}

/** A Lead; the API wants a last name and a company of everybody. */
function salesforce({ lead, fields }: CrmFile): CrmCall {
  const [first, last] = nameParts(fields.name)
  const body = {
    ...present({ FirstName: last === undefined ? undefined : first, Phone: fields.phone, Email: fields.email }),
    LastName: last ?? first ?? 'Web chat',
    Company: 'Individual',
    LeadSource: 'Web chat',
    Status: 'Open - Not Contacted',
    ...present({ Porchlight_Link__c: fields.link, Porchlight_Best_Time__c: fields['best-time'] }),
  }
  const path = `/services/data/v61.0/sobjects/Lead/Porchlight_Lead__c/${encodeURIComponent(lead)}`
  return { method: 'PATCH', path, body }
}

function nameParts(name: string | undefined): [string?, string?] {
  const [first, ...rest] = (name ?? '')
    .trim()
    .split(/\s+/)
    .filter((part) => part !== '')
  return first === undefined ? [] : rest.length === 0 ? [first] : [first, rest.join(' ')]
}

function present(fields: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined))
}
