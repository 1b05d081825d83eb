/**
 * Topics: the kinds of question there are, each with the patterns of concepts that ask it.
 *
 * A topic wins by the weight of what it explains. Things that no page mentions are topics as well, so
 * that "is there parking" is recognised, and recognised as unanswered, instead of sliding to the
 * nearest fact that shares a word.
 */
import type { Concept, Lexicon } from './lexicon.ts'
import { notes } from './notes.ts'

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

/** One topic found in a stretch of text: how much weight it explains, by which concepts. */
export interface TopicHit {
  readonly topic: Topic
  readonly score: number
  readonly used: ReadonlySet<string>
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
  if (known?.lexicon === lexicon) return known.hits
  const hits = findTopics(present, lexicon)
  found.set(present, { lexicon, hits })
  return hits
}

function findTopics(present: ReadonlySet<string>, lexicon: Lexicon): TopicHit[] {
  const tried = new Set<number>()
  const hits: TopicHit[] = []
  for (const name of present) {
    for (const index of lexicon.topicsByConcept.get(name) ?? []) {
      if (tried.has(index)) continue
      tried.add(index)
      const hit = bestPattern(lexicon.topics[index]!, present, lexicon.concepts)
      if (hit) hits.push(hit)
    }
  }
  return hits.sort((a, b) => b.score - a.score || a.used.size - b.used.size)
}

/** The heaviest pattern gives the score; what any fitting pattern speaks of is explained. */
function bestPattern(
  topic: Topic,
  present: ReadonlySet<string>,
  concepts: ReadonlyMap<string, Concept>,
): TopicHit | null {
  let score = Number.NEGATIVE_INFINITY
  let used: Set<string> | null = null
  for (const { terms, extra } of topic.patterns) {
    if (!fits(terms, present)) continue
    used ??= new Set()
    score = Math.max(score, explained(terms, { present, concepts }, used) + extra)
  }
  return used === null || used.size === 0 ? null : { topic, score, used }
}

function fits(terms: readonly Term[], present: ReadonlySet<string>): boolean {
  for (const { sign, any } of terms) if (sign !== 'optional' && isAny(any, present) === (sign === 'never')) return false
  return true
}

function isAny(names: readonly string[], present: ReadonlySet<string>): boolean {
  for (const name of names) if (present.has(name)) return true
  return false
}

/** A term counts once, by the heaviest of its alternatives that are there; all of them are added to what is explained. */
function explained(
  terms: readonly Term[],
  { present, concepts }: { present: ReadonlySet<string>; concepts: ReadonlyMap<string, Concept> },
  all: Set<string>,
): number {
  const used: string[] = []
  let score = 0
  for (const { sign, any } of terms) {
    if (sign === 'never') continue
    const before = used.length
    let heaviest = 0
    for (const name of any) {
      if (!present.has(name)) continue
      if (!used.includes(name)) heaviest = Math.max(heaviest, concepts.get(name)?.weight ?? 0)
      used.push(name)
    }
    if (used.length > before) score += heaviest
  }
  for (const name of used) all.add(name)
  return score
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
