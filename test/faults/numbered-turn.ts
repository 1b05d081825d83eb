/**
 * A turn that names itself: its number stands in its body, in its client key and in the state.
 */
import type { TurnCommit } from '../../bot/ports.ts'

/** As long as a state and a turn are in an ordinary talk. */
const STATE_BYTES = 900
const BODY_BYTES = 600

export function turnOf(conversation: string, number: number): TurnCommit {
  const body = Buffer.alloc(BODY_BYTES, number % 256)
  body.writeUInt32BE(number)
  const state = Buffer.alloc(STATE_BYTES, number % 256)
  state.writeUInt32BE(number)
  return {
    conversation,
    expectedVersion: number,
    state,
    turn: { firstSeq: number, lastSeq: number, body },
    clientKey: `key ${number}`,
    lead: null,
    effects: [],
    questions: [],
    consents: [],
    referrals: [],
    audit: [],
    at: new Date().toISOString(),
  }
}

export function numberIn(bytes: Uint8Array): number {
  return Buffer.from(bytes).readUInt32BE()
}
