/**
 * Sends a lead to the record system, as it is at that moment and only while the permission is in force.
 */

import type { House } from '../house.ts'
import type { Delivered } from '../outbox/delivered.ts'
import { leadLeaving } from '../outbox/lead-leaving.ts'
import type { LeadRecord, StoredEffect } from '../ports.ts'
import { writeRecord } from '../providers/fhir.ts'
import { leadBundle } from './bundle.ts'

export async function deliverRecord(house: House, _effect: StoredEffect, lead: LeadRecord): Promise<Delivered> {
  const system = house.config.recordSystem
  const leaving = system && (await leadLeaving(house, lead, 'write-record'))
  if (!system || !leaving) return { type: 'done' }
  const bundle = leadBundle(leaving)
  return writeRecord(system, { bundle, permit: leaving.permit, now: house.clock.now() })
}
