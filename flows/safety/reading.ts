/**
 * A text as the gate reads it: its tokens and every frame found in them.
 *
 * The automaton is built once, when the module loads; reading is then one pass over the tokens.
 */
import { buildAutomaton, type Frame, type Hit } from './automaton.ts'
import type { Beginning } from './evidence.ts'
import { frameRows } from './gate-tables.generated.ts'
import { readTokens, type Token } from './stream.ts'
import { aboutTurn } from './turn-notes.ts'

export interface Reading {
  readonly tokens: readonly Token[]
  readonly hits: readonly Hit[]
  /** What the weights know of its beginning, as it was last asked for. */
  beginning: Beginning | null
}

const frames: Frame[] = frameRows.split('\n').map((row) => {
  const [id = '', label = '', weight = '0', traits = '', asked = '', said = '', ...patterns] = row.split(';')
  const list = (text: string): string[] => text.split(',').filter((item) => item !== '')
  return { id, label, weight: Number(weight), traits, asked: list(asked), said: list(said), patterns }
})
const run = buildAutomaton(frames)

let lastText = ''
let last: Reading | null = null

export function read(text: string): Reading {
  const tokens = readTokens(text)
  lastText = text
  last = { tokens, hits: run(tokens), beginning: null }
  return last
}

/** What was just read of a message stays with it: others are read before its turn is taken. */
export function keepReading(message: { readonly text: string }): void {
  if (lastText === message.text) aboutTurn(message).reading = last
}

/** A message becomes an earlier turn: the next message finds it read already, unless it is kept in other words. */
export function carryReading(message: { readonly text: string }, turn: { readonly text: string }): void {
  if (turn.text === message.text) aboutTurn(turn).reading = aboutTurn(message).reading
}

/** The reading of an earlier turn's beginning. */
export function readEarlier(turn: { readonly text: string }, longest: number): Reading {
  return (turn.text.length <= longest ? aboutTurn(turn).reading : null) ?? read(turn.text.slice(0, longest))
}
