/**
 * What was worked out of an earlier turn, kept with it while the talk holds it: one note, so that turns stay alike.
 */
import type { EarlierTurn } from './background.ts'
import { notes } from './notes.ts'
import type { Reading } from './reading.ts'

export interface TurnNotes {
  /** As it was read when it was the message. */
  reading: Reading | null
  /** What it says as an earlier turn. */
  earlier: EarlierTurn | null
  /** The ear's signs of it. */
  signs: readonly number[] | null
}

const turns = notes<object, TurnNotes>()

export function aboutTurn(turn: object): TurnNotes {
  const known = turns.get(turn)
  if (known !== undefined) return known
  const fresh = { reading: null, earlier: null, signs: null }
  turns.set(turn, fresh)
  return fresh
}
