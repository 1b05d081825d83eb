/**
 * Limits that leave this machine go under keyed hashes: no address of a visitor's network is stored anywhere.
 */
import { createHmac, type KeyObject } from 'node:crypto'
import type { SharedLimits, TriesKey } from '../turn/exchange.ts'

export function conceal(limits: SharedLimits, under: KeyObject): SharedLimits {
  const hidden = (key: string): string => createHmac('sha256', under).update(key).digest('base64url').slice(0, 22)
  const hide = (keys: readonly TriesKey[]): TriesKey[] => keys.map(({ key, tries }) => ({ key: hidden(key), tries }))
  return {
    take: (key, perMinute, now) => limits.take(hidden(key), perMinute, now),
    beginTry: (keys, now) => limits.beginTry(hide(keys), now),
    endTry: (keys, now) => limits.endTry(hide(keys), now),
  }
}
