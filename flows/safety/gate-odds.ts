/**
 * What the gate's verdict counts beside the ear, as log-odds.
 *
 * The ear knows what the gate noticed and overrules most frames on sly talk. Plain speech is what frames were
 * written for: in few words it counts much, so that only an ear that is sure of calm says otherwise.
 */
import type { Heard } from './gate.ts'
import { isDangerLabel, type Verdict } from './verdict.ts'

/** A frame that is certain: whatever surrounds it, it stands. */
export const CERTAIN = 1
/** A frame this heavy stands for plain speech. */
const CLEAR = 0.85
const CLEAR_COUNTS = 0.5
const CLEAR_IN_FEW_COUNTS = 2
/** Words of a message that says one thing only, the opening token included. */
const FEW_TOKENS = 7

export function gateOdds(verdict: Verdict, heard: Heard): number {
  if (!hasFrame(verdict, CLEAR)) return 0
  return isBrief(heard) ? CLEAR_IN_FEW_COUNTS : CLEAR_COUNTS
}

const isBrief = ({ reading }: Heard): boolean => reading.tokens.length <= FEW_TOKENS

/** Whether the gate escalates on a frame at least this heavy (0–1). */
export function hasFrame({ outcome, signals }: Verdict, least: number): boolean {
  return outcome === 'escalate' && signals.some(({ label, weight }) => isDangerLabel(label) && weight >= least)
}
