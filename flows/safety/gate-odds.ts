/**
 * What the gate's verdict counts beside the ear, as log-odds.
 *
 * The ear knows what the gate noticed and overrules most frames on sly talk. Plain speech is what frames were
 * written for, so a heavy one counts a little besides.
 */
import { isDangerLabel, type Verdict } from './verdict.ts'

/** A frame this heavy stands for plain speech. */
const HEAVY = 0.88
const HEAVY_COUNTS = 0.5

export function gateOdds(heard: Verdict): number {
  return hasFrame(heard, HEAVY) ? HEAVY_COUNTS : 0
}

/** Whether the gate escalates on a frame at least this heavy (0–1; 1 is a certain one). */
export function hasFrame({ outcome, signals }: Verdict, least: number): boolean {
  return outcome === 'escalate' && signals.some(({ label, weight }) => isDangerLabel(label) && weight >= least)
}
