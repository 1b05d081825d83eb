/**
 * A message as the phrase net reads it: for each word, in order, the numbers of everything known about it.
 *
 * A word brings itself, its spelling in pieces (so that a slip of the thumb stays near what was meant),
 * the concepts that the lexicon knows it for, and whether it is denied. The bot's last question and the
 * visitor's earlier turns come as words alone.
 */
import { wordsOf } from './ear.ts'
import { finished, mix, sortOf } from './ear-buckets.ts'
import { conceptName, isClass } from './lexicon.ts'
import { WORDS_AT_MOST } from './phrase-kernel.ts'
import { isDenied, type Token } from './stream.ts'
import type { SaidBefore } from './verdict.ts'

export const PHRASE_BUCKETS = 1 << 14

/** One word as the numbers of its properties, each below `PHRASE_BUCKETS`. */
export type WordNumbers = readonly number[]

const MOST_WORDS = WORDS_AT_MOST
export const MOST_WORDS_BEFORE = 40
const MOST_LETTERS = 20
const LONGEST_QUESTION = 300
const LONGEST_EARLIER = 500
const EARLIER_TURNS = 5

const sort = {
  word: sortOf('w'),
  letters: sortOf('c'),
  pause: sortOf('p'),
  concept: sortOf('k'),
  deniedConcept: mix(sortOf('!'), 'k'),
  denied: sortOf('!'),
}

/** The words of a stretch of the message; `from` counts tokens, the opening one included. */
export function messageWords(tokens: readonly Token[], from: number): WordNumbers[] {
  const first = Math.max(1, from)
  return tokens.slice(first, first + MOST_WORDS).map((token, index) => {
    const numbers = spelled(token.word)
    const denied = isDenied(tokens, first + index)
    if (denied) numbers.push(numberOf(sort.denied))
    if (token.pause > 0) numbers.push(numberOf(mix(sort.pause, `${token.pause}`)))
    for (const { concept } of token.arcs) {
      if (!isClass(concept)) continue
      numbers.push(numberOf(mix(sort.concept, conceptName(concept))))
      if (denied) numbers.push(numberOf(mix(sort.deniedConcept, conceptName(concept))))
    }
    return numbers
  })
}

/** The end of the bot's last question. */
export function questionText(saidBefore: readonly SaidBefore[]): string {
  return saidBefore.findLast((turn) => turn.role === 'bot')?.text.slice(-LONGEST_QUESTION) ?? ''
}

export function questionWords(question: string): WordNumbers[] {
  return wordsOf(question).slice(-MOST_WORDS_BEFORE).map(spelled)
}

/** What the visitor wrote in the last few turns before this one, oldest first. */
export function earlierTurns(saidBefore: readonly SaidBefore[]): SaidBefore[] {
  return saidBefore.slice(-EARLIER_TURNS).filter((turn) => turn.role === 'user')
}

/** The beginning of an earlier turn; of all of them together the last `MOST_WORDS_BEFORE` words are read. */
export function turnWords(text: string): WordNumbers[] {
  return wordsOf(text.slice(0, LONGEST_EARLIER)).slice(0, MOST_WORDS_BEFORE).map(spelled)
}

function spelled(word: string): number[] {
  const numbers = [numberOf(mix(sort.word, word))]
  const framed = `_${word.slice(0, MOST_LETTERS)}_`
  for (let from = 0; from + 3 <= framed.length; from += 1) {
    const three = mix(sort.letters, framed.slice(from, from + 3))
    numbers.push(numberOf(three))
    if (from + 3 < framed.length) numbers.push(numberOf(mix(three, framed[from + 3] as string)))
  }
  return numbers
}

function numberOf(sign: number): number {
  return finished(sign) % PHRASE_BUCKETS
}
