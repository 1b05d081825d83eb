/**
 * One after the other: work on the same conversation waits in line, different ones run side by side.
 *
 * The SDK runs two posts of one visitor at once; in line, the second sees what the first decided.
 */
export interface Line {
  run<T>(key: string, work: () => Promise<T>): Promise<T>
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>
}

export function createLine(): Line {
  const tails = new Map<string, Promise<unknown>>()
  return {
    run(key, work) {
      const before = tails.get(key)
      const mine = before === undefined ? work() : before.then(work, work)
      const tail = mine.catch(() => undefined)
      tails.set(key, tail)
      void tail.then(() => {
        if (tails.get(key) === tail) tails.delete(key)
      })
      return mine
    },
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values())
    },
  }
}
