/**
 * The store of several machines: one Redis 7, or one cluster of them, that all of them share.
 *
 * Everything of an installation lies under one root key with a hash tag: one atomic change may touch
 * any of it, several installations may share a cluster, and its nodes stand in for each other.
 */
import { randomUUID } from 'node:crypto'
import { tryWaits } from '../console/sign-in-guard.ts'
import type { Store } from '../ports.ts'
import type { Exchange } from '../turn/exchange.ts'
import { redisAudit } from './redis/audit.ts'
import { connect, type RedisSettings } from './redis/connection.ts'
import { redisConversations } from './redis/conversations.ts'
import { redisDeskEvents } from './redis/desk-events.ts'
import { redisDocuments, redisReservations } from './redis/documents.ts'
import { redisEffects } from './redis/effects.ts'
import { redisErasures } from './redis/erasures.ts'
import { redisLeads } from './redis/leads.ts'
import { redisLearned } from './redis/learned.ts'
import { redisLimits } from './redis/limits.ts'
import { redisReferrals } from './redis/referrals.ts'
import { listOf, textOf } from './redis/reply.ts'
import { redisRetention } from './redis/retention.ts'
import { redisScriptVersions } from './redis/script-versions.ts'
import { scripts } from './redis/scripts.ts'
import { redisStaff } from './redis/staff.ts'
import { redisTurnFeed } from './redis/turn-feed.ts'
import { sharedLook } from './shared-look.ts'

/** @throws AdmissionsError `CONFIG_INVALID` for a Redis that may lose what it has acknowledged. */
export async function openRedisStore(settings: RedisSettings): Promise<Store & { readonly exchange: Exchange }> {
  const redis = await connect(settings)
  const machine = randomUUID()
  let skewMs: number | null = null
  const store = {
    ...redisConversations(redis, machine),
    ...redisLeads(redis),
    ...redisEffects(redis),
    ...redisStaff(redis),
    ...redisDocuments(redis),
    ...redisReservations(redis),
    ...redisRetention(redis),
    ...redisScriptVersions(redis),
    ...redisLearned(redis),
    ...redisReferrals(redis),
    ...redisAudit(redis),
    check: sharedLook(async () => {
      const asked = Date.now()
      const [seconds, micros] = listOf(await redis.run(scripts.check))
      // Redis read its clock somewhere between the question and the answer: half way is within a few milliseconds.
      skewMs = Math.round((asked + Date.now()) / 2 - Number(textOf(seconds)) * 1000 - Number(textOf(micros)) / 1000)
    }),
    close: () => redis.close(),
  }
  const exchange = {
    turns: redisTurnFeed(redis, machine),
    deskEvents: await redisDeskEvents(redis),
    limits: redisLimits(redis, tryWaits),
    erasures: await redisErasures(redis),
    clockSkewMs: () => skewMs,
  }
  if (redis.isReached) await store.check().catch(() => undefined)
  return { ...store, exchange }
}
