/**
 * Stored effects on Redis: what is due is taken by one machine at a time.
 */
import type { ConversationStore, StoredEffect } from '../../ports.ts'
import { withEntry } from './audit.ts'
import type { Connection } from './connection.ts'
import { jsonOf, listOf } from './reply.ts'
import { scripts } from './scripts.ts'

type Effects = Pick<ConversationStore, 'pendingEffects' | 'takeEffects' | 'settleEffect' | 'deadEffects' | 'putEffect'>

export function redisEffects(redis: Connection): Effects {
  return {
    async pendingEffects(dueBy, limit) {
      return listOf(await redis.run(scripts.pendingEffects, dueBy, limit)).map((text) => jsonOf<StoredEffect>(text))
    },
    async takeEffects({ at, until }, limit) {
      return listOf(await redis.run(scripts.takeEffects, at, until, limit)).map((text) => jsonOf<StoredEffect>(text))
    },
    async putEffect(effect) {
      await redis.run(scripts.putEffect, effect.id, effect.dueAt, JSON.stringify(effect))
    },
    async deadEffects(limit) {
      return listOf(await redis.run(scripts.deadEffects, limit)).map((text) => jsonOf<StoredEffect>(text))
    },
    async settleEffect(id, retryAt, { code = '', event } = {}) {
      await redis.run(scripts.settleEffect, id, retryAt ?? '', code, ...withEntry(event))
    },
  }
}
