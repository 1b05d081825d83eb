/**
 * The safety gate: hears danger in what a visitor writes, in the light of what was said before.
 *
 * It is pure and synchronous, needs no model and no network, and runs unchanged in the service and
 * in the visitor's browser. It weighs who, what, when and denied or not, and never keeps a word.
 */
import { type Background, readBackground } from './background.ts'
import { dangerScore, likeliestLabel } from './evidence.ts'
import { checkInAt, escalateAt } from './gate-tables.generated.ts'
import { type Reading, read } from './reading.ts'
import type { Token } from './stream.ts'
import { isDangerLabel, type Outcome, RECENT_TURNS, type SaidBefore, type Signal, type Verdict } from './verdict.ts'
import { type Weighed, weigh } from './weigh.ts'
import { whoIsMeant } from './who.ts'

/** A message as it was read: what the verdict, and the ear, are made from. */
export interface Heard {
  readonly reading: Reading
  readonly background: Background
  readonly weighed: readonly Weighed[]
}

/** Reads one message in the light of what was said before it (oldest first). */
export function hear(text: string, saidBefore: readonly SaidBefore[]): Heard {
  const background = readBackground(saidBefore.slice(-RECENT_TURNS))
  const reading = read(text)
  return { reading, background, weighed: weigh(reading, background) }
}

/** Judges one message; never throws, whatever the text holds. */
export function judge(text: string, saidBefore: readonly SaidBefore[]): Verdict {
  return judgeHeard(hear(text, saidBefore))
}

export function judgeHeard({ reading, background, weighed }: Heard): Verdict {
  const who = whoIsMeant(reading.tokens)
  const signals: Signal[] = weighed.map(({ label, frame, weight, certain }) => ({
    label,
    frame,
    weight: certain ? 1 : weight,
    who,
  }))
  const score = dangerScore(reading, background, weighed)
  const isPlain = weighed.some((signal) => signal.certain || isPlainly(signal, reading.tokens, score))
  const isStrong = weighed.some(({ label, weight }) => isDangerLabel(label) && weight >= STRONG)
  const outcome = outcomeOf(isPlain, isStrong, score)
  if (outcome !== 'go-on') return { outcome, label: likeliestLabel(reading, background, weighed), who, signals }
  return { outcome, label: weighed.some(({ label }) => label === 'distress') ? 'distress' : 'none', who, signals }
}

const FEW_TOKENS = 11
/** In a text longer than this, a sentence stands for itself. */
const LONG_TOKENS = 40
const CLEAR = 0.7
const STRONG = 0.8
const AGREES_AT = 0.3

/** In a short message a clear sign stands for itself; in a longer one the rest must lean the same way. */
function isPlainly({ label, weight, from }: Weighed, tokens: readonly Token[], score: number): boolean {
  if (!isDangerLabel(label) || weight < CLEAR) return false
  const { sentence } = tokens[from]!
  const around = tokens.length > LONG_TOKENS ? tokens.filter((token) => token.sentence === sentence) : tokens
  return around.length <= FEW_TOKENS || (weight >= STRONG && score >= AGREES_AT)
}

function outcomeOf(isPlain: boolean, isStrong: boolean, score: number): Outcome {
  if (isPlain || score >= escalateAt) return 'escalate'
  return isStrong || score >= checkInAt ? 'check-in' : 'go-on'
}
