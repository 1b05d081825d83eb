/**
 * Words that ask without a question's form: "price", "evening sessions", "u guys do detox right".
 *
 * Where the script waits for nothing else, a few words that name a topic ask for it, as in a search box; what
 * somebody says of herself ("my son drinks") does not, but for how she would pay. A "right?" behind words to the
 * program asks anywhere.
 */
import type { Question } from '../answer-types.ts'
import type { Program } from '../program.ts'
import { type Clause, conceptsIn, type Reading } from '../reading/reading.ts'
import { topicsIn } from './topics.ts'

/** Words; more of them are a story. */
const FEW = 4
const TAG = /^(?:right|correct|verdad|cierto)$/
const TAGGED_FROM = 4

/** The reading, with every clause of it taken for a question where that is meant. */
export function asMeant({ isOpen = false }: Question, reading: Reading, { words: lexicon }: Program): Reading {
  const { clauses } = reading
  if (clauses.length === 0 || clauses.some((clause) => clause.asks)) return reading
  const isAbout = clauses.some(({ concepts }) => topicsIn(concepts, lexicon).length > 0)
  if (!isAbout || !((isOpen && isNamedAlone(clauses)) || isTagged(clauses))) return reading
  return { ...reading, clauses: clauses.map((clause) => ({ ...clause, asks: true })) }
}

function isNamedAlone(clauses: readonly Clause[]): boolean {
  const concepts = conceptsIn(clauses)
  const isOfHer = concepts.has('i') || clauses.some(({ ofSomebody }) => ofSomebody)
  if (isOfHer && !concepts.has('payer-name') && !concepts.has('uninsured')) return false
  return clauses.reduce((sum, { words }) => sum + words.length, 0) <= FEW
}

function isTagged(clauses: readonly Clause[]): boolean {
  const words = clauses.flatMap((clause) => clause.words)
  const isToProgram = clauses[0]!.concepts.has('you')
  return isToProgram && words.length >= TAGGED_FROM && TAG.test(words.at(-1)!)
}
