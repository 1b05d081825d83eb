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

/** An effect that leaves the house, by one of its doors. */
export type LeavingEffect = StoredEffect & { readonly kind: Exclude<EffectKind, 'wake-conversation'> }
