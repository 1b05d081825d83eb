/**
 * The desk's figures: how far people came, how long they waited, and how the promises were kept.
 *
 * Counted from what is stored; a promise is kept when a person took the lead before its time.
 */
import type { House } from '../house.ts'
import type { LeadFigures, StaffRecord } from '../ports.ts'

const DAY_MS = 86_400_000

type Figure = LeadFigures['leads'][number]

export async function figuresOf(house: House, staff: StaffRecord, days: number) {
  const now = house.clock.now()
  const since = new Date(now.getTime() - days * DAY_MS).toISOString()
  const { conversations, leads } = await house.store.leadFigures(staff.programs, since)
  return { since, days, ...figures(leads, now.toISOString()), funnel: funnel(conversations, leads) }
}

/** @param at - now: a promise that is not yet due counts neither as kept nor as broken. */
function figures(leads: readonly Figure[], at: string) {
  const waits = leads.flatMap((lead) =>
    lead.claimedAt === null ? [] : [secondsBetween(lead.openedAt, lead.claimedAt)],
  )
  const kept = leads.map((lead) => keptPromise(lead, at))
  return {
    byState: tally(leads.map((lead) => lead.state)),
    byRoute: tally(leads.map((lead) => lead.route)),
    byAcuity: tally(leads.map((lead) => lead.acuity)),
    closedAs: tally(leads.flatMap((lead) => lead.closedAs ?? [])),
    overdue: leads.filter((lead) => lead.state === 'open' && lead.dueAt !== null && lead.dueAt < at).length,
    secondsToClaim: { median: quantile(waits, 0.5), p90: quantile(waits, 0.9) },
    promises: { kept: kept.filter((one) => one === true).length, broken: kept.filter((one) => one === false).length },
  }
}

function funnel(conversations: number, leads: readonly Figure[]) {
  const count = (fits: (lead: Figure) => boolean) => leads.filter(fits).length
  const reached = ['reached', 'booked', 'admitted', 'safe-now', 'referred-out']
  return [
    { step: 'conversations', count: conversations },
    { step: 'leads', count: leads.length },
    { step: 'claimed', count: count((lead) => lead.claimedAt !== null) },
    { step: 'reached', count: count((lead) => lead.closedAs !== null && reached.includes(lead.closedAs)) },
    { step: 'booked', count: count((lead) => lead.closedAs === 'booked' || lead.closedAs === 'admitted') },
    { step: 'admitted', count: count((lead) => lead.closedAs === 'admitted') },
  ]
}

/** null while it is open, or when nothing was promised. */
function keptPromise({ dueAt, claimedAt }: Figure, at: string): boolean | null {
  if (dueAt === null) return null
  if (claimedAt !== null) return claimedAt <= dueAt
  return at > dueAt ? false : null
}

function secondsBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 1000)
}

/** null of nothing. */
function quantile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null
}

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
