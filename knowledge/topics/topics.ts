/**
 * Topics: the kinds of question there are, each with the patterns of concepts that ask it.
 *
 * A topic wins by the weight of what it explains. Things that no page mentions are topics as well, so
 * that "is there parking" is recognised, and recognised as unanswered, instead of sliding to the
 * nearest fact that shares a word.
 */

import { notes } from '../notes.ts'
import type { Concept, Lexicon } from '../reading/lexicon.ts'

/** What becomes of a question of this topic when no fact answers it first. */
export type TopicKind = 'program' | 'assistant' | 'refusal' | 'privacy-refusal' | 'payer'

interface Term {
  readonly any: readonly string[]
  readonly sign: 'needs' | 'optional' | 'never'
}

export interface Topic {
  readonly id: string
  readonly kind: TopicKind
  readonly patterns: readonly { readonly terms: readonly Term[]; readonly extra: number }[]
}

/** One topic found in a stretch of text: how much weight it explains, and how many concepts. */
export interface TopicHit {
  readonly topic: Topic
  readonly score: number
  readonly explains: number
}

/** `how-long program|stay ?week !session +1`: all of, one of, may have, must not have, a bonus. */
export function parsePattern(text: string): { terms: Term[]; extra: number } {
  let extra = 0
  const terms: Term[] = []
  for (const word of text.trim().split(/\s+/)) {
    if (/^[+-][\d.]+$/.test(word)) {
      extra = Number(word)
      continue
    }
    const sign = word.startsWith('!') ? 'never' : word.startsWith('?') ? 'optional' : 'needs'
    terms.push({ sign, any: word.replace(/^[!?]/, '').split('|') })
  }
  return { terms, extra }
}

/** Names in patterns that are no concept: a mistake that would silently never match. */
export function unknownTerms(topic: Topic, concepts: ReadonlyMap<string, Concept>): string[] {
  return topic.patterns.flatMap(({ terms }) => terms.flatMap(({ any }) => any.filter((name) => !concepts.has(name))))
}

/** The guard, the clause and its context ask for the same concepts' topics: they are found once. */
const found = notes<ReadonlySet<string>, { lexicon: Lexicon; hits: readonly TopicHit[] }>()

/** The topics that a set of concepts asks, best first. The set must not change afterwards. */
export function topicsIn(present: ReadonlySet<string>, lexicon: Lexicon): readonly TopicHit[] {
  const known = found.get(present)
  if (known !== undefined && known.lexicon === lexicon) return known.hits
  const hits = findTopics(present, lexicon)
  found.set(present, { lexicon, hits })
  return hits
}

function findTopics(present: ReadonlySet<string>, lexicon: Lexicon): TopicHit[] {
  const numbered = numberedOf(lexicon)
  const { numbers, placeOf } = numbered
  const here: number[] = []
  for (const name of present) {
    const number = numbers.get(name)
    if (number !== undefined) placeOf[number] = here.push(number)
  }
  const hits = hitsOf(fittingHere(here, numbered), numbered)
  for (const number of here) placeOf[number] = 0
  return hits.sort((a, b) => b.score - a.score || a.explains - b.explains || a.place - b.place)
}

/** The patterns that fit the concepts that are there, topic by topic. */
function fittingHere(here: readonly number[], { patternsOf, placeOf }: Numbered): NumberedPattern[] {
  const fitting = new Set<NumberedPattern>()
  for (const number of here)
    for (const pattern of patternsOf[number]!) if (fits(pattern.terms, placeOf)) fitting.add(pattern)
  return [...fitting].sort((a, b) => a.place - b.place)
}

/** A lexicon's topics with numbers for names: hundreds of patterns are tried for each message. */
interface Numbered {
  /** Concept → its number. */
  readonly numbers: ReadonlyMap<string, number>
  readonly weights: Float64Array
  /** By a concept's number the patterns that cannot do without it, or without one of its like. */
  readonly patternsOf: readonly (readonly NumberedPattern[])[]
  /** For the set that is looked at: which place a concept has in it, from 1; zero for all between two sets. */
  readonly placeOf: Uint16Array
  /** The last pattern and the last topic that took up a concept, each by the number of its turn. */
  readonly takenByPattern: Float64Array
  readonly takenByTopic: Float64Array
  turn: number
}

interface NumberedTopic {
  readonly topic: Topic
  /** The concepts with which its patterns begin to be tried. */
  readonly leads: readonly number[]
}

interface NumberedPattern {
  readonly of: NumberedTopic
  /** Among all patterns of all topics. */
  readonly place: number
  readonly terms: readonly { readonly sign: Term['sign']; readonly any: readonly number[] }[]
  readonly extra: number
}

const numberedBy = new WeakMap<Lexicon, Numbered>()

function numberedOf(lexicon: Lexicon): Numbered {
  const known = numberedBy.get(lexicon)
  if (known) return known
  const { concepts } = lexicon
  const numbers = new Map([...concepts.keys()].map((name, at) => [name, at]))
  const numbered: Numbered = {
    numbers,
    weights: Float64Array.from(concepts.values(), ({ weight }) => weight),
    patternsOf: patternsByConcept(lexicon, numbers),
    placeOf: new Uint16Array(numbers.size),
    takenByPattern: new Float64Array(numbers.size),
    takenByTopic: new Float64Array(numbers.size),
    turn: 0,
  }
  numberedBy.set(lexicon, numbered)
  return numbered
}

/** Each pattern under the concepts of its first needed term; one that needs none under those of its topic's others. */
function patternsByConcept({ topics }: Lexicon, numbers: ReadonlyMap<string, number>): NumberedPattern[][] {
  const numbersOf = (names: readonly string[]): number[] => names.flatMap((name) => numbers.get(name) ?? [])
  const patternsOf = [...numbers].map((): NumberedPattern[] => [])
  let place = 0
  for (const topic of topics) {
    const patterns = topic.patterns.map(({ terms, extra }) => ({
      extra,
      terms: terms.map(({ sign, any }) => ({ sign, any: numbersOf(any) })),
    }))
    const needed = patterns.map(({ terms }) => terms.find(({ sign }) => sign === 'needs')?.any)
    const of = { topic, leads: [...new Set(needed.flatMap((any) => any ?? []))] }
    for (const [at, pattern] of patterns.entries()) {
      const numberedPattern = { of, place: place++, ...pattern }
      for (const number of new Set(needed[at] ?? of.leads)) patternsOf[number]!.push(numberedPattern)
    }
  }
  return patternsOf
}

/** A topic that was found, with the place of the concept that led to it. */
interface PlacedHit extends TopicHit {
  readonly place: number
}

function hitsOf(fitting: readonly NumberedPattern[], numbered: Numbered): PlacedHit[] {
  const hits: PlacedHit[] = []
  for (let from = 0, to = 0; from < fitting.length; from = to) {
    const { of } = fitting[from]!
    while (fitting[to]?.of === of) to += 1
    const hit = hitOf(of, fitting.slice(from, to), numbered)
    if (hit) hits.push(hit)
  }
  return hits
}

/** The heaviest pattern gives the score; what any fitting pattern speaks of is explained. */
function hitOf(
  { topic, leads }: NumberedTopic,
  fitting: readonly NumberedPattern[],
  numbered: Numbered,
): PlacedHit | null {
  let score = Number.NEGATIVE_INFINITY
  let explains = 0
  numbered.turn += 1
  const topicTurn = numbered.turn
  for (const { terms, extra } of fitting) {
    score = Math.max(score, explained(terms, numbered) + extra)
    explains += newlyExplained(terms, numbered, topicTurn)
  }
  return explains === 0 ? null : { topic, score, explains, place: firstPlace(leads, numbered) }
}

function firstPlace(leads: readonly number[], { placeOf }: Numbered): number {
  let first = Number.POSITIVE_INFINITY
  for (const number of leads) if (placeOf[number]! > 0) first = Math.min(first, placeOf[number]!)
  return first
}

function fits(terms: NumberedPattern['terms'], placeOf: Uint16Array): boolean {
  for (const { sign, any } of terms) if (sign !== 'optional' && isAny(any, placeOf) === (sign === 'never')) return false
  return true
}

function isAny(any: readonly number[], placeOf: Uint16Array): boolean {
  for (const number of any) if (placeOf[number]! > 0) return true
  return false
}

/** A term counts once, by the heaviest of its alternatives that are there and that no term before it took up. */
function explained(terms: NumberedPattern['terms'], numbered: Numbered): number {
  const { weights, placeOf, takenByPattern } = numbered
  numbered.turn += 1
  const { turn } = numbered
  let score = 0
  for (const { sign, any } of terms) {
    if (sign === 'never') continue
    let heaviest = 0
    for (const number of any) {
      if (placeOf[number] === 0) continue
      if (takenByPattern[number] !== turn) heaviest = Math.max(heaviest, weights[number]!)
      takenByPattern[number] = turn
    }
    score += heaviest
  }
  return score
}

/** How many concepts these terms take up that no pattern of the topic took up before. */
function newlyExplained(terms: NumberedPattern['terms'], { placeOf, takenByTopic }: Numbered, turn: number): number {
  let count = 0
  for (const { sign, any } of terms) {
    if (sign === 'never') continue
    for (const number of any) {
      if (placeOf[number] === 0 || takenByTopic[number] === turn) continue
      takenByTopic[number] = turn
      count += 1
    }
  }
  return count
}
