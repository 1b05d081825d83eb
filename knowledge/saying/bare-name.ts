/**
 * A bare name: a message that holds a thing by its name and nothing else ("waitlist?", "is there parking", "virtual").
 *
 * The learned tables know words by runs of letters, and "waitlist" looks like "price list" to them: what is named in
 * so many words is surer than what is merely likely.
 */
import type { Program } from '../program.ts'
import type { Clause } from '../reading/reading.ts'
import { topicsIn } from '../topics/topics.ts'

/** Words; a longer message says more than the name. */
const WORDS_AT_MOST = 4

/** @returns the topic of that name, or null when more is asked, or less is known. */
export function bareName(asked: readonly Clause[], { words: lexicon }: Program): string | null {
  const [clause, ...others] = asked
  if (clause === undefined || others.length > 0) return null
  const { concepts, unknown, words } = clause
  if (unknown.length > 0 || words.length > WORDS_AT_MOST || concepts.has('ordinary')) return null
  const id = topicsIn(concepts, lexicon)[0]?.topic.id
  if (id === undefined || !isThing(id, lexicon)) return null
  const isAlone = [...concepts].every((name) => name === id || isThere.has(name) || isLight(name, lexicon))
  return isAlone && concepts.has(id) ? id : null
}

/** "Is there lunch", "hay comida", "tienen gimnasio" hold no more than the name. */
export const isThere: ReadonlySet<string> = new Set(['offer', 'exist-word'])

function isThing(name: string, { concepts }: Program['words']): boolean {
  const kind = concepts.get(name)?.kind
  return kind === 'thing' || kind === 'limit'
}

function isLight(name: string, { concepts }: Program['words']): boolean {
  const kind = concepts.get(name)?.kind
  return kind === 'light' || kind === 'filler'
}
