/**
 * Limits that leave this machine go under keyed hashes: no address of a visitor's network is stored anywhere.
 */
import { createHmac, type KeyObject } from 'node:crypto'
import type { SharedLimits, TriesKey } from '../turn/exchange.ts'

/** A talk takes under the same three keys with each message. */
const REMEMBERED = 10_000

export function conceal(limits: SharedLimits, under: KeyObject): SharedLimits {
  const known = new Map<string, string>()
  const hidden = (key: string): string => {
    const before = known.get(key)
    if (before !== undefined) return before
    const hash = createHmac('sha256', under).update(key).digest('base64url').slice(0, 22)
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value as string)
    known.set(key, hash)
    return hash
  }
  const hide = (keys: readonly TriesKey[]): TriesKey[] => keys.map(({ key, tries }) => ({ key: hidden(key), tries }))
  return {
    take: (key, perMinute, now) => limits.take(hidden(key), perMinute, now),
    beginTry: (keys, now) => limits.beginTry(hide(keys), now),
    endTry: (keys, now) => limits.endTry(hide(keys), now),
  }
}
