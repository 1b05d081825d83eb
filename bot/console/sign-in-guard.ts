/**
 * Guards the sign-in: after five failures a name waits, after twenty a network, and each further failure doubles the wait.
 *
 * A try counts as failed from the moment it begins until its password has fitted, so a thousand
 * tries at once are not a thousand free ones.
 */
import { AdmissionsError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { addressPrefix } from '../rate-limit.ts'

const NAME_TRIES = 5
/** A network is shared by a whole team, so it is given four times as many. */
const NETWORK_TRIES = 20
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 3_600_000
/** Failures are forgotten this long after the last wait ended. */
const FORGOTTEN_MS = 3_600_000
const KEPT_AT_MOST = 20_000

export interface SignInTry {
  /** The password fitted: the try costs nothing, and the name starts afresh. */
  fits(): void
}

export interface SignInGuard {
  /** @throws AdmissionsError `SIGN_IN_LOCKED` with Retry-After in seconds. */
  begin(name: string, address: string | undefined): SignInTry
}

interface Failures {
  count: number
  until: number
}

export function createSignInGuard(clock: Clock): SignInGuard {
  const failures = new Map<string, Failures>()

  function refuseLocked(keys: readonly string[], now: number): void {
    const until = Math.max(...keys.map((key) => failures.get(key)?.until ?? 0))
    const seconds = Math.ceil((until - now) / 1000)
    if (seconds <= 0) return
    throw new AdmissionsError('SIGN_IN_LOCKED', `Too many failed sign-ins: try again in ${seconds} seconds.`, {
      retryAfter: String(seconds),
    })
  }

  function count(key: string, tries: number, now: number): void {
    const known = failures.get(key)
    const before = known && known.until + FORGOTTEN_MS > now ? known.count : 0
    const over = before + 1 - tries
    const wait = over < 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** over)
    failures.delete(key)
    failures.set(key, { count: before + 1, until: now + wait })
    if (failures.size > KEPT_AT_MOST) failures.delete(failures.keys().next().value as string)
  }

  return {
    begin(name, address) {
      const now = clock.now().getTime()
      const [byName, byNetwork] = [`name ${name.toLowerCase()}`, `network ${addressPrefix(address)}`]
      refuseLocked([byName, byNetwork], now)
      count(byName, NAME_TRIES, now)
      count(byNetwork, NETWORK_TRIES, now)
      return {
        fits() {
          failures.delete(byName)
          const shared = failures.get(byNetwork)
          if (shared) failures.set(byNetwork, { count: shared.count - 1, until: Math.min(shared.until, now) })
        },
      }
    },
  }
}
