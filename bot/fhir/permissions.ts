/**
 * The permissions of a person as Consent resources: the exact words, when, for whom, until when.
 *
 * One that was taken back or has run out is sent as inactive, so that the record system stops as well.
 */
import { createHash } from 'node:crypto'
import type { Coding, Consent } from '@medplum/fhirtypes'
import { activeConsent } from '../../flows/consents.ts'
import { ConsentKind, type Consent as Permission } from '../../flows/vocabulary.ts'
import { identifierOf, labelled } from './identity.ts'
import { writer } from './people.ts'
import { type BundleSource, nameOf, namesAPayer, refTo } from './source.ts'

const ACT_REASON = 'http://terminology.hl7.org/CodeSystem/v3-ActReason'
const purposes: Readonly<Record<ConsentKind, readonly (readonly [string, string])[]>> = {
  contact: [['TREAT', 'treatment']],
  'payer-disclosure': [
    ['ELIGDTRM', 'eligibility determination'],
    ['HPAYMT', 'healthcare payment'],
  ],
  'pass-on': [['TREAT', 'treatment']],
  texting: [['TREAT', 'treatment']],
}

/** The newest of each kind that was ever given. */
export function permissions(source: BundleSource): { kind: ConsentKind; resource: Consent }[] {
  return ConsentKind.options.flatMap((kind) => {
    const given = source.state.consents.findLast((one) => one.kind === kind && one.given)
    return given ? [{ kind, resource: permission(source, given) }] : []
  })
}

function permission(source: BundleSource, given: Permission): Consent {
  const inForce = activeConsent(source.state, given.kind, { at: source.at }) !== null
  const words = Buffer.from(given.text)
  return {
    resourceType: 'Consent',
    meta: labelled,
    identifier: [identifierOf(nameOf(source, `consent-${given.kind}`))],
    status: inForce ? 'active' : 'inactive',
    scope: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/consentscope',
          code: 'patient-privacy',
          display: 'Privacy Consent',
        },
      ],
    },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    patient: refTo(source, 'patient'),
    dateTime: given.at,
    performer: [refTo(source, writer(source))],
    organization: [refTo(source, 'provider')],
    // R4 has no policy code of its own for part 2, and invariant ppc-1 wants a policy.
    policy: [{ authority: 'https://www.ecfr.gov', uri: 'https://www.ecfr.gov/current/title-42/part-2' }],
    sourceAttachment: {
      contentType: 'text/plain',
      title: `consent text as shown, version ${given.textVersion}`,
      // FHIR R4 states SHA-1 for an attachment's hash.
      hash: createHash('sha1').update(words).digest('base64'),
      data: words.toString('base64'),
    },
    provision: {
      type: 'permit',
      period: { start: given.at, ...(given.expiresAt !== null && { end: given.expiresAt }) },
      actor: [{ role: { coding: [recipientRole] }, reference: recipientOf(source, given) }],
      purpose: purposes[given.kind].map(([code, display]) => ({ system: ACT_REASON, code, display })),
    },
  }
}

const recipientRole: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
  code: 'IRCP',
  display: 'information recipient',
}

function recipientOf(source: BundleSource, given: Permission) {
  if (given.kind === 'payer-disclosure' && namesAPayer(source)) return refTo(source, 'payer')
  if (given.recipient === null) return refTo(source, 'provider')
  return { display: given.recipient }
}
