/**
 * What of a conversation goes to the store, sealed, and how it is read again: states and turns.
 *
 * Where the store keeps changes, a turn's record holds its activities and what it changed of the state, and the
 * state itself is written whole only now and then: one seal and one row a turn, a third of the bytes.
 */
import type { KeyObject } from 'node:crypto'
import { ConversationState } from '../../flows/conversation.ts'
import { AdmissionsError } from '../errors.ts'
import { seal, unseal } from '../keeping/vault.ts'
import type { ConversationRecord, ConversationStore, TurnCommit, TurnRecord } from '../ports.ts'
import { pack, unpack } from './packing.ts'
import { applyChange, writeChange } from './state-change.ts'
import type { StoredActivity } from './stored-activity.ts'
import { writeState } from './stored-state.ts'
import { readChange, readTurn, writeTurn } from './stored-turn.ts'

/** A talk has some twenty turns: most are read as their beginning and their changes. */
export const WHOLE_EVERY = 32

export interface Sealing {
  readonly id: string
  readonly key: KeyObject
}

/** A conversation before the turn that is sealed. */
interface Before extends Sealing {
  readonly lastSeq: number
  readonly state: ConversationState
  /** Turns since the state was stored whole. */
  readonly sinceWhole: number
}

export interface SealedTurn extends Pick<TurnCommit, 'state' | 'turn'> {
  readonly sinceWhole: number
}

const stateAbout = (id: string): string => `state ${id}`
const turnAbout = (id: string, lastSeq: number): string => `turn ${id} ${lastSeq}`

export interface SealedRecords {
  state(of: Sealing, state: ConversationState): Buffer
  turn(before: Before, activities: readonly StoredActivity[], state: ConversationState): SealedTurn
}

export function sealedRecords({ keepsChanges }: Pick<ConversationStore, 'keepsChanges'>): SealedRecords {
  const packed = (json: string): Buffer | string => (keepsChanges() ? pack(json) : json)
  const state = ({ id, key }: Sealing, whole: ConversationState): Buffer =>
    seal(key, packed(writeState(whole)), stateAbout(id))
  return {
    state,
    turn(before, activities, after) {
      if (activities.length === 0) return { state: state(before, after), turn: null, sinceWhole: 0 }
      const isWhole = !keepsChanges() || before.sinceWhole + 1 >= WHOLE_EVERY
      const change = isWhole ? null : writeChange(before.state, after)
      const lastSeq = before.lastSeq + activities.length
      const json = writeTurn(activities, { conversation: before.id, lastSeq }, change)
      const body = seal(before.key, packed(json), turnAbout(before.id, lastSeq))
      return {
        state: isWhole ? state(before, after) : null,
        turn: { firstSeq: before.lastSeq + 1, lastSeq, body },
        sinceWhole: isWhole ? 0 : before.sinceWhole + 1,
      }
    },
  }
}

/** @throws AdmissionsError `KEY_UNREADABLE` for a record of another key, place or form. */
export function openTurn(of: Sealing, turn: TurnRecord): readonly StoredActivity[] {
  return legible(() => readTurn(turnJson(of, turn), { conversation: of.id, lastSeq: turn.lastSeq }))
}

/** The state as stored whole, with what each turn since then changed. @throws AdmissionsError `KEY_UNREADABLE` as above. */
export function openState(key: KeyObject, { id, state, changes }: ConversationRecord): ConversationState {
  return legible(() => {
    const whole = JSON.parse(unpack(unseal(key, state, stateAbout(id)))) as ConversationState
    const now = changes.reduce((before, turn) => applyChange(before, readChange(turnJson({ id, key }, turn))), whole)
    return ConversationState.parse(now)
  })
}

function turnJson({ id, key }: Sealing, { body, lastSeq }: TurnRecord): string {
  return unpack(unseal(key, body, turnAbout(id, lastSeq)))
}

/** A parser's own complaint quotes what it was given, which here is what somebody wrote: it goes no further. */
function legible<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof AdmissionsError) throw error
    throw new AdmissionsError('KEY_UNREADABLE', 'A stored record cannot be read: it is broken, or of another version.')
  }
}
