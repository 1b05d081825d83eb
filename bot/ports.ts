/**
 * The ports: what the service needs from a store, a queue, a clock and a notifier.
 *
 * A store sees sealed bytes, ids, times and codes, never a visitor's words. One adapter implements
 * store, queue and staff records, so that a lead and its conversation commit together. Connections,
 * transactions and schemas are not here: they differ from adapter to adapter.
 */
import type { DangerLabel } from '../flows/safety/verdict.ts'
import type { Acuity, CloseDisposition, Route } from '../flows/vocabulary.ts'
import type { LearnedStore } from './learning/learned-port.ts'
import type { Permit } from './outbox/exits.ts'
import type { StoredEffect } from './outbox/stored-effect.ts'
import type { ScriptStore } from './scripts/script-port.ts'
import type { AuditEvent, AuditLog } from './stores/audit-port.ts'
import type { DocumentStore, ReservationStore } from './stores/document-port.ts'
import type { Referral, ReferralStore } from './stores/referral-port.ts'
import type { ErasedTogether, EraseResult, RetentionStore } from './stores/retention-port.ts'
import type { StaffStore } from './stores/staff-port.ts'

export type { EffectKind, LeavingEffect, StoredEffect } from './outbox/stored-effect.ts'
export type { AuditEvent, AuditLog } from './stores/audit-port.ts'
export type { SecondFactor, SpentCode, StaffRecord, StaffRole, StaffSession, StaffStore } from './stores/staff-port.ts'

export type Clock = { now(): Date }

export interface ConversationRecord {
  readonly id: string
  readonly program: string
  /** The `dl_…` user of the token, or the channel's user id. */
  readonly user: string
  /** Counts commits; a commit names the version that it read. */
  readonly version: number
  /** Sequence number of the last stored activity, 0 = none. */
  readonly lastSeq: number
  readonly wrappedKey: Uint8Array
  /** Sealed ConversationState, as it was before `changes`. */
  readonly state: Uint8Array
  /** Turns that hold what they changed of that state, oldest first. */
  readonly changes: readonly TurnRecord[]
  readonly startedAt: string
}

/** One turn's activities, sealed together, numbered firstSeq…lastSeq. */
export interface TurnRecord {
  readonly firstSeq: number
  readonly lastSeq: number
  readonly body: Uint8Array
}

export interface LeadOpening {
  readonly id: string
  readonly acuity: Acuity
  readonly route: Route
  readonly label: DangerLabel | null
  readonly dueAt: string | null
}

export interface TurnCommit {
  readonly conversation: string
  readonly expectedVersion: number
  /** Sealed, whole; null = what the turn changed of it stands in the turn. */
  readonly state: Uint8Array | null
  readonly turn: TurnRecord | null
  /** A keyed hash of the client's activity id; the same one twice is one turn. */
  readonly clientKey: string | null
  readonly lead: LeadOpening | null
  readonly effects: readonly StoredEffect[]
  /** Sealed questions that nobody could answer. */
  readonly questions: readonly { readonly id: string; readonly body: Uint8Array }[]
  /** Sealed consents for the ledger. */
  readonly consents: readonly {
    readonly id: string
    readonly kind: string
    readonly given: boolean
    readonly body: Uint8Array
  }[]
  readonly audit: readonly AuditEvent[]
  /** Cards that the turn shows, to be counted. */
  readonly referrals: readonly Referral[]
  readonly at: string
}

export interface ConversationStore {
  /** Whether turns may hold what they changed of the state, packed: where nobody of an older version reads along. */
  keepsChanges(): boolean
  start(record: Omit<ConversationRecord, 'changes'>): Promise<'started' | 'exists'>
  load(id: string): Promise<ConversationRecord | null>
  /** As `load`, but `same` when the version that the caller holds is still the one. */
  loadSince(id: string, version: number): Promise<ConversationRecord | 'same' | null>
  commit(commit: TurnCommit): Promise<'committed' | 'conflict'>
  /** Turns that hold an activity after the given sequence number, oldest first. */
  turnsAfter(id: string, seq: number): Promise<readonly TurnRecord[]>
  /** The turn that was committed under this client key, if any. */
  turnByClientKey(id: string, clientKey: string): Promise<TurnRecord | null>
  pendingEffects(dueBy: string, limit: number): Promise<readonly StoredEffect[]>
  /** Takes what is due for a while: nobody else gets it until then, or until it is settled. */
  takeEffects(lease: { at: string; until: string }, limit: number): Promise<readonly StoredEffect[]>
  /**
   * @param retryAt - null = done; `never` = given up: it stays and is shown on the desk until a time is set again.
   * @param why.code - why it was given up, kept as `detail.code`.
   * @param why.event - what staff did with it, for the trail.
   */
  settleEffect(id: string, retryAt: string | 'never' | null, why?: { code?: string; event?: AuditEvent }): Promise<void>
  /** An effect that no turn brings: what staff did. The same id twice is one. */
  putEffect(effect: StoredEffect): Promise<void>
  /** Effects that were given up, `dueAt` is `never`. */
  deadEffects(limit: number): Promise<readonly StoredEffect[]>
  /** Destroys the conversation's key and content, unless a legal hold keeps it; its lead keeps only codes and times. */
  erase(id: string, at: string, together?: ErasedTogether): Promise<EraseResult>
  openQuestions(programs: readonly string[] | null, limit: number): Promise<readonly QuestionRecord[]>
}

export interface QuestionRecord {
  readonly id: string
  readonly program: string
  readonly conversation: string
  readonly at: string
  readonly body: Uint8Array
}

export type LeadState = 'open' | 'claimed' | 'closed'

export interface LeadRecord {
  readonly id: string
  readonly conversation: string
  readonly program: string
  readonly acuity: Acuity
  readonly route: Route
  readonly label: DangerLabel | null
  readonly openedAt: string
  readonly dueAt: string | null
  readonly state: LeadState
  readonly claimedBy: string | null
  readonly claimedUntil: string | null
  readonly fence: number
  readonly closedAs: CloseDisposition | null
}

export interface LeadQuery {
  readonly state: LeadState
  readonly programs: readonly string[] | null
  readonly limit: number
  readonly after: string | null
  readonly at: string
}

export type ClaimResult =
  | { readonly type: 'claimed'; readonly lead: LeadRecord }
  | { readonly type: 'held'; readonly by: string; readonly until: string }
  | { readonly type: 'closed' }
  /** The lead has another fence than the claim's entry of the trail names. */
  | { readonly type: 'moved' }
  | { readonly type: 'not-found' }

export type LeaseResult =
  | { readonly type: 'done'; readonly lead: LeadRecord }
  | { readonly type: 'lease-lost' }
  | { readonly type: 'not-found' }

/** What staff do with a lead. Its entry of the trail is kept with the deed, or neither is. */
interface Deed {
  readonly at: string
  readonly event?: AuditEvent
}

export interface LeadQueue {
  leads(query: LeadQuery): Promise<{ readonly leads: readonly LeadRecord[]; readonly next: string | null }>
  lead(id: string): Promise<LeadRecord | null>
  leadOf(conversation: string): Promise<LeadRecord | null>
  /**
   * Gives a lead to one of all who ask at once.
   *
   * @param lease.event - its entry of the trail, kept with the claim or not at all; its `detail.fence` is the fence
   * that the claim will have. `moved` when the lead has another by now: read it again.
   */
  claim(id: string, by: string, lease: { at: string; until: string; event?: AuditEvent }): Promise<ClaimResult>
  renew(id: string, fence: number, lease: { at: string; until: string }): Promise<LeaseResult>
  release(id: string, fence: number, deed: Deed): Promise<LeaseResult>
  /** Hands a held lead to a colleague, who holds it from then on under a new fence. */
  transfer(id: string, fence: number, to: Deed & { by: string; until: string }): Promise<LeaseResult>
  /** Lets go of a lead until its next try: it waits for everybody at that place, with that time as its promise. */
  callAgain(id: string, fence: number, again: Deed & { dueAt: string; rank: number }): Promise<LeaseResult>
  /** Undoes a close: the lead waits again; null when there is none that is closed. */
  reopen(id: string, event?: AuditEvent): Promise<LeadRecord | null>
  closeLead(id: string, fence: number, closing: LeadClosing): Promise<LeaseResult>
  /** Leads whose lease has lapsed and that are not back in the queue yet, as they are held. */
  lapsedLeads(at: string): Promise<readonly LeadRecord[]>
  /** Puts leads whose lease has lapsed back into the queue, each as it was held; each lapse is told once. */
  returnLapsed(at: string): Promise<readonly LeadRecord[]>
  /** Moves up what its promise or its waiting raises by now (`bot/queue/lead-order.ts`); returns what moved, once. */
  raiseWaiting(at: string): Promise<readonly LeadRecord[]>
  /** What staff wrote when they closed it, sealed. */
  closingNote(id: string): Promise<Uint8Array | null>
  leadFigures(programs: readonly string[] | null, since: string): Promise<LeadFigures>
}

/** Counts and durations of what began since a moment. */
export interface LeadFigures {
  readonly conversations: number
  readonly leads: readonly {
    readonly state: LeadState
    readonly acuity: Acuity
    readonly route: Route
    readonly closedAs: CloseDisposition | null
    readonly openedAt: string
    readonly dueAt: string | null
    /** When a person first took it. */
    readonly claimedAt: string | null
  }[]
}

export interface LeadClosing extends Deed {
  readonly disposition: CloseDisposition
  /** Sealed under the conversation's key; null when there is none. */
  readonly note: Uint8Array | null
}

export interface Store
  extends ConversationStore,
    LeadQueue,
    StaffStore,
    AuditLog,
    DocumentStore,
    ReservationStore,
    RetentionStore,
    LearnedStore,
    ReferralStore,
    ScriptStore {
  /** Resolves when the store can be read and written. */
  check(): Promise<void>
  close(): Promise<void>
}

/** Tells people outside that somebody needs them: ids, codes and times only. */
export interface Notifier {
  readonly name: string
  notify(effect: StoredEffect, permit: Permit<'page-on-call' | 'announce-lead'>): Promise<void>
}
