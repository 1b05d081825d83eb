/**
 * Senses: what each fact of a program speaks of, so that what a question holds beyond it can be told.
 *
 * A fact knows the words and concepts of its sentences, its quotes and the questions that must lead to it. A
 * word of a question that none of these explains is the best sign that something else was asked.
 */
import type { Fact } from './fact.ts'
import type { Lexicon } from './lexicon.ts'
import type { Program } from './program.ts'
import { type Clause, readMessage } from './reading.ts'
import type { Word } from './word.ts'

/** What of a question one fact does not know. */
export interface Unexplained {
  /** Words of substance: how many, what they weigh together, and the heaviest of them. */
  readonly words: number
  readonly weight: number
  readonly most: number
  /** Their share of the weight of all words of substance. */
  readonly share: number
  /** How many of them other facts of the program know, and how many none does. */
  readonly elsewhere: number
  readonly nowhere: number
  /** All concepts that are asked with, each with whether the fact knows it. */
  readonly concepts: ReadonlyMap<string, boolean>
}

interface Senses {
  /** A word's root, or a concept's name after `#` → the places of the facts that know it. */
  readonly knownTo: ReadonlyMap<string, readonly number[]>
  readonly places: ReadonlyMap<Fact, number>
}

const known = new WeakMap<Program, Senses>()

/** Worked out once for each program, on its first question. */
function sensesOf(program: Program): Senses {
  const before = known.get(program)
  if (before) return before
  const knownTo = new Map<string, number[]>()
  program.facts.forEach((fact, place) => {
    for (const name of namesOf(fact, program.words)) {
      const list = knownTo.get(name)
      if (list) list.push(place)
      else knownTo.set(name, [place])
    }
  })
  // A list that has grown keeps room for more; thousands of short ones would be mostly room.
  const trimmed = new Map([...knownTo].map(([name, list]) => [name, list.slice()]))
  const senses = { knownTo: trimmed, places: new Map(program.facts.map((fact, place) => [fact, place])) }
  known.set(program, senses)
  return senses
}

function namesOf({ quotes, say, examples, asks }: Fact, words: Lexicon): Set<string> {
  const texts = [...quotes.map(({ text }) => text), say.en, say.es, ...examples.en, ...examples.es]
  const names = new Set(asks.map((topic) => `#${topic}`))
  for (const { concepts, known: said } of texts.flatMap((text) => readMessage(text, words).clauses)) {
    for (const name of concepts) if (words.concepts.get(name)?.kind !== 'filler') names.add(`#${name}`)
    for (const { text, root } of said) if (text.length >= SHORTEST) names.add(root)
  }
  return names
}

const SHORTEST = 3

/** @param asked - the clauses that ask. */
export function unexplainedBy(asked: readonly Clause[], fact: Fact, program: Program): Unexplained {
  const { knownTo, places } = sensesOf(program)
  const place = places.get(fact)!
  const open = { words: 0, weight: 0, most: 0, elsewhere: 0, nowhere: 0 }
  let total = 0
  for (const word of wordsIn(asked)) {
    if (word.concepts?.some(({ kind }) => kind === 'filler')) continue
    const names = [word.root, ...(word.concepts ?? []).map(({ key }) => key)]
    const where = new Set(names.flatMap((name) => knownTo.get(name) ?? []))
    const weight = Math.log(1 + program.facts.length / (0.5 + where.size))
    total += weight
    if (where.has(place)) continue
    open.words += 1
    open.weight += weight
    open.most = Math.max(open.most, weight)
    if (where.size > 0) open.elsewhere += 1
    else open.nowhere += 1
  }
  return { ...open, share: total === 0 ? 0 : open.weight / total, concepts: conceptsIn(asked, fact, program) }
}

function conceptsIn(asked: readonly Clause[], fact: Fact, program: Program): Map<string, boolean> {
  const { knownTo, places } = sensesOf(program)
  const place = places.get(fact)!
  const concepts = new Map<string, boolean>()
  for (const name of asked.flatMap((clause) => [...clause.concepts]))
    if (program.words.concepts.get(name)?.kind !== 'filler')
      concepts.set(name, knownTo.get(`#${name}`)?.includes(place) ?? false)
  return concepts
}

/** The words of some length, each once. */
export function wordsIn(clauses: readonly Clause[]): Iterable<Word> {
  const words = new Map<string, Word>()
  for (const { known: said } of clauses)
    for (const word of said) if (word.text.length >= SHORTEST) words.set(word.text, word)
  return words.values()
}

const numbered = new WeakMap<Fact, boolean>()
const NUMBER = /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve)\b/

export function hasNumber(fact: Fact): boolean {
  const before = numbered.get(fact)
  if (before !== undefined) return before
  const isHeld = NUMBER.test(fact.say.en)
  numbered.set(fact, isHeld)
  return isHeld
}
