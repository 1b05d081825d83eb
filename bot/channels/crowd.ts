/**
 * The crowd at the door: so many turns at once, so many a minute from one network and for one program.
 *
 * Each message is heard when it has been read, and a sentence of danger is taken there and then
 * (`direct-line-urgency`). Every other turn waits here, first come first served, and one is taken between two
 * looks at the network: whoever writes in fear while thousands write is let in (`bot/front-doors.ts`), read and heard
 * before their turns are worked out. When the first of those waiting has waited too long, more come in than go
 * out: the next ones are told to wait, which costs little, instead of having everybody wait.
 */
import type { RateLimit } from '../limits/rate-limit.ts'

/** How many conversations' worth a network and a program may have. */
export const CONVERSATIONS_OF_A_NETWORK = 100
export const CONVERSATIONS_OF_A_PROGRAM = 1_000

export interface Crowd {
  /** Seconds that this network or program has to wait; 0 = come in. Counts the asking. */
  wait(from: { network: string; program: string | undefined }): number
  /** So few wait that nobody is hurt by coming after them. */
  isQuiet(): boolean
  /** More come in than go out: who is not in danger is told to wait. */
  isFull(): boolean
  /** Runs the turn when it is its turn. */
  inLine<T>(turn: () => Promise<T>): Promise<T>
}

const FEW = 8
/** Places in line that were taken are given up by so many. */
const FORGOTTEN_FROM = 1_000
/** Whoever comes while the first in line has waited for so long is sent away for a moment. */
const TOO_LONG_MS = 400

interface TurnLine {
  /** Resolves when it is one's turn. */
  wait(): Promise<void>
  /** How long the first has waited. */
  waitedMs(): number
  length(): number
}

interface Waiting {
  readonly sinceMs: number
  readonly run: () => void
}

/** @param limits.atOnce - turns in line and under way; those beyond would make everybody wait too long. */
export function createCrowd(
  limits: { atOnce: number; networks: RateLimit; programs: RateLimit },
  nowMs: () => number = () => performance.now(),
): Crowd {
  const line = createLine(nowMs)
  let inHouse = 0
  return {
    wait: ({ network, program }) =>
      Math.max(limits.networks.take(network), program === undefined ? 0 : limits.programs.take(program)),
    isQuiet: () => line.length() < FEW,
    isFull: () => inHouse >= limits.atOnce || line.waitedMs() > TOO_LONG_MS,
    async inLine(turn) {
      inHouse += 1
      try {
        await line.wait()
        return await turn()
      } finally {
        inHouse -= 1
      }
    },
  }
}

/** First come, first served, one turn in each round of the event loop. */
function createLine(nowMs: () => number): TurnLine {
  let waiting: Waiting[] = []
  let first = 0

  function takeNext(): void {
    waiting[first]?.run()
    first += 1
    if (first === waiting.length) {
      waiting = []
      first = 0
    } else setImmediate(takeNext)
    if (first < FORGOTTEN_FROM) return
    waiting = waiting.slice(first)
    first = 0
  }

  return {
    wait: () =>
      new Promise((run) => {
        waiting.push({ sinceMs: nowMs(), run })
        if (waiting.length === 1) setImmediate(takeNext)
      }),
    length: () => waiting.length - first,
    waitedMs: () => nowMs() - (waiting[first]?.sinceMs ?? nowMs()),
  }
}
