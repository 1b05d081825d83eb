/**
 * The shift page: what the night brought, in the order in which it is called back, and what is still open.
 *
 * Counted from the queue and the trail; it holds ids, codes and times, the rows get their words where the
 * queue gets them.
 */
import type { House } from '../house.ts'
import type { LeadRecord, StaffRecord } from '../ports.ts'
import { acuityRank } from '../queue/lead-order.ts'
import { sees } from './staff-accounts.ts'

const SHIFT_MS = 12 * 3_600_000
const SHOWN = 200
const TRAIL = 1_000
const told = ['lead.claimed', 'lead.closed', 'lead.lapsed', 'lead.transferred', 'lead.call-again', 'lead.released']

export async function shiftOf(house: House, staff: StaffRecord) {
  const now = house.clock.now()
  const at = now.toISOString()
  const since = new Date(now.getTime() - SHIFT_MS).toISOString()
  const query = { programs: staff.programs, limit: SHOWN, after: null, at }
  const [open, claimed] = await Promise.all([
    house.store.leads({ ...query, state: 'open' }),
    house.store.leads({ ...query, state: 'claimed' }),
  ])
  const trail = await deedsSince(house, staff, since)
  const { leads } = await house.store.leadFigures(staff.programs, since)
  return {
    since,
    /** The morning list: who waits since then, in the order of the queue. */
    waiting: open.leads.map((lead) => lineOf(lead, at)),
    held: claimed.leads.map((lead) => lineOf(lead, at)),
    cameIn: leads.length,
    danger: leads.filter((lead) => acuityRank(lead.acuity, lead.route) <= 1).length,
    late: open.leads.filter((lead) => lead.dueAt !== null && lead.dueAt < at).length,
    deeds: Object.fromEntries(told.map((event) => [event, trail.filter((one) => one.event === event).length])),
  }
}

/** Of one's own programs only. */
async function deedsSince(house: House, staff: StaffRecord, since: string) {
  const trail = (await house.store.auditTrail(TRAIL, null)).filter((one) => one.at >= since && told.includes(one.event))
  if (staff.programs === null) return trail
  const leads = await Promise.all(trail.map(({ lead }) => (lead === null ? null : house.store.lead(lead))))
  return trail.filter((_, index) => sees(staff, leads[index]?.program ?? ''))
}

function lineOf({ id, program, acuity, route, openedAt, dueAt, claimedBy }: LeadRecord, at: string) {
  return { id, program, acuity, route, openedAt, dueAt, claimedBy, isLate: dueAt !== null && dueAt < at }
}
