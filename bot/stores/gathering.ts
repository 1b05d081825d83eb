/**
 * Writes that wait for their transaction (`group-commit`), gathered while more of them come.
 */

/** A transaction and its sync take about a turn's time, beside its writes: one for a dozen turns is little. */
const GATHER_MS = 12

export interface Waiting {
  readonly write: () => unknown
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

export interface Gathering {
  add<T>(write: () => T): Promise<T>
  take(): readonly Waiting[]
  /** What waited while it could not be written is gathered on, or written if that was long. */
  lookAgain(): void
}

/** Writes that wait, until a round of the event loop brings no more of them, or a few milliseconds have passed. */
export function createGathering(flush: () => void): Gathering {
  let waiting: Waiting[] = []
  let sinceMs = 0
  let isLooking = false

  function begin(): void {
    if (isLooking || waiting.length === 0) return
    isLooking = true
    setImmediate(look, waiting.length)
  }

  /** @param seen - how many waited a round ago. */
  function look(seen: number): void {
    const isGrowing = waiting.length > seen && performance.now() - sinceMs < GATHER_MS
    isLooking = isGrowing
    if (isGrowing) setImmediate(look, waiting.length)
    else flush()
  }

  return {
    add: <T>(write: () => T) =>
      new Promise<T>((resolve, reject) => {
        waiting.push({ write, resolve: resolve as (value: unknown) => void, reject })
        if (waiting.length > 1) return
        sinceMs = performance.now()
        begin()
      }),
    take() {
      const group = waiting
      waiting = []
      return group
    },
    lookAgain: begin,
  }
}
