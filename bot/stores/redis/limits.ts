/**
 * Limits that all machines count together: buckets of posts and starts, and tries to sign in.
 *
 * A post takes from three buckets, and posts come many at once: what one round of the event loop takes goes to
 * Redis together. Nobody waits for it (`bot/limits/rate-limit.ts`).
 */
import type { Bucket, SharedLimits, TriesKey } from '../../turn/exchange.ts'
import type { Connection } from './connection.ts'
import { listOf, type Reply, textOf } from './reply.ts'
import { scripts } from './scripts.ts'
import { together } from './together.ts'

/** How long failed tries make a name or a network wait, in ms. */
export interface TryWaits {
  readonly firstMs: number
  readonly longestMs: number
  readonly forgottenMs: number
}

export function redisLimits(redis: Connection, waits: TryWaits): SharedLimits {
  return {
    take: takingTogether(redis),
    async beginTry(keys, now) {
      const { firstMs, longestMs, forgottenMs } = waits
      return Number(await redis.run(scripts.beginTry, now, firstMs, longestMs, forgottenMs, ...keys.flatMap(pair)))
    },
    async endTry(keys, now) {
      await redis.run(scripts.endTry, now, ...keys.map(({ key }) => key))
    },
  }
}

interface Taking {
  readonly of: readonly [key: string, perMinute: number, now: number]
  resolve(bucket: Bucket): void
  reject(error: unknown): void
}

function takingTogether(redis: Connection): SharedLimits['take'] {
  const take = together<Taking>((some) => void takeSome(redis, some))
  return (...of) => new Promise((resolve, reject) => take({ of, resolve, reject }))
}

async function takeSome(redis: Connection, some: readonly Taking[]): Promise<void> {
  try {
    const taken = listOf(await redis.run(scripts.takeFromBuckets, ...some.flatMap(({ of }) => of)))
    for (const [index, { resolve }] of some.entries())
      resolve({ left: Number(taken[2 * index]) / 1000, at: Number(textOf(taken[2 * index + 1] as Reply)) })
  } catch (error) {
    for (const { reject } of some) reject(error)
  }
}

function pair({ key, tries }: TriesKey): [string, number] {
  return [key, tries]
}
