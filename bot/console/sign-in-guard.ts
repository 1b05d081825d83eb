/**
 * Guards the sign-in: after five failures a name waits, after twenty a network, and each further failure doubles the wait.
 * A browser in which this name has signed in before is counted by itself: strangers who fail do not make it wait.
 *
 * A try counts as failed from the moment it begins until its password has fitted, so a thousand
 * tries at once are not a thousand free ones. Several machines count together, strictly: a try waits
 * for the count.
 */
import { AdmissionsError } from '../errors.ts'
import { addressPrefix } from '../limits/rate-limit.ts'
import type { Clock } from '../ports.ts'
import type { SharedLimits, TriesKey } from '../turn/exchange.ts'

const NAME_TRIES = 5
/** A network is shared by a whole team, so it is given four times as many. */
const NETWORK_TRIES = 20
export const tryWaits = {
  firstMs: 30_000,
  longestMs: 3_600_000,
  /** Failures are forgotten this long after the last wait ended. */
  forgottenMs: 3_600_000,
}
const KEPT_AT_MOST = 20_000

export interface SignInTry {
  /** The password fitted: the try costs nothing, and the name starts afresh. */
  fits(): Promise<void>
}

export interface SignInGuard {
  /** @throws AdmissionsError `SIGN_IN_LOCKED` with Retry-After in seconds. */
  begin(name: string, address: string | undefined, knownDevice: string | null): Promise<SignInTry>
  /** Whether a refusal is to be written down: whoever goes on trying does not fill the trail. */
  isToTell(actor: string): boolean
}

/** A refused try under one name is written down at most this often. */
const TOLD_EVERY_MS = 60_000

type Tries = Pick<SharedLimits, 'beginTry' | 'endTry'>

/** @param tries - the count of all machines; this one's memory when it is alone. */
export function createSignInGuard(clock: Clock, tries: Tries = triesInMemory()): SignInGuard {
  const told = new Map<string, number>()
  return {
    isToTell(actor) {
      const now = clock.now().getTime()
      if (Math.abs(now - (told.get(actor) ?? 0)) < TOLD_EVERY_MS) return false
      told.set(actor, now)
      return true
    },
    async begin(name, address, knownDevice) {
      const keys =
        knownDevice === null ? strangersKeys(name, address) : [{ key: `device ${knownDevice}`, tries: NAME_TRIES }]
      const wait = await tries.beginTry(keys, clock.now().getTime())
      if (wait > 0) throw locked(Math.ceil(wait / 1000))
      return { fits: () => tries.endTry(keys, clock.now().getTime()) }
    },
  }
}

function strangersKeys(name: string, address: string | undefined): TriesKey[] {
  return [
    { key: `name ${name.toLowerCase()}`, tries: NAME_TRIES },
    { key: `network ${addressPrefix(address)}`, tries: NETWORK_TRIES },
  ]
}

function locked(seconds: number): AdmissionsError {
  return new AdmissionsError('SIGN_IN_LOCKED', `Too many failed sign-ins: try again in ${seconds} seconds.`, {
    retryAfter: String(seconds),
  })
}

interface Failures {
  readonly count: number
  readonly until: number
}

function triesInMemory(): Tries {
  const failures = new Map<string, Failures>()

  function count({ key, tries }: TriesKey, now: number): void {
    const known = failures.get(key)
    const before = known && known.until + tryWaits.forgottenMs > now ? known.count : 0
    const over = before + 1 - tries
    const wait = over < 0 ? 0 : Math.min(tryWaits.longestMs, tryWaits.firstMs * 2 ** over)
    failures.delete(key)
    failures.set(key, { count: before + 1, until: now + wait })
    if (failures.size > KEPT_AT_MOST) failures.delete(failures.keys().next().value as string)
  }

  function shorten(key: string, now: number): void {
    const known = failures.get(key)
    const latest = now + tryWaits.longestMs
    if (known && known.until > latest) failures.set(key, { count: known.count, until: latest })
  }

  return {
    async beginTry(keys, now) {
      // No wait is longer than the longest, also when the clock was set back meanwhile.
      for (const { key } of keys) shorten(key, now)
      const until = Math.max(...keys.map(({ key }) => failures.get(key)?.until ?? 0))
      if (until > now) return until - now
      for (const one of keys) count(one, now)
      return 0
    },
    async endTry([name, ...others], now) {
      if (name) failures.delete(name.key)
      for (const { key } of others) {
        const shared = failures.get(key)
        if (shared) failures.set(key, { count: shared.count - 1, until: Math.min(shared.until, now) })
      }
    },
  }
}
