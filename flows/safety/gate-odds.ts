/**
 * What the gate's verdict counts beside the ear, as log-odds.
 *
 * On sly talk the ear knows better and overrules most frames; plain speech is what frames were written for,
 * so a heavy one counts enough to bring the card unless the ear is sure that the words are harmless.
 */
import { isDangerLabel, type Outcome, type Verdict } from './verdict.ts'

const OUTCOME: Readonly<Record<Outcome, number>> = { 'go-on': 0, 'check-in': 0.25, escalate: 0.5 }
/** A frame this heavy stands for plain speech. */
const CLEAR = 0.85
const HEAVY = 0.88
const CLEAR_COUNTS = 0.75
const HEAVY_COUNTS = 1.5

export function gateOdds(heard: Verdict): number {
  if (hasFrame(heard, HEAVY)) return OUTCOME.escalate + HEAVY_COUNTS
  if (hasFrame(heard, CLEAR)) return OUTCOME.escalate + CLEAR_COUNTS
  return OUTCOME[heard.outcome]
}

/** Whether the gate escalates on a frame at least this heavy (0–1; 1 is a certain one). */
export function hasFrame({ outcome, signals }: Verdict, least: number): boolean {
  return outcome === 'escalate' && signals.some(({ label, weight }) => isDangerLabel(label) && weight >= least)
}
