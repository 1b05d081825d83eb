/**
 * Who needs a person first: the order of the admissions queue.
 *
 * Danger, then medical need, then promises, then waiting time; never payer, plan or ability to pay
 * (domain reference 6.2). Within a rank the earlier promise goes first, then the longer wait.
 */
import type { Acuity, Route } from '../flows/vocabulary.ts'

const rankOfRoute: Readonly<Record<Route, number>> = {
  emergency: 0,
  crisis: 1,
  'medical-first': 2,
  higher: 3,
  'iop-fit': 4,
  family: 6,
  minor: 6,
  lower: 7,
  'current-patient': 8,
  professional: 8,
  'staff-decides': 8,
}

/** 0 (first) to 8. An acuity of emergency or crisis wins over the route. */
export function acuityRank(acuity: Acuity, route: Route): number {
  if (acuity === 'emergency') return 0
  if (acuity === 'crisis') return Math.min(1, rankOfRoute[route])
  return rankOfRoute[route]
}
