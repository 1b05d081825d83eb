/**
 * What a store keeps beside the talk: sealed documents of a conversation, and things of which there is one.
 *
 * A card's photo, a worksheet and a payer's answer are documents; a slot of the calendar is reserved.
 * Both are few and generic on purpose, so that an adapter for another store stays small.
 */
import type { AuditEvent } from './audit-port.ts'

/** A sealed thing of one conversation: gone with it, or when its time is over. */
export interface DocumentRecord {
  readonly id: string
  readonly conversation: string
  readonly kind: string
  readonly at: string
  /** null = as long as its conversation. */
  readonly expiresAt: string | null
  readonly body: Uint8Array
}

export interface DocumentStore {
  /**
   * Replaces a document of the same id; false when the conversation is erased or never was.
   *
   * @param event - here and below: the entry of the trail, kept with the change or not at all.
   */
  putDocument(document: DocumentRecord, event?: AuditEvent): Promise<boolean>
  /** Oldest first. */
  documents(conversation: string): Promise<readonly DocumentRecord[]>
  dropDocument(conversation: string, id: string): Promise<boolean>
  /** Every consent that was committed with a turn, in no order: their chain gives it. */
  consentLedger(conversation: string): Promise<readonly { readonly id: string; readonly body: Uint8Array }[]>
  /** Drops every document whose time is over; how many there were. */
  dropExpired(at: string): Promise<number>
}

/** Something of which there is one, held by one, until a moment or for good. */
export interface Reservation {
  /** `calendar/program/start`: what begins alike belongs together. */
  readonly key: string
  readonly holder: string
  /** null = for good. */
  readonly until: string | null
}

export interface ReservationStore {
  /** Of any number at once, one gets it; its holder may take it again, and so keep or lengthen it. */
  reserve(reservation: Reservation, at: string, event?: AuditEvent): Promise<'reserved' | 'taken'>
  /** false when it was not this holder's. */
  giveBack(key: string, holder: string, event?: AuditEvent): Promise<boolean>
  /** What is held at a moment under a beginning of the key, in the order of the keys. */
  reservations(prefix: string, at: string): Promise<readonly Reservation[]>
}
