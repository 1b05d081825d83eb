/**
 * Conversations with their words readable: the layer that seals and opens what the store keeps.
 *
 * The last of them stay open in memory (`conversation-copies`).
 */
import { createHmac, type KeyObject } from 'node:crypto'
import type { ConversationState } from '../../flows/conversation.ts'
import { notes } from '../../flows/safety/notes.ts'
import { unlessIllegible } from '../keeping/legible.ts'
import { freshBytes, type Vault } from '../keeping/vault.ts'
import type { ConversationStore, TurnRecord } from '../ports.ts'
import { type Copies, createCopies } from './conversation-copies.ts'
import { openTurn, type SealedRecords, type Sealing, sealedRecords } from './sealed-records.ts'
import type { ActivitySet, StoredActivity } from './stored-activity.ts'

/** Turns whose client keys are remembered; a longer talk asks the store again. */
const KEYS_AT_MOST = 200

export interface LiveConversation {
  readonly id: string
  readonly program: string
  readonly user: string
  readonly key: KeyObject
  readonly version: number
  readonly lastSeq: number
  readonly state: ConversationState
  /** Turns since the state was stored whole. */
  readonly sinceWhole: number
  /**
   * The client keys of its turns and where each began, while all of them are known here; null asks the
   * store. A turn taken elsewhere leaves this copy's version behind, and the lost race reads afresh.
   */
  readonly taken: Map<string, number> | null
}

export interface Beginning {
  readonly id: string
  readonly user: string
  readonly state: ConversationState
}

export interface Conversations extends Copies {
  /** Stores a new conversation; false when it exists already. */
  begin(beginning: Beginning): Promise<boolean>
  /** All activities after a sequence number, and the number of the last. */
  after(live: LiveConversation, seq: number): Promise<ActivitySet>
  openTurn(live: Sealing, turn: TurnRecord): readonly StoredActivity[]
  readonly sealed: SealedRecords
}

/** 128 random bits, safe in URLs. */
export function newId(prefix = ''): string {
  return prefix + freshBytes(16).toString('base64url')
}

/** A keyed hash of the client's activity id: the id itself may hold anything. */
export function clientKeyOf({ key }: { key: KeyObject }, clientActivityId: string): string {
  const last = lastKeys.get(key)
  if (last?.id === clientActivityId) return last.clientKey
  const clientKey = createHmac('sha256', key).update(clientActivityId).digest('base64url').slice(0, 22)
  lastKeys.set(key, { id: clientActivityId, clientKey })
  return clientKey
}

/** A turn asks for the same one when it begins and when it is written. */
const lastKeys = notes<KeyObject, { readonly id: string; readonly clientKey: string }>()

/** The known keys with one more, once it is committed; null when they are too many to keep. */
export function withKey(live: LiveConversation, clientKey: string | null, firstSeq: number): LiveConversation['taken'] {
  if (live.taken === null || clientKey === null) return live.taken
  return live.taken.size < KEYS_AT_MOST ? live.taken.set(clientKey, firstSeq) : null
}

/** @param isShared - other machines take turns of the same conversations. */
export function openConversations(store: ConversationStore, vault: Vault, isShared: boolean): Conversations {
  const { keep, ...copies } = createCopies(store, vault, isShared)
  const sealed = sealedRecords(store)
  return {
    ...copies,
    keep,
    openTurn,
    sealed,
    async begin({ id, user, state }) {
      const { key, wrapped } = vault.newKey(id)
      const record = { id, program: state.program, user, version: 1, lastSeq: 0, startedAt: state.startedAt }
      const stored = { ...record, wrappedKey: wrapped, state: sealed.state({ id, key }, state) }
      if ((await store.start(stored)) === 'exists') return false
      keep({ ...record, key, state, sinceWhole: 0, taken: new Map() })
      return true
    },
    async after(live, seq) {
      const turns = await store.turnsAfter(live.id, seq)
      // One broken turn hides none of the others.
      const opened = turns.map((turn) =>
        unlessIllegible(() => openTurn(live, turn).slice(Math.max(0, seq - turn.firstSeq + 1)), null),
      )
      const activities = opened.flatMap((one) => one ?? [])
      const unreadTurns = opened.filter((one) => one === null).length
      return { activities, lastSeq: turns.at(-1)?.lastSeq ?? seq, unreadTurns }
    },
  }
}
