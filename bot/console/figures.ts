/**
 * The desk's figures: how many leads stand where, and how the promises were kept.
 */
import type { House } from '../house.ts'
import type { LeadRecord, LeadState, StaffRecord } from '../ports.ts'

const COUNTED_AT_MOST = 1_000
const states: readonly LeadState[] = ['open', 'claimed', 'closed']

export async function figuresOf(house: House, staff: StaffRecord) {
  const at = house.clock.now().toISOString()
  const pages = await Promise.all(
    states.map((state) =>
      house.store.leads({ state, programs: staff.programs, limit: COUNTED_AT_MOST, after: null, at }),
    ),
  )
  const leads = pages.flatMap((page) => page.leads)
  const counted = (of: (lead: LeadRecord) => string) => tally(leads.map(of))
  return {
    byState: counted((lead) => lead.state),
    byRoute: counted((lead) => lead.route),
    byAcuity: counted((lead) => lead.acuity),
    closedAs: tally(leads.flatMap((lead) => (lead.closedAs === null ? [] : [lead.closedAs]))),
    overdue: leads.filter((lead) => lead.state === 'open' && lead.dueAt !== null && lead.dueAt < at).length,
    isComplete: pages.every((page) => page.next === null),
  }
}

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
