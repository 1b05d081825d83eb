/**
 * Senses: what each fact of a program speaks of, so that what a question holds beyond it can be told.
 *
 * A fact knows the words and concepts of its sentences, its quotes and the questions that must lead to it. A
 * word of a question that none of these explains is the best sign that something else was asked.
 */
import type { Fact } from '../fact.ts'
import type { Program } from '../program.ts'
import type { Concept, Lexicon } from '../reading/lexicon.ts'
import { type Clause, conceptsIn, readMessage } from '../reading/reading.ts'
import type { Word } from '../reading/word.ts'
import { placesOf } from '../weighing/overlap.ts'

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
}

/** What is asked, beside the facts of a program: looked up once, for several of them are compared with it. */
export interface Sensed {
  /** The words of some length, each once. */
  readonly words: readonly Word[]
  /** Those of substance, with the places of the facts that know them. */
  readonly substance: readonly { readonly knownTo: ReadonlySet<number>; readonly weight: number }[]
  /** What the words of substance weigh together. */
  readonly total: number
  /** The concepts that are asked with, in the same way. */
  readonly concepts: readonly {
    readonly name: string
    readonly kind: Concept['kind'] | null
    readonly knownTo: readonly number[]
  }[]
}

interface Senses {
  /** A concept's key → the places of the facts that know it. */
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
  // Most concepts are known to one fact, and lists that say the same are one: a hundred programs hold many.
  const lists = new Map<string, readonly number[]>()
  const shared = (list: number[]): readonly number[] => {
    const key = list.join()
    const same = lists.get(key) ?? list.slice()
    lists.set(key, same)
    return same
  }
  const knownToOnce = new Map([...knownTo].map(([name, list]) => [name, shared(list)]))
  const senses = { knownTo: knownToOnce, places: new Map(program.facts.map((fact, place) => [fact, place])) }
  known.set(program, senses)
  return senses
}

/** The concepts it speaks of; the roots of its words stand in the index of what questions and facts share. */
function namesOf({ quotes, say, examples, asks }: Fact, words: Lexicon): Set<string> {
  const texts = [...quotes.map(({ text }) => text), say.en, say.es, ...examples.en, ...examples.es]
  const names = new Set(asks.map((topic) => `#${topic}`))
  for (const { concepts } of texts.flatMap((text) => readMessage(text, words).clauses))
    for (const name of concepts) if (words.concepts.get(name)?.kind !== 'filler') names.add(`#${name}`)
  return names
}

const SHORTEST = 3

/** @param asked - the clauses that ask. */
export function sensed(asked: readonly Clause[], program: Program): Sensed {
  const { knownTo } = sensesOf(program)
  const words = wordsIn(asked)
  let total = 0
  const substance = words.filter(isOfSubstance).map(({ root, concepts }) => {
    const places = new Set(placesOf(root, program))
    for (const { key } of concepts ?? none) for (const place of knownTo.get(key) ?? none) places.add(place)
    const weight = Math.log(1 + program.facts.length / (0.5 + places.size))
    total += weight
    return { knownTo: places, weight }
  })
  return { words, substance, total, concepts: askedConcepts(asked, program) }
}

const none: readonly never[] = []

function isOfSubstance({ concepts }: Word): boolean {
  return concepts === null || !concepts.some(({ kind }) => kind === 'filler')
}

function askedConcepts(asked: readonly Clause[], program: Program): Sensed['concepts'] {
  const { knownTo } = sensesOf(program)
  return [...conceptsIn(asked)].flatMap((name) => {
    const concept = program.words.concepts.get(name)
    if (concept?.kind === 'filler') return []
    return [{ name, kind: concept?.kind ?? null, knownTo: knownTo.get(concept?.key ?? `#${name}`) ?? none }]
  })
}

/** Where the fact stands among its program's. */
export function placeOfFact(fact: Fact, program: Program): number {
  return sensesOf(program).places.get(fact)!
}

/** @param place - of the fact. */
export function unexplainedBy({ substance, total }: Sensed, place: number): Unexplained {
  const open = { words: 0, weight: 0, most: 0, share: 0, elsewhere: 0, nowhere: 0 }
  for (const { knownTo, weight } of substance) {
    if (knownTo.has(place)) continue
    open.words += 1
    open.weight += weight
    open.most = Math.max(open.most, weight)
    if (knownTo.size > 0) open.elsewhere += 1
    else open.nowhere += 1
  }
  if (total > 0) open.share = open.weight / total
  return open
}

function wordsIn(clauses: readonly Clause[]): Word[] {
  const words = new Map<string, Word>()
  for (const { known: said } of clauses)
    for (const word of said) if (word.text.length >= SHORTEST) words.set(word.text, word)
  return [...words.values()]
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
