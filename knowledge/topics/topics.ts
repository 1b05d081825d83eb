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
  const { numbers, topicsOf, isHere, isTried } = numbered
  const here: number[] = []
  for (const name of present) {
    const number = numbers.get(name)
    if (number === undefined) continue
    here.push(number)
    isHere[number] = 1
  }
  const tried: number[] = []
  const hits: TopicHit[] = []
  for (const number of here) {
    for (const index of topicsOf[number]!) {
      if (isTried[index] === 1) continue
      isTried[index] = 1
      tried.push(index)
      const hit = bestPattern(numbered.topics[index]!, numbered)
      if (hit) hits.push(hit)
    }
  }
  for (const number of here) isHere[number] = 0
  for (const index of tried) isTried[index] = 0
  return hits.sort((a, b) => b.score - a.score || a.explains - b.explains)
}

/** A lexicon's topics with numbers for names: hundreds of patterns are tried for each message. */
interface Numbered {
  /** Concept → its number. */
  readonly numbers: ReadonlyMap<string, number>
  readonly weights: Float64Array
  readonly topics: readonly NumberedTopic[]
  /** By a concept's number the topics that cannot do without it. */
  readonly topicsOf: readonly (readonly number[])[]
  /** For the set that is looked at: which concepts are there, which topics were tried; all zero between two sets. */
  readonly isHere: Uint8Array
  readonly isTried: Uint8Array
  /** The last pattern and the last topic that took up a concept, each by the number of its turn. */
  readonly takenByPattern: Float64Array
  readonly takenByTopic: Float64Array
  turn: number
}

interface NumberedTopic {
  readonly topic: Topic
  readonly patterns: readonly NumberedPattern[]
}

interface NumberedPattern {
  readonly terms: readonly { readonly sign: Term['sign']; readonly any: readonly number[] }[]
  readonly extra: number
}

const numberedBy = new WeakMap<Lexicon, Numbered>()

function numberedOf(lexicon: Lexicon): Numbered {
  const known = numberedBy.get(lexicon)
  if (known) return known
  const { concepts, topics, topicsByConcept } = lexicon
  const numbers = new Map([...concepts.keys()].map((name, at) => [name, at]))
  const numbered: Numbered = {
    numbers,
    weights: Float64Array.from(concepts.values(), ({ weight }) => weight),
    topics: topics.map((topic) => ({ topic, patterns: topic.patterns.map((one) => numberedPattern(one, numbers)) })),
    topicsOf: [...concepts.keys()].map((name) => topicsByConcept.get(name) ?? []),
    isHere: new Uint8Array(numbers.size),
    isTried: new Uint8Array(topics.length),
    takenByPattern: new Float64Array(numbers.size),
    takenByTopic: new Float64Array(numbers.size),
    turn: 0,
  }
  numberedBy.set(lexicon, numbered)
  return numbered
}

function numberedPattern(
  { terms, extra }: Topic['patterns'][number],
  numbers: ReadonlyMap<string, number>,
): NumberedPattern {
  const any = (names: readonly string[]): number[] => names.flatMap((name) => numbers.get(name) ?? [])
  return { terms: terms.map((term) => ({ sign: term.sign, any: any(term.any) })), extra }
}

/** The heaviest pattern gives the score; what any fitting pattern speaks of is explained. */
function bestPattern({ topic, patterns }: NumberedTopic, numbered: Numbered): TopicHit | null {
  let score = Number.NEGATIVE_INFINITY
  let explains = 0
  numbered.turn += 1
  const topicTurn = numbered.turn
  for (const { terms, extra } of patterns) {
    if (!fits(terms, numbered.isHere)) continue
    score = Math.max(score, explained(terms, numbered) + extra)
    explains += newlyExplained(terms, numbered, topicTurn)
  }
  return explains === 0 ? null : { topic, score, explains }
}

function fits(terms: NumberedPattern['terms'], isHere: Uint8Array): boolean {
  for (const { sign, any } of terms) if (sign !== 'optional' && isAny(any, isHere) === (sign === 'never')) return false
  return true
}

function isAny(any: readonly number[], isHere: Uint8Array): boolean {
  for (const number of any) if (isHere[number] === 1) return true
  return false
}

/** A term counts once, by the heaviest of its alternatives that are there and that no term before it took up. */
function explained(terms: NumberedPattern['terms'], numbered: Numbered): number {
  const { weights, isHere, takenByPattern } = numbered
  numbered.turn += 1
  const { turn } = numbered
  let score = 0
  for (const { sign, any } of terms) {
    if (sign === 'never') continue
    let heaviest = 0
    for (const number of any) {
      if (isHere[number] === 0) continue
      if (takenByPattern[number] !== turn) heaviest = Math.max(heaviest, weights[number]!)
      takenByPattern[number] = turn
    }
    score += heaviest
  }
  return score
}

/** How many concepts these terms take up that no pattern of the topic took up before. */
function newlyExplained(terms: NumberedPattern['terms'], { isHere, takenByTopic }: Numbered, turn: number): number {
  let count = 0
  for (const { sign, any } of terms) {
    if (sign === 'never') continue
    for (const number of any) {
      if (isHere[number] === 0 || takenByTopic[number] === turn) continue
      takenByTopic[number] = turn
      count += 1
    }
  }
  return count
}

/** Indexes topics under the concepts of their first needed term, for every pattern. */
export function indexTopics(topics: readonly Topic[]): Map<string, number[]> {
  const index = new Map<string, number[]>()
  topics.forEach((topic, at) => {
    const names = new Set(topic.patterns.flatMap(({ terms }) => terms.find((term) => term.sign === 'needs')?.any ?? []))
    for (const name of names) index.set(name, [...(index.get(name) ?? []), at])
  })
  return index
}
