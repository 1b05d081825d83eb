/**
 * What the service hears: the gate and the ear together.
 *
 * What the gate is sure of stands, whatever the ear says. Between sure and calm the two are weighed
 * against each other; the thresholds come from talk that neither was fitted on.
 */

import { lean, likeliest } from './ear.ts'
import { checkInFrom, escalateFrom, gateCounts } from './ear-weights.generated.ts'
import { hear, judgeHeard } from './gate.ts'
import type { DangerLabel, Outcome, SaidBefore, Verdict } from './verdict.ts'
import { isDangerLabel, RECENT_TURNS } from './verdict.ts'

const level: Readonly<Record<Outcome, number>> = { 'go-on': 0, 'check-in': 1, escalate: 2 }
/** A single frame this heavy speaks for itself. */
const SURE = 0.88
/** A button's worth of letters: too little to be called distress. */
const SHORT = 25

/** Judges one message in the light of what was said before (oldest first); never throws. */
export function listen(text: string, saidBefore: readonly SaidBefore[]): Verdict {
  const reading = hear(text, saidBefore)
  const heard = judgeHeard(reading)
  if (text.trim() === '') return heard
  const input = { text, heard: reading, saidBefore: saidBefore.slice(-RECENT_TURNS) }
  const { odds, features } = lean(input)
  const outcome = outcomeOf(heard, odds + gateCounts * level[heard.outcome])
  if (outcome === 'go-on')
    return heard.outcome === 'go-on' ? heard : { ...heard, outcome, label: text.length > SHORT ? 'distress' : 'none' }
  return { ...heard, outcome, label: graver(likeliest(features, heard.label), heard) }
}

/** Suicide with a sign of now or of means at hand is imminent, whatever the words leant to. */
function graver(label: DangerLabel, heard: Verdict): DangerLabel {
  const isNow = heard.signals.some((signal) => signal.label === 'suicide_imminent' && signal.weight >= SURE)
  return isNow && label === 'suicide_active' ? 'suicide_imminent' : label
}

function outcomeOf(heard: Verdict, score: number): Outcome {
  const isSure =
    heard.outcome === 'escalate' && heard.signals.some(({ label, weight }) => isDangerLabel(label) && weight >= SURE)
  if (isSure || score >= escalateFrom) return 'escalate'
  return score >= checkInFrom ? 'check-in' : 'go-on'
}
