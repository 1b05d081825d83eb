/**
 * Conversations with their words readable: the layer that seals and opens what the store keeps.
 *
 * The last of them stay open in memory (`conversation-copies`).
 */
import { createHmac, type KeyObject, randomBytes } from 'node:crypto'
import type { ConversationState } from '../../flows/conversation.ts'
import { notes } from '../../flows/safety/notes.ts'
import { seal, unseal, type Vault } from '../keeping/vault.ts'
import type { ConversationStore, TurnRecord } from '../ports.ts'
import { type Copies, createCopies, stateAbout } from './conversation-copies.ts'
import type { ActivitySet, StoredActivity } from './stored-activity.ts'
import { writeState } from './stored-state.ts'
import { readTurn, writeTurn } from './stored-turn.ts'

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
  openTurn(live: { id: string; key: KeyObject }, turn: TurnRecord): readonly StoredActivity[]
  sealState(live: { id: string; key: KeyObject }, state: ConversationState): Buffer
  sealTurn(live: { id: string; key: KeyObject }, activities: readonly StoredActivity[], lastSeq: number): Buffer
}

/** 128 random bits, safe in URLs. */
export function newId(prefix = ''): string {
  return prefix + randomBytes(16).toString('base64url')
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

const turnAbout = (id: string, lastSeq: number) => `turn ${id} ${lastSeq}`

export function openConversations(store: ConversationStore, vault: Vault): Conversations {
  const { keep, ...copies } = createCopies(store, vault)
  const conversations: Conversations = {
    ...copies,
    keep,
    async begin({ id, user, state }) {
      const { key, wrapped } = vault.newKey(id)
      const sealed = conversations.sealState({ id, key }, state)
      const record = { id, program: state.program, user, version: 1, lastSeq: 0, startedAt: state.startedAt }
      if ((await store.start({ ...record, wrappedKey: wrapped, state: sealed })) === 'exists') return false
      keep({ ...record, key, state, taken: new Map() })
      return true
    },
    async after(live, seq) {
      const turns = await store.turnsAfter(live.id, seq)
      const activities = turns.flatMap((turn) =>
        conversations.openTurn(live, turn).slice(Math.max(0, seq - turn.firstSeq + 1)),
      )
      return { activities, lastSeq: turns.at(-1)?.lastSeq ?? seq }
    },
    openTurn: ({ id, key }, { body, lastSeq }) =>
      readTurn(unseal(key, body, turnAbout(id, lastSeq)).toString('utf8'), { conversation: id, lastSeq }),
    sealState: (live, state) => seal(live.key, writeState(state), stateAbout(live.id)),
    sealTurn: ({ id, key }, activities, lastSeq) =>
      seal(key, writeTurn(activities, { conversation: id, lastSeq }), turnAbout(id, lastSeq)),
  }
  return conversations
}
