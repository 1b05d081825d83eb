/**
 * A fact as it is cited: the quotes that carry the sentence, verbatim, each with its line.
 */
import type { CitedFact } from '../answer-types.ts'
import type { Fact } from '../fact.ts'

const QUOTES_AT_MOST = 6
const NAMED_AT_MOST = 9

/** A fact with the quotes that carry the sentence; of a long list only the lines that it names. */
export function cited(fact: Fact, text: string): CitedFact[] {
  const { id, file, retrievedAt, reviewed, quotes } = fact
  const named = quotes.length > QUOTES_AT_MOST ? namedIn(quotes, text) : []
  const shown = named.length > 0 ? named.slice(0, NAMED_AT_MOST) : quotes.slice(0, QUOTES_AT_MOST)
  return shown.map((quote) => ({ id, source: { file, line: quote.line, quote: quote.text, retrievedAt }, reviewed }))
}

/** Quotes with a name of their own, one that no other quote of the list has, that stands in the sentence. */
function namedIn(quotes: Fact['quotes'], text: string): Fact['quotes'] {
  const count = new Map<string, number>()
  for (const { text: words } of quotes) for (const name of namesOf(words)) count.set(name, (count.get(name) ?? 0) + 1)
  return quotes.filter(({ text: words }) => namesOf(words).some((name) => count.get(name) === 1 && text.includes(name)))
}

function namesOf(text: string): string[] {
  return [...new Set(text.match(/\p{Lu}[\p{L}\d]{2,}/gu) ?? [])]
}
