/**
 * The safety gate: hears danger in what a visitor writes, in the light of what was said before.
 *
 * It is pure and synchronous, needs no model and no network, and runs unchanged in the service and
 * in the visitor's browser. It weighs who, what, when and denied or not, and never keeps a word.
 */
import { readBackground } from './background.ts'
import { dangerScore, likeliestLabel } from './evidence.ts'
import { checkInAt, escalateAt } from './gate-tables.generated.ts'
import { read } from './reading.ts'
import { type Outcome, RECENT_TURNS, type SaidBefore, type Signal, type Verdict } from './verdict.ts'
import { weigh } from './weigh.ts'
import { whoIsMeant } from './who.ts'

/** Judges one message; never throws, whatever the text holds. */
export function judge(text: string, saidBefore: readonly SaidBefore[]): Verdict {
  const background = readBackground(saidBefore.slice(-RECENT_TURNS))
  const reading = read(text)
  const weighed = weigh(reading, background)
  const who = whoIsMeant(reading.tokens)
  const signals: Signal[] = weighed.map(({ label, frame, weight }) => ({ label, frame, weight, who }))
  const outcome = outcomeOf(weighed.some(({ certain }) => certain), dangerScore(reading, background, weighed))
  if (outcome !== 'go-on') return { outcome, label: likeliestLabel(reading, background, weighed), who, signals }
  return { outcome, label: weighed.some(({ label }) => label === 'distress') ? 'distress' : 'none', who, signals }
}

function outcomeOf(isCertain: boolean, score: number): Outcome {
  if (isCertain || score >= escalateAt) return 'escalate'
  return score >= checkInAt ? 'check-in' : 'go-on'
}
