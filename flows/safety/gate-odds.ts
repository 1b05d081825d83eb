/**
 * What the gate's verdict counts beside the ear.
 *
 * The ear knows what the gate noticed and overrules most frames on sly talk. Plain speech is what frames were
 * written for: in few words it is taken as it stands, in more words it counts a little besides.
 */
import type { Heard } from './gate.ts'
import { isDangerLabel, type Verdict } from './verdict.ts'

/** A frame that is certain: whatever surrounds it, it stands. */
export const CERTAIN = 1
/** A frame this heavy stands for plain speech. */
const CLEAR = 0.85
/** Log-odds. */
const CLEAR_COUNTS = 0.5
/** Words of a message that says one thing only, the opening token included. */
const FEW_TOKENS = 7

export function gateOdds(verdict: Verdict): number {
  return hasFrame(verdict, CLEAR) ? CLEAR_COUNTS : 0
}

/** Whether the gate alone settles it. */
export function isSure(verdict: Verdict, { reading }: Heard): boolean {
  return hasFrame(verdict, reading.tokens.length <= FEW_TOKENS ? CLEAR : CERTAIN)
}

/** Whether the gate escalates on a frame at least this heavy (0–1). */
export function hasFrame({ outcome, signals }: Verdict, least: number): boolean {
  return outcome === 'escalate' && signals.some(({ label, weight }) => isDangerLabel(label) && weight >= least)
}
