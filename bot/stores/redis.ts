/**
 * The store of several machines: one Redis 7, or one cluster of them, that all of them share.
 *
 * Everything of an installation lies under one root key with a hash tag: one atomic change may touch
 * any of it, several installations may share a cluster, and its nodes stand in for each other.
 */
import { randomUUID } from 'node:crypto'
import type { Store } from '../ports.ts'
import { redisAudit } from './redis/audit.ts'
import { connect, type RedisSettings } from './redis/connection.ts'
import { redisConversations } from './redis/conversations.ts'
import { redisEffects } from './redis/effects.ts'
import { redisLeads } from './redis/leads.ts'
import { redisStaff } from './redis/staff.ts'

/** @throws AdmissionsError `CONFIG_INVALID` for a Redis that may lose what it has acknowledged. */
export async function openRedisStore(settings: RedisSettings): Promise<Store> {
  const redis = await connect(settings)
  const machine = randomUUID()
  return {
    ...redisConversations(redis, machine),
    ...redisLeads(redis),
    ...redisEffects(redis),
    ...redisStaff(redis),
    ...redisAudit(redis),
    async check() {
      await redis.ask('set', `${redis.root}:checked`, 'ok')
    },
    close: () => redis.close(),
  }
}
