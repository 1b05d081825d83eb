/**
 * How long to wait before trying again: longer after each failure, never quite the same for two phones.
 */
const FIRST_MS = 1_000
const LONGEST_MS = 15_000

export class Patience {
  failures = 0
  #wake = () => {}

  /** The next pause; half of it is chance, so that a service that comes back is not stormed. */
  get ms(): number {
    return Math.min(FIRST_MS * 2 ** this.failures, LONGEST_MS) * (0.5 + Math.random() / 2)
  }

  /** Waits for the pause, or as long as the service wished, or until woken. */
  wait(wishMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(wishMs, this.ms))
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  wake(): void {
    this.#wake()
  }
}
