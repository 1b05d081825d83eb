/**
 * Guards the sign-in: after five failures a name, or a network, waits, and each further failure doubles the wait.
 */
import { AdmissionsError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { addressPrefix } from '../rate-limit.ts'

const FREE_TRIES = 5
const FIRST_WAIT_S = 30
const LONGEST_WAIT_S = 3_600
const KEPT_AT_MOST = 20_000

export interface SignInGuard {
  /** @throws AdmissionsError `SIGN_IN_LOCKED` with Retry-After in seconds. */
  refuseLocked(name: string, address: string | undefined): void
  failed(name: string, address: string | undefined): void
  succeeded(name: string): void
}

export function createSignInGuard(clock: Clock): SignInGuard {
  const failures = new Map<string, { count: number; until: number }>()
  const keys = (name: string, address: string | undefined) => [
    `name ${name.toLowerCase()}`,
    `network ${addressPrefix(address)}`,
  ]
  return {
    refuseLocked(name, address) {
      const until = Math.max(...keys(name, address).map((key) => failures.get(key)?.until ?? 0))
      const seconds = Math.ceil((until - clock.now().getTime()) / 1000)
      if (seconds <= 0) return
      throw new AdmissionsError('SIGN_IN_LOCKED', `Too many failed sign-ins: try again in ${seconds} seconds.`, {
        retryAfter: String(seconds),
      })
    },
    failed(name, address) {
      if (failures.size > KEPT_AT_MOST) failures.clear()
      for (const key of keys(name, address)) {
        // A network is shared by a whole team, so it is given four times as many tries.
        const free = key.startsWith('network') ? FREE_TRIES * 4 : FREE_TRIES
        const count = (failures.get(key)?.count ?? 0) + 1
        const wait = count < free ? 0 : Math.min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** (count - free))
        failures.set(key, { count, until: clock.now().getTime() + wait * 1000 })
      }
    },
    succeeded(name) {
      failures.delete(`name ${name.toLowerCase()}`)
    },
  }
}
