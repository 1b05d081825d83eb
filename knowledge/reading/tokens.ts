/**
 * Tokens: a message as its words, each with what is known of it and the pause after it.
 */
import type { Lexicon } from './lexicon.ts'
import { plain, unstretch } from './spelling.ts'
import { type Word, wordOf } from './word.ts'

export interface Token {
  readonly word: Word
  readonly pause: Pause
}

type Pause = '' | ',' | '.' | '?'

/** Of a longer message the beginning and the end are read, where questions stand; time stays bounded. */
const MOST_AT_EACH_END = 800
const LONGEST_WORD = 40

export function tokensOf(text: string, lexicon: Lexicon): Token[] {
  const tokens: Token[] = []
  for (const mark of marksIn(text)) {
    if (isWord(mark)) {
      const word = mark.length > LONGEST_WORD ? mark.slice(0, LONGEST_WORD) : unstretch(mark)
      const rewritten = lexicon.rewrites.get(word)
      if (rewritten === undefined) tokens.push({ word: wordOf(lexicon, word), pause: '' })
      else for (const one of rewritten) tokens.push({ word: wordOf(lexicon, one), pause: '' })
      continue
    }
    const last = tokens.at(-1)
    if (last) tokens[tokens.length - 1] = { word: last.word, pause: stronger(last.pause, mark) }
  }
  return tokens
}

/** Words and signs of a pause, in order. */
function marksIn(text: string): readonly string[] {
  const bare = plain(text.replace(/<[^>]{0,300}>/g, ' . ').replace(/&[a-z]{2,6};/gi, ' '))
  const marks = bare.replace(/(\d)[,.](\d)/g, '$1$2').match(/[a-z0-9$]+|[.?!;:\n,&¿¡()—–]/g) ?? []
  if (marks.length <= 2 * MOST_AT_EACH_END) return marks
  return [...marks.slice(0, MOST_AT_EACH_END), ...marks.slice(-MOST_AT_EACH_END)]
}

/** A letter, a digit or "$" begins a word; everything else that was found is a pause. */
function isWord(mark: string): boolean {
  const code = mark.charCodeAt(0)
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 36
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function stronger(pause: Pause, mark: string): Pause {
  if (pause === '?' || mark === '?') return '?'
  if ('.!;\n¿¡'.includes(mark) || pause === '.') return '.'
  return ','
}

/** Whether it is one of these small words (bits of `small`). */
export function is(token: Token | undefined, kinds: number): boolean {
  return token !== undefined && (token.word.small & kinds) !== 0
}
