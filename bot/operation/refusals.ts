/**
 * Refusals in the log, for whoever watches for somebody who tries doors: by code alone, with how many there were.
 *
 * At most one line a second for each code: whoever is refused ten thousand times fills no disk.
 */
import type { House } from '../house.ts'

/** Somebody tried what is not hers, or more than is given to anybody. */
const watched = [
  'Forbidden',
  'ORIGIN_NOT_ALLOWED',
  'CROSS_SITE',
  'NOT_PERMITTED',
  'LEAD_NOT_FOUND',
  'SIGNATURE_INVALID',
  'SIGN_IN_LOCKED',
  'RATE_LIMITED',
  'TooManyRequests',
  'MessageSizeTooBig',
]
const LINE_EVERY_MS = 1_000

interface Count {
  refused: number
  loggedAt: number
}

const counts = new WeakMap<House, Map<string, Count>>()

export function noteRefusal(house: House, code: string): void {
  if (!watched.includes(code)) return
  const now = house.clock.now().getTime()
  const mine = counts.get(house) ?? new Map<string, Count>()
  counts.set(house, mine)
  const count = mine.get(code) ?? { refused: 0, loggedAt: 0 }
  mine.set(code, count)
  count.refused += 1
  if (Math.abs(now - count.loggedAt) < LINE_EVERY_MS) return
  house.log.warn({ event: 'request.refused', code, count: count.refused })
  count.refused = 0
  count.loggedAt = now
}
