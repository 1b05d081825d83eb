/**
 * The intents of a message, and of each stretch of it by itself; each is worked out once.
 */

import { notes } from '../notes.ts'
import type { Lexicon } from '../reading/lexicon.ts'
import type { Clause } from '../reading/reading.ts'
import { type Chances, chancesOf, type IntentTable } from './intent.ts'
import { marksOf } from './marks.ts'

export interface Heard {
  readonly clauses: readonly Clause[]
  readonly asked: readonly Clause[]
}

const intentsRead = notes<Heard, { readonly words: Lexicon; readonly chances: Chances }>()

/** What the message asks as a whole, worked out once. */
export function intentsOf(heard: Heard, words: Lexicon, table?: IntentTable): Chances {
  const { clauses, asked } = heard
  if (clauses.length === 1 && asked.length === 1) return aloneIn(clauses[0]!, words, table)
  const known = table === undefined ? intentsRead.get(heard) : undefined
  if (known !== undefined && known.words === words) return known.chances
  const told = clauses.filter((clause) => !asked.includes(clause))
  const chances = chancesOf(marksOf(asked, told, words), table)
  if (table === undefined) intentsRead.set(heard, { words, chances })
  return chances
}

/** A stretch read for itself, so that one idea is not drowned by the others around it; each is read once. */
export function aloneIn(clause: Clause, words: Lexicon, table?: IntentTable): Chances {
  if (table === undefined && clause.alone !== null && clause.alone.words === words) return clause.alone.chances
  const chances = chancesOf(marksOf([clause], [], words), table)
  if (table === undefined) clause.alone = { words, chances }
  return chances
}
