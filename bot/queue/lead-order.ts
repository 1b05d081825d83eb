/**
 * Who needs a person first: the order of the admissions queue.
 *
 * Danger, then medical need, then promises that are due, then waiting time; never payer, plan or
 * ability to pay (domain reference 6.2, where the targets are this project's own rule). Within a
 * place the earlier promise goes first, then the longer wait.
 *
 * | place | who |
 * |---|---|
 * | 0, 1 | emergency, crisis |
 * | 2 | medical first |
 * | 3 | higher support |
 * | 4, 5 | the program may fit: promise due, not yet due |
 * | 6 | family, under 18 |
 * | 7 | less intensive |
 * | 8 | everybody else |
 *
 * Twice its promised time without an answer moves a lead up one place, never into danger's.
 */
import type { Acuity, Route } from '../../flows/vocabulary.ts'

const placeOfRoute: Readonly<Record<Route, number>> = {
  emergency: 0,
  crisis: 1,
  'medical-first': 2,
  higher: 3,
  'iop-fit': 5,
  family: 6,
  minor: 6,
  lower: 7,
  'current-patient': 8,
  professional: 8,
  'staff-decides': 8,
}
const PROMISE_DUE = 4
const LAST_OF_DANGER = 1

export interface Waiting {
  readonly acuity: Acuity
  readonly route: Route
  readonly openedAt: string
  readonly dueAt: string | null
}

/** 0 (first) to 8, before any waiting. An acuity of emergency or crisis wins over the route. */
export function acuityRank(acuity: Acuity, route: Route): number {
  if (acuity === 'emergency') return 0
  if (acuity === 'crisis') return Math.min(1, placeOfRoute[route])
  return placeOfRoute[route]
}

/** The place at a moment: 0 (first) to 8. @param at - an instant in UTC, as all times of a lead. */
export function placeInQueue(lead: Waiting, at: string): number {
  const first = acuityRank(lead.acuity, lead.route)
  if (first <= LAST_OF_DANGER || lead.dueAt === null || at < lead.dueAt) return first
  const due = lead.route === 'iop-fit' ? PROMISE_DUE : first
  return at < (agedAt(lead) as string) ? due : Math.max(LAST_OF_DANGER + 1, due - 1)
}

/** When the place next changes by time alone; null = never again. */
export function nextRise(lead: Waiting, at: string): string | null {
  if (acuityRank(lead.acuity, lead.route) <= LAST_OF_DANGER || lead.dueAt === null) return null
  return [lead.dueAt, agedAt(lead) as string].find((moment) => moment > at) ?? null
}

/** Twice the promised time after opening. */
function agedAt({ openedAt, dueAt }: Waiting): string | null {
  if (dueAt === null) return null
  return new Date(2 * Date.parse(dueAt) - Date.parse(openedAt)).toISOString()
}
