/**
 * Damage to the file: a page that cannot be read says so to whoever needed it, and to `readyz` from then on.
 *
 * A broken page may lie where a year of good ones hides it. Once one was met, the file is no longer to be
 * trusted: the service answers what it can, and whoever runs it is told to bring back a backup.
 */
import { AdmissionsError } from '../errors.ts'

/** SQLite's SQLITE_CORRUPT and SQLITE_NOTADB; further bits tell more of the same. */
const corrupt = [11, 26]

type Call = (...given: never[]) => Promise<unknown>

export interface Damage {
  /** The same calls; what fails in them leaves as `STORE_UNAVAILABLE`. */
  guard<T extends object>(calls: T): T
  /** @throws AdmissionsError `STORE_UNAVAILABLE` when a broken page was met. */
  refuse(): void
}

export function watchDamage(): Damage {
  let found = false
  const meet = (error: unknown): never => {
    found ||= isCorrupt(error)
    if (error instanceof AdmissionsError) throw error
    throw new AdmissionsError('STORE_UNAVAILABLE', 'The store cannot be read now.', { cause: error })
  }
  const guardOne =
    (call: Call): Call =>
    async (...given) => {
      try {
        return await call(...given)
      } catch (error) {
        return meet(error)
      }
    }
  return {
    guard: <T extends object>(calls: T): T =>
      Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, guardOne(call as Call)])) as T,
    refuse() {
      if (found)
        throw new AdmissionsError('STORE_UNAVAILABLE', 'A page of the database is broken: bring back a backup.')
    },
  }
}

function isCorrupt(error: unknown): boolean {
  if (error === null || typeof error !== 'object') return false
  if ('errcode' in error && typeof error.errcode === 'number') return corrupt.includes(error.errcode & 0xff)
  return 'cause' in error && isCorrupt(error.cause)
}
