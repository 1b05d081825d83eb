/**
 * Sends a lead's customer file, as it is at that moment and only while the permission is in force.
 */

import type { House } from '../house.ts'
import type { Delivered } from '../outbox/delivered.ts'
import { leadLeaving } from '../outbox/lead-leaving.ts'
import type { LeadRecord, StoredEffect } from '../ports.ts'
import { writeCustomerFile } from '../providers/crm.ts'
import { crmFile } from './fields.ts'

export async function deliverCustomerFile(house: House, _effect: StoredEffect, lead: LeadRecord): Promise<Delivered> {
  const { customerFiles, publicUrl } = house.config
  const leaving = customerFiles && (await leadLeaving(house, lead, 'write-customer-file'))
  if (!customerFiles || !leaving) return { type: 'done' }
  const file = crmFile(leaving, customerFiles.fields, publicUrl)
  return writeCustomerFile(customerFiles, { file, permit: leaving.permit, now: house.clock.now() })
}
