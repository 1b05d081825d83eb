/**
 * Repeats: a sentence whose words all stand in another one of the same reply is not said beside it.
 */
import { plain } from '../reading/spelling.ts'

/** Share of a sentence's words that another one must hold. */
const HELD_FROM = 0.8
/** A fuller sentence after the answer is left out where the answer is this much of it. */
const MOST_OF_IT = 0.4
/** Letters; shorter words say little of what a sentence is about. */
const WORD_FROM = 4

/**
 * @param asked - how many of them, from the first on, each answer a question of their own.
 * @returns the sentences in their order, without those that say again what another one says.
 */
export function withoutRepeats<T extends { readonly text: string }>(sentences: readonly T[], asked = 1): T[] {
  if (sentences.length < 2) return [...sentences]
  const words = sentences.map(({ text }) => wordsOf(text))
  const isDropped = words.map(() => false)
  for (const [at, own] of words.entries())
    for (const [by, fuller] of words.entries()) {
      if (at === by || isDropped[at] || isDropped[by] || !isHeld(own, fuller)) continue
      // The answer itself stays, unless what holds it was asked as well.
      const isAnswer = at === 0 && by >= asked
      if (!isAnswer) isDropped[at] = true
      else if (own.size >= fuller.size * MOST_OF_IT) isDropped[by] = true
    }
  return sentences.filter((_, at) => !isDropped[at])
}

function isHeld(own: ReadonlySet<string>, fuller: ReadonlySet<string>): boolean {
  const shared = [...own].filter((word) => fuller.has(word)).length
  return own.size <= fuller.size && shared >= own.size * HELD_FROM
}

/** "Hours" and "hour-long" share a word. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = plain(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length >= WORD_FROM || /\d/.test(word))
  return new Set(words.map((word) => word.replace(/s$/, '')))
}
