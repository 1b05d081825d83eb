/**
 * A text as the gate reads it: its tokens and every frame found in them.
 *
 * The automaton is built once, when the module loads; reading is then one pass over the tokens.
 */
import { buildAutomaton, type Frame, type Hit } from './automaton.ts'
import { frameRows } from './gate-tables.generated.ts'
import { readTokens, type Token } from './stream.ts'

export interface Reading {
  readonly tokens: readonly Token[]
  readonly hits: readonly Hit[]
}

const frames: Frame[] = frameRows.split('\n').map((row) => {
  const [id = '', label = '', weight = '0', traits = '', asked = '', said = '', ...patterns] = row.split(';')
  const list = (text: string): string[] => text.split(',').filter((item) => item !== '')
  return { id, label, weight: Number(weight), traits, asked: list(asked), said: list(said), patterns }
})
const run = buildAutomaton(frames)

export function read(text: string): Reading {
  const tokens = readTokens(text)
  return { tokens, hits: run(tokens) }
}
