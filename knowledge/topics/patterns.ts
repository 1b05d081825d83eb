/**
 * What the patterns that people wrote find in a message.
 */
import type { Lexicon } from '../reading/lexicon.ts'
import { type Clause, conceptsIn } from '../reading/reading.ts'
import { topicsIn } from './topics.ts'

const PATTERNS_EACH = 12
/** A pattern counts most in what is asked, least in what is merely told. */
const counts = { asked: 1, told: 0.7, together: 0.8 }

/** What each topic's patterns score in a message, each stretch by itself and all of it together. */
export function patternsIn(
  { clauses, asked }: { readonly clauses: readonly Clause[]; readonly asked: readonly Clause[] },
  words: Lexicon,
): Map<string, number> {
  const found = new Map<string, number>()
  for (const clause of clauses) addPatterns(found, clause.concepts, { words, count: countOf(clause, asked) })
  addPatterns(found, conceptsIn(clauses), { words, count: counts.together })
  return found
}

function countOf(clause: Clause, asked: readonly Clause[]): number {
  return asked.includes(clause) ? counts.asked : counts.told
}

function addPatterns(
  found: Map<string, number>,
  concepts: ReadonlySet<string>,
  { words, count }: { readonly words: Lexicon; readonly count: number },
): void {
  const hits = topicsIn(concepts, words)
  for (let at = 0; at < hits.length && at < PATTERNS_EACH; at += 1) {
    const { topic, score } = hits[at]!
    if (score * count > (found.get(topic.id) ?? 0)) found.set(topic.id, score * count)
  }
}

/** The things and limits that are named. */
export function thingsIn(clauses: readonly Clause[], lexicon: Lexicon): Set<string> {
  const things = new Set<string>()
  for (const clause of clauses)
    for (const name of clause.concepts) {
      const kind = lexicon.concepts.get(name)?.kind
      if (kind === 'thing' || kind === 'limit') things.add(name)
    }
  return things
}
