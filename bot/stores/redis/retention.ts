/**
 * Age on Redis: a walk over what still has words, and dropping what its time is over for.
 *
 * Settled effects and ended sessions keep nothing here: the one is removed at once, the other by its own expiry.
 */
import type { LeadState } from '../../ports.ts'
import type { AgingConversation, RetentionStore } from '../retention-port.ts'
import type { Connection } from './connection.ts'
import { listOf, type Reply, textOf } from './reply.ts'
import { scripts } from './scripts.ts'

export function redisRetention(redis: Connection): RetentionStore {
  return {
    async aging(after, limit) {
      const [next, ...rows] = listOf(await redis.run(scripts.aging, after ?? '', limit))
      const cursor = textOf(next)
      return { conversations: rows.map(toAging), next: cursor === '' ? null : cursor }
    },
    dropQuestions: async (before) => Number(await redis.run(scripts.dropQuestions, before)),
    dropSettled: async () => 0,
    dropLapsed: async (at) => Number(await redis.run(scripts.dropLapsed, at)),
    async dropAudit(throughSeq) {
      await redis.ask('xtrim', `${redis.root}:audit`, 'MINID', `${throughSeq + 1}-0`)
    },
  }
}

/** [id, touched at, state of its lead or '', closed at or '', 1 = held]. */
function toAging(row: Reply): AgingConversation {
  const [id, touchedAt, state, closedAt, held] = listOf(row).map((field) => textOf(field))
  const lead = { state: state as LeadState, closedAt: closedAt === '' ? null : (closedAt ?? null) }
  return { id: id ?? '', touchedAt: touchedAt ?? '', lead: state === '' ? null : lead, isHeld: held === '1' }
}
