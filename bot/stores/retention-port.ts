/**
 * What a store knows of age: which conversations still have words and since when, and what can be dropped by its time.
 *
 * A store never decides what is old enough (`bot/keeping/retention.ts` does), and it never drops what a
 * legal hold keeps: the reservation `hold/CONVERSATION`.
 */
import type { AuditEvent, LeadState, StoredEffect } from '../ports.ts'

/** What became of an erasing; `held` = a legal hold keeps it. */
export type EraseResult = 'erased' | 'held' | 'none'

/** What goes with an erasing in the same change: a crash leaves all of it, or nothing. */
export interface ErasedTogether {
  /** Keys of reservations that the conversation holds: kept times, ways to be reached. */
  readonly givenBack: readonly string[]
  readonly effects: readonly StoredEffect[]
  readonly audit: readonly AuditEvent[]
}

export interface AgingConversation {
  readonly id: string
  /** Its last commit. */
  readonly touchedAt: string
  readonly lead: { readonly state: LeadState; readonly closedAt: string | null } | null
  readonly isHeld: boolean
}

export interface RetentionStore {
  /** A page of the conversations that still have words, in an order that stays; `next` null = that was the last. */
  aging(
    after: string | null,
    limit: number,
  ): Promise<{ readonly conversations: readonly AgingConversation[]; readonly next: string | null }>
  /** Drops unanswered questions that were asked before; how many there were. */
  dropQuestions(before: string): Promise<number>
  /** Drops effects that were settled before; how many there were. */
  dropSettled(before: string): Promise<number>
  /** Drops reservations and sessions whose time is over; how many there were. */
  dropLapsed(at: string): Promise<number>
  /** Drops the audit trail up to and with an entry. */
  dropAudit(throughSeq: number): Promise<void>
}
