/**
 * Spares a clearinghouse that fails: after three failures in a row nobody is asked for a minute.
 */
import { AdmissionsError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { Eligibility } from './port.ts'

const FAILURES = 3
const REST_MS = 60_000

/** Also looks that the permit is one for asking a payer. */
export function withBreaker(check: Eligibility['check'], clock: Clock): Eligibility['check'] {
  let failures = 0
  let restsUntil = 0
  return async (request, permit) => {
    if (permit.exit !== 'ask-payer')
      throw new AdmissionsError('CONSENT_REQUIRED', 'This permit is for another way out.')
    if (clock.now().getTime() < restsUntil) throw unreachable('rests after several failures')
    try {
      const answer = await check(request, permit)
      failures = 0
      return answer
    } catch (error) {
      failures += 1
      if (failures >= FAILURES) restsUntil = clock.now().getTime() + REST_MS
      throw error
    }
  }
}

export function unreachable(why: string): AdmissionsError {
  return new AdmissionsError('PAYER_UNREACHABLE', `The clearinghouse ${why}.`)
}
