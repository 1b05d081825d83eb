/**
 * The inspection of Redis: each server is held to its durability every time a line to it opens.
 *
 * A server may come back with other settings, or another one in its place. What is asked during an
 * inspection waits for it; after a refusal everything is refused until the next line.
 */
import { AdmissionsError } from '../../errors.ts'
import { holdToDurability, type Server, type Weakness } from './durability.ts'

export interface Inspected {
  servers(): readonly Server[]
  readonly accepted: readonly Weakness[]
  readonly clustered: boolean
  /** What is looked at once every server has been found durable. */
  afterwards(): Promise<void>
  /** Calls back whenever a line to a server opens. */
  onLine(listener: () => void): void
}

export interface Inspection {
  /** Whether a server could be reached in a while. @throws AdmissionsError `CONFIG_INVALID`, `KEY_UNREADABLE`. */
  readonly first: Promise<boolean>
  /** @throws AdmissionsError `STORE_UNAVAILABLE`. */
  admit<T>(act: () => Promise<T>): Promise<T>
}

const START_TIMEOUT_MS = 3_000

export function inspect(inspected: Inspected): Inspection {
  const { accepted, clustered } = inspected
  const first = Promise.withResolvers<boolean>()
  // A node of a cluster that cannot be reached takes no writes; it is looked at when it comes back.
  const passOver = (error: unknown): void => {
    if (!clustered || error instanceof AdmissionsError) throw error
  }
  const timer = setTimeout(() => first.resolve(false), START_TIMEOUT_MS)
  let running: Promise<void> | null = null
  let refusal: unknown = null
  inspected.onLine(() => {
    const all = inspected.servers().map((server) => holdToDurability(server, accepted, clustered).catch(passOver))
    const mine = Promise.all(all)
      .then(inspected.afterwards)
      .then(
        () => null,
        (error: unknown) => error,
      )
    const settled = mine.then((fault) => {
      if (running !== settled) return
      running = null
      refusal = fault
      clearTimeout(timer)
      if (fault instanceof AdmissionsError) first.reject(fault)
      else first.resolve(fault === null)
    })
    running = settled
  })
  return {
    first: first.promise,
    async admit(act) {
      if (running) await running
      if (refusal !== null) throw unavailable(refusal)
      return act().catch((cause: unknown) => {
        throw unavailable(cause)
      })
    },
  }
}

function unavailable(cause: unknown): AdmissionsError {
  return new AdmissionsError('STORE_UNAVAILABLE', 'The store cannot be reached or written now; nothing was kept.', {
    cause,
  })
}
