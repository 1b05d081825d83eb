/**
 * The crowd at the door: so many turns at once, so many a minute from one network and for one program.
 *
 * Whoever comes too many is told to wait, before anything is worked out for her. A sentence of danger is
 * never held up (`direct-line-urgency`), so under a flood what is shed is everything else.
 */
import type { RateLimit } from '../limits/rate-limit.ts'

/** How many conversations' worth a network and a program may have. */
export const CONVERSATIONS_OF_A_NETWORK = 100
export const CONVERSATIONS_OF_A_PROGRAM = 1_000

export interface Crowd {
  /** Seconds to wait; 0 = come in. */
  wait(from: { network: string; program: string | undefined }): number
  during<T>(turn: () => Promise<T>): Promise<T>
}

/** With this many under way, one that has been for so long says that more come in than go out. */
const MANY = 16
const TOO_LONG_MS = 400

/** @param limits.atOnce - turns under way; those beyond would make a person in danger wait too long. */
export function createCrowd(
  limits: { atOnce: number; networks: RateLimit; programs: RateLimit },
  nowMs: () => number = () => performance.now(),
): Crowd {
  /** In the order in which they began. */
  const underWay = new Set<{ readonly sinceMs: number }>()
  const isFull = (): boolean => {
    if (underWay.size >= limits.atOnce) return true
    const [oldest] = underWay
    return underWay.size >= MANY && oldest !== undefined && nowMs() - oldest.sinceMs > TOO_LONG_MS
  }
  return {
    wait({ network, program }) {
      if (isFull()) return 1
      return Math.max(limits.networks.take(network), program === undefined ? 0 : limits.programs.take(program))
    },
    async during(turn) {
      const mine = { sinceMs: nowMs() }
      underWay.add(mine)
      try {
        return await turn()
      } finally {
        underWay.delete(mine)
      }
    },
  }
}
