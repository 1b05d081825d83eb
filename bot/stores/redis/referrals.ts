/**
 * Counts of referrals on Redis: one hash, `month|program|label|resource` → count.
 */
import type { DangerLabel } from '../../../flows/safety/verdict.ts'
import type { ReferralCount, ReferralStore } from '../referral-port.ts'
import type { Connection } from './connection.ts'
import { listOf, textOf } from './reply.ts'
import { scripts } from './scripts.ts'

export function redisReferrals(redis: Connection): ReferralStore {
  return {
    async referrals() {
      const counts: ReferralCount[] = []
      const pairs = listOf(await redis.run(scripts.referrals)).map(textOf)
      for (let at = 0; at + 1 < pairs.length; at += 2) {
        const [month = '', program = '', label = '', resource = ''] = pairs[at]!.split('|')
        counts.push({ month, program, label: label as DangerLabel, resource, count: Number(pairs[at + 1]) })
      }
      const placeOf = (one: ReferralCount): string => `${one.month}|${one.program}|${one.label}|${one.resource}`
      return counts.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
    },
  }
}
