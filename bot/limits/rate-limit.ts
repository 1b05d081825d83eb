/**
 * Rate limits: so many per minute for each key, refilled evenly; forgotten when full again.
 *
 * Decided from memory, so that no post waits for it. With several machines each take is also counted
 * together, and what all of them have taken is known here with the next one: a visitor who is sent to
 * another machine gains at most the posts that are under way. A limit of 0 is off.
 */

import type { Clock } from '../ports.ts'
import type { Bucket, SharedLimits } from '../turn/exchange.ts'

const SWEEP_AT = 50_000

export interface RateLimit {
  /** 0 when allowed, else the seconds until the next one is. */
  take(key: string): number
}

/** @param shared - the count of all machines, and the name of this limit in it. */
export function createRateLimit(
  perMinute: number,
  clock: Clock,
  shared?: { limits: SharedLimits; name: string } | null,
): RateLimit {
  const buckets = new Map<string, Bucket>()
  const refillPerMs = perMinute / 60_000

  function sweep(now: number): void {
    for (const [key, bucket] of buckets) {
      if (bucket.left + (now - bucket.at) * refillPerMs >= perMinute) buckets.delete(key)
    }
  }

  function countTogether(key: string, now: number): void {
    shared?.limits.take(`${shared.name} ${key}`, perMinute, now).then(
      (bucket) => buckets.set(key, bucket),
      () => undefined,
    )
  }

  return {
    take(key) {
      if (perMinute === 0) return 0
      const now = clock.now().getTime()
      if (buckets.size > SWEEP_AT) sweep(now)
      const bucket = buckets.get(key) ?? { left: perMinute, at: now }
      const left = Math.min(perMinute, bucket.left + Math.max(0, now - bucket.at) * refillPerMs)
      buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now })
      if (left < 1) return Math.ceil((1 - left) / refillPerMs / 1000)
      countTogether(key, now)
      return 0
    },
  }
}

/** The network part of an address: /24 for IPv4, /56 for IPv6, so that one household is one key. */
export function addressPrefix(address: string | undefined): string {
  if (!address) return 'unknown'
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/, '')
  if (plain.includes('.')) return plain.split('.').slice(0, 3).join('.')
  return fourGroups(plain).slice(0, 17)
}

/** The upper half of an IPv6 address, written out: what "::" leaves out is part of the network too. */
function fourGroups(address: string): string {
  const [left = [], tail] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''))
  const missing = tail === undefined ? 0 : Math.max(0, 8 - left.length - tail.length)
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...(tail ?? [])]
  return groups
    .slice(0, 4)
    .map((group) => group.padStart(4, '0'))
    .join(':')
}
