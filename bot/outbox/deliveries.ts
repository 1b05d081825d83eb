/**
 * Deliveries: what goes to a system that takes or refuses it, each by its own protocol.
 *
 * A refusal that trying again would not mend is given up at once and shown on the desk; everything else
 * is tried again, not before the other side says so.
 */
import { deliverCustomerFile } from '../crm/deliver.ts'
import { deliverEligibility } from '../eligibility/deliver.ts'
import { deliverRecord } from '../fhir/deliver.ts'
import type { House } from '../house.ts'
import type { LeadRecord, LeavingEffect, StoredEffect } from '../ports.ts'
import { deliverClearing, deliverEvent } from '../slots/write-event.ts'
import { deliverToSubscribers } from '../subscribers/deliver.ts'
import type { Delivered } from './delivered.ts'
import { deliverLetter, deliverText } from './write-to-visitor.ts'

export type Deliver = (house: House, effect: LeavingEffect, lead: LeadRecord) => Promise<Delivered>

export type DeliveredKind = Exclude<LeavingEffect['kind'], 'page-on-call' | 'announce-lead'>

export const deliveries: Readonly<Record<DeliveredKind, Deliver>> = {
  'write-record': deliverRecord,
  'write-customer-file': deliverCustomerFile,
  'tell-subscribers': deliverToSubscribers,
  'tell-revocation': deliverToSubscribers,
  'ask-payer': deliverEligibility,
  'write-calendar': deliverEvent,
  'clear-calendar': deliverClearing,
  'write-to-visitor': deliverLetter,
  'send-text': deliverText,
}

export function isDelivered(kind: StoredEffect['kind']): kind is DeliveredKind {
  return kind in deliveries
}
