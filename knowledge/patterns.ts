/**
 * What the patterns that people wrote find in a message.
 */
import type { Lexicon } from './lexicon.ts'
import type { Clause } from './reading.ts'
import { topicsIn } from './topics.ts'

const PATTERNS_EACH = 12
/** A pattern counts most in what is asked, least in what is merely told. */
const counts = { asked: 1, told: 0.7, together: 0.8 }

/** What each topic's patterns score in a message, each stretch by itself and all of it together. */
export function patternsIn(
  { clauses, asked }: { readonly clauses: readonly Clause[]; readonly asked: readonly Clause[] },
  words: Lexicon,
): Map<string, number> {
  const together = new Set(clauses.flatMap((clause) => [...clause.concepts]))
  const stretches = [
    ...clauses.map((clause) => ({
      concepts: clause.concepts,
      count: asked.includes(clause) ? counts.asked : counts.told,
    })),
    { concepts: together, count: counts.together },
  ]
  const found = new Map<string, number>()
  for (const { concepts, count } of stretches) {
    for (const { topic, score } of topicsIn(concepts, words).slice(0, PATTERNS_EACH)) {
      if (score * count > (found.get(topic.id) ?? 0)) found.set(topic.id, score * count)
    }
  }
  return found
}

/** The things and limits that are named. */
export function thingsIn(clauses: readonly Clause[], { concepts }: Lexicon): Set<string> {
  const named = clauses.flatMap((clause) => [...clause.concepts])
  return new Set(
    named.filter((name) => {
      const kind = concepts.get(name)?.kind
      return kind === 'thing' || kind === 'limit'
    }),
  )
}
