/**
 * Rate limits: so many per minute for each key, refilled evenly; forgotten when full again.
 *
 * In memory, as the embedded default is one process. A limit of 0 is off.
 */
import type { Clock } from './ports.ts'

const SWEEP_AT = 50_000

export interface RateLimit {
  /** 0 when allowed, else the seconds until the next one is. */
  take(key: string): number
}

export function createRateLimit(perMinute: number, clock: Clock): RateLimit {
  const buckets = new Map<string, { left: number; at: number }>()
  const refillPerMs = perMinute / 60_000

  function sweep(now: number): void {
    for (const [key, bucket] of buckets) {
      if (bucket.left + (now - bucket.at) * refillPerMs >= perMinute) buckets.delete(key)
    }
  }

  return {
    take(key) {
      if (perMinute === 0) return 0
      const now = clock.now().getTime()
      if (buckets.size > SWEEP_AT) sweep(now)
      const bucket = buckets.get(key) ?? { left: perMinute, at: now }
      const left = Math.min(perMinute, bucket.left + Math.max(0, now - bucket.at) * refillPerMs)
      buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now })
      return left >= 1 ? 0 : Math.ceil((1 - left) / refillPerMs / 1000)
    },
  }
}

/** The network part of an address: /24 for IPv4, /56 for IPv6, so that one household is one key. */
export function addressPrefix(address: string | undefined): string {
  if (!address) return 'unknown'
  const plain = address.replace(/^::ffff:/, '')
  if (plain.includes('.')) return plain.split('.').slice(0, 3).join('.')
  return plain.split(':').slice(0, 4).join(':').slice(0, 17)
}
