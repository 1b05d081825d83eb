/**
 * Limits that all machines count together: buckets of posts and starts, and tries to sign in.
 */
import type { SharedLimits, TriesKey } from '../../turn/exchange.ts'
import type { Connection } from './connection.ts'
import { listOf, textOf } from './reply.ts'
import { scripts } from './scripts.ts'

/** How long failed tries make a name or a network wait, in ms. */
export interface TryWaits {
  readonly firstMs: number
  readonly longestMs: number
  readonly forgottenMs: number
}

export function redisLimits(redis: Connection, waits: TryWaits): SharedLimits {
  return {
    async take(key, perMinute, now) {
      const [left, at] = listOf(await redis.run(scripts.takeFromBucket, key, perMinute, now))
      return { left: Number(left) / 1000, at: Number(textOf(at)) }
    },
    async beginTry(keys, now) {
      const { firstMs, longestMs, forgottenMs } = waits
      return Number(await redis.run(scripts.beginTry, now, firstMs, longestMs, forgottenMs, ...keys.flatMap(pair)))
    },
    async endTry(keys, now) {
      await redis.run(scripts.endTry, now, ...keys.map(({ key }) => key))
    },
  }
}

function pair({ key, tries }: TriesKey): [string, number] {
  return [key, tries]
}
