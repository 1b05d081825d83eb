/**
 * The intents of a message, and of each stretch of it by itself; each is worked out once.
 */
import { type Chances, chancesOf, type IntentTable } from './intent.ts'
import type { Lexicon } from './lexicon.ts'
import { marksOf } from './marks.ts'
import { notes } from './notes.ts'
import type { Clause } from './reading.ts'

export interface Heard {
  readonly clauses: readonly Clause[]
  readonly asked: readonly Clause[]
}

const intentsRead = notes<Heard, { readonly words: Lexicon; readonly chances: Chances }>()

/** What the message asks as a whole, worked out once. */
export function intentsOf(heard: Heard, words: Lexicon, table?: IntentTable): Chances {
  const { clauses, asked } = heard
  if (clauses.length === 1 && asked.length === 1) return aloneIn(words, table)(clauses[0]!).chances
  const known = table === undefined ? intentsRead.get(heard) : undefined
  if (known !== undefined && known.words === words) return known.chances
  const told = clauses.filter((clause) => !asked.includes(clause))
  const chances = chancesOf(marksOf(asked, told, words), table)
  if (table === undefined) intentsRead.set(heard, { words, chances })
  return chances
}

/** A message is weighed as a whole and idea by idea: each stretch is read once. */
const readAlone = notes<Clause, { clause: Clause; words: Lexicon; chances: Chances }>()

/** A stretch read for itself, so that one idea is not drowned by the others around it. */
export function aloneIn(words: Lexicon, table?: IntentTable): (clause: Clause) => { clause: Clause; chances: Chances } {
  return (clause) => {
    const known = table === undefined ? readAlone.get(clause) : undefined
    if (known !== undefined && known.words === words) return known
    const alone = { clause, words, chances: chancesOf(marksOf([clause], [], words), table) }
    if (table === undefined) readAlone.set(clause, alone)
    return alone
  }
}
