/**
 * What the safety gate can say: its labels, its three outcomes and the signals behind them.
 *
 * Only words of the wire contract stand here, so that the browser's gate and the service's gate
 * cannot drift apart. A signal holds ids and offsets, never what somebody wrote.
 */
export const dangerLabels = [
  'suicide_passive',
  'suicide_active',
  'suicide_imminent',
  'self_harm',
  'harm_to_others',
  'overdose_now',
  'withdrawal_emergency',
  'medical_emergency',
  'violence_victim',
  'child_abuse',
  'psychosis_danger',
] as const

export type DangerLabel = (typeof dangerLabels)[number]
export type SafetyLabel = DangerLabel | 'distress' | 'none'

/** Who is in danger: the person who writes, or somebody she writes about. */
export type Who = 'self' | 'other'

/** `escalate`: the crisis card, now. `check-in`: one direct, kind question. `go-on`: nothing heard. */
export type Outcome = 'escalate' | 'check-in' | 'go-on'

/** One sign that the gate found: the frame that fired, its weight (0–1) and where in the normalised text. */
export interface Signal {
  readonly label: SafetyLabel
  readonly frame: string
  readonly weight: number
  readonly who: Who
}

export interface Verdict {
  readonly outcome: Outcome
  /** The heaviest label; a danger label exactly when the outcome is `escalate` or `check-in`. */
  readonly label: SafetyLabel
  readonly who: Who
  readonly signals: readonly Signal[]
}

/** One earlier turn of the talk, oldest first; the gate reads at most the last `RECENT_TURNS`. */
export interface SaidBefore {
  readonly role: 'bot' | 'user'
  readonly text: string
}

export const RECENT_TURNS = 12

export function isDangerLabel(label: string): label is DangerLabel {
  return (dangerLabels as readonly string[]).includes(label)
}
