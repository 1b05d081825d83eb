/**
 * A stored effect: what must happen beside a turn, kept with it, carried out at least once under its own id.
 */
export type EffectKind =
  | 'page-on-call'
  | 'announce-lead'
  | 'write-record'
  | 'write-customer-file'
  | 'tell-subscribers'
  | 'tell-revocation'
  | 'ask-payer'
  /** Gives the time back to a conversation that asked for it; leaves the house by no door. */
  | 'wake-conversation'
  /** Photos that she took back, if a crash came before they were dropped; leaves the house by no door either. */
  | 'drop-photos'
  | 'write-calendar'
  | 'clear-calendar'
  | 'write-to-visitor'
  | 'send-text'

export interface StoredEffect {
  /** Also the idempotency key of everything that it does outside. */
  readonly id: string
  readonly kind: EffectKind
  readonly conversation: string
  /** Codes and ids only. */
  readonly detail: Readonly<Record<string, string>>
  readonly dueAt: string
  readonly attempts: number
}

export type StayingKind = 'wake-conversation' | 'drop-photos'

/** An effect that leaves the house, by one of its doors. */
export type LeavingEffect = StoredEffect & { readonly kind: Exclude<EffectKind, StayingKind> }
