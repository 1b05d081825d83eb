/**
 * Break-glass: somebody of another program opens one lead, with a reason, for an hour, before everybody's eyes.
 *
 * For the night on which the only person who could help is not of that program. The reason is a code, so
 * that the trail holds no words about a person; every admin's desk is told at once.
 */
import { z } from 'zod'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { LeadRecord, StaffRecord } from '../ports.ts'
import { trailOf } from './lead-trail.ts'

const LIFE_MS = 3_600_000
export const BreakGlass = z.object({
  lead: z.string().min(1).max(80),
  reason: z.enum(['danger-to-life', 'nobody-of-the-program', 'system-failure']),
})

/** @throws AdmissionsError `LEAD_NOT_FOUND`. */
export async function breakGlass(house: House, staff: StaffRecord, asked: z.infer<typeof BreakGlass>) {
  const lead = await house.store.lead(asked.lead)
  if (!lead) throw new AdmissionsError('LEAD_NOT_FOUND', 'No lead has this id.')
  const now = house.clock.now()
  const until = new Date(now.getTime() + LIFE_MS).toISOString()
  const event = { event: 'glass.broken', actor: staff.name, detail: { reason: asked.reason, until } }
  const glass = { key: keyOf(staff, lead), holder: staff.name, until }
  await house.store.reserve(glass, now.toISOString(), trailOf(house, lead, event))
  const data = { lead: lead.id, conversation: lead.conversation, acuity: lead.acuity, reason: 'glass-broken' }
  house.deskEvents.emit({ event: 'alarm', program: lead.program, data })
  return { until }
}

/** Until when this person has the lead of another program open; null = not open. */
export async function glassUntil(house: House, staff: StaffRecord, lead: LeadRecord): Promise<string | null> {
  const found = await house.store.reservations(keyOf(staff, lead), house.clock.now().toISOString())
  return found.find((one) => one.key === keyOf(staff, lead) && one.holder === staff.name)?.until ?? null
}

function keyOf(staff: StaffRecord, lead: LeadRecord): string {
  return `glass/${lead.id}/${staff.name}`
}
