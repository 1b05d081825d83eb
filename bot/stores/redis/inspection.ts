/**
 * The inspection of Redis: each server is held to its durability every time a line to it opens.
 *
 * A server may come back with other settings, or another one in its place. What is asked during an
 * inspection waits for it; after a refusal everything is refused until the next line, and where the inspection itself
 * failed it is tried again.
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
  stop(): void
}

const START_TIMEOUT_MS = 3_000
const LOOK_AGAIN_MS = 250

export function inspect(inspected: Inspected): Inspection {
  const first = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => first.resolve(false), START_TIMEOUT_MS)
  let latest: Promise<void> | null = null
  /** What is asked waits for it. */
  let running: Promise<void> | null = null
  let refusal: unknown = null
  let again: NodeJS.Timeout | undefined
  const look = (): Promise<void> => {
    const settled = faultOf(inspected).then((fault) => {
      if (latest !== settled) return
      running = null
      refusal = fault
      clearTimeout(timer)
      if (fault instanceof AdmissionsError) return first.reject(fault)
      first.resolve(fault === null)
      // As one that waits for its replica and takes no write: its line stands, so nobody else would look again.
      if (fault !== null) again = setTimeout(look, LOOK_AGAIN_MS).unref()
    })
    latest = settled
    return settled
  }
  inspected.onLine(() => {
    clearTimeout(again)
    running = look()
  })
  return {
    first: first.promise,
    async admit(act) {
      if (running) await running
      if (refusal !== null) throw unavailable(refusal)
      return act().catch((cause: unknown) => Promise.reject(unavailable(cause)))
    },
    stop() {
      latest = null
      clearTimeout(again)
    },
  }
}

/** What is wrong with one of the servers, or why it could not be looked at; null when all is well. */
async function faultOf({ servers, accepted, clustered, afterwards }: Inspected): Promise<unknown> {
  // A node of a cluster that cannot be reached takes no writes; it is looked at when it comes back.
  const passOver = (error: unknown): void => {
    if (!clustered || error instanceof AdmissionsError) throw error
  }
  try {
    await Promise.all(servers().map((server) => holdToDurability(server, accepted, clustered).catch(passOver)))
    await afterwards()
    return null
  } catch (error) {
    return error
  }
}

function unavailable(cause: unknown): AdmissionsError {
  return new AdmissionsError('STORE_UNAVAILABLE', 'The store cannot be reached or written now; nothing was kept.', {
    cause,
  })
}
