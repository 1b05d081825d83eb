/**
 * A word of a message with what is asked of it over and over: its concepts, its root, which small word it is.
 *
 * Reading, marks and overlap ask the same of the same word; it is worked out once. What the lists know is kept
 * between messages, bounded; a visitor's own words and slips are kept for the message that is being read.
 */
import { type Concept, conceptsOf, corrected, directly, type Lexicon, type PhraseNode } from './lexicon.ts'
import { rootOf } from './spelling.ts'

export interface Word {
  readonly text: string
  /** What it may stand for, as it is or as the word that it is a slip away from; null when no list knows either. */
  readonly concepts: readonly Concept[] | null
  /** The root of its forms; a slip is mended first where that makes it a word that the lists know. */
  readonly root: string
  /** The root under which phrases file it, a slip of it mended first, and what goes on from it where one begins. */
  readonly phraseRoot: string
  readonly phrases: PhraseNode | undefined
  /** Which small words it is: bits of `small`. */
  readonly small: number
}

/** The small words that tell how a sentence is built, and the words that only one language has. */
export const small = {
  openerWh: 1,
  openerVerb: 2,
  openerAux: 4,
  pronoun: 8,
  openerFirst: 16,
  leadIn: 32,
  joiner: 64,
  pointsBack: 128,
  somebody: 256,
  english: 512,
  spanish: 1024,
  adder: 2048,
} as const

const smallNamed = new Map<string, number>([
  ['opener-wh', small.openerWh],
  ['opener-verb', small.openerVerb],
  ['opener-aux', small.openerAux],
  ['pronoun', small.pronoun],
  ['opener-first', small.openerFirst],
  ['lead-in', small.leadIn],
  ['joiner', small.joiner],
  ['adder', small.adder],
  ['points-back', small.pointsBack],
  ['somebody', small.somebody],
])

const WORDS_KEPT_AT_MOST = 20_000

export function wordOf(lexicon: Lexicon, text: string): Word {
  const known = lexicon.wordsKept.get(text) ?? lexicon.wordsOfMessage.get(text)
  if (known !== undefined) return known
  const word = readWord(lexicon, text)
  // Only words that the lists know stay: a visitor's own words never do.
  const isListed = directly(lexicon, text) !== null || lexicon.phraseWords.has(rootOf(text))
  if (!isListed) lexicon.wordsOfMessage.set(text, word)
  else if (lexicon.wordsKept.size < WORDS_KEPT_AT_MOST) lexicon.wordsKept.set(text, word)
  return word
}

/** The slips and unknown words of the message before are forgotten. */
export function beginMessage({ wordsOfMessage, mended }: Lexicon): void {
  wordsOfMessage.clear()
  mended.clear()
}

function readWord(lexicon: Lexicon, text: string): Word {
  const concepts = conceptsOf(lexicon, text)
  const root = rootOf(concepts ? corrected(lexicon, text) : text)
  const plainly = rootOf(text)
  const phraseRoot = lexicon.phraseWords.has(plainly) ? plainly : rootOf(corrected(lexicon, text))
  const phrases = lexicon.phrases.next.get(phraseRoot)
  return { text, concepts, root, phraseRoot, phrases, small: smallWordsIn(lexicon, text) }
}

function smallWordsIn({ exact, tongues }: Lexicon, text: string): number {
  let bits = 0
  for (const { name } of exact.get(text) ?? []) bits |= smallNamed.get(name) ?? 0
  if (tongues.en.has(text)) bits |= small.english
  if (tongues.es.has(text)) bits |= small.spanish
  return bits
}
