/**
 * A fact as it is cited: the quotes that carry the sentence, verbatim, each with its line.
 */
import type { CitedFact } from './answer-types.ts'
import type { Fact } from './fact.ts'

const QUOTES_AT_MOST = 4

/** A fact with the quotes that carry the sentence; of a long list only the lines that it names. */
export function cited(fact: Fact, text: string): CitedFact[] {
  const { id, file, retrievedAt, reviewed, quotes } = fact
  const named = quotes.filter((quote) => sharesName(quote.text, text))
  const shown = quotes.length <= QUOTES_AT_MOST || named.length === 0 ? quotes : named
  return shown
    .slice(0, QUOTES_AT_MOST)
    .map((quote) => ({ id, source: { file, line: quote.line, quote: quote.text, retrievedAt }, reviewed }))
}

/** Whether a word of a quote that begins with a capital stands in the sentence as well. */
function sharesName(quote: string, text: string): boolean {
  return (quote.match(/\p{Lu}[\p{L}\d]{2,}/gu) ?? []).some((word) => text.includes(word))
}
