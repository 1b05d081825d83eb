/**
 * Reads a text into a stream of tokens: concepts in order, with pauses, sentences and negation.
 *
 * This is all the grammar the gate has. It is light on purpose: who, what and when come from the
 * concepts, and the one thing that must never be guessed, whether a statement is denied, is settled
 * here for every frame alike.
 */
import { conceptId, conceptsOf, isFiller, type Phrase, phraseRoot, resolve, type Word, wordOf } from './lexicon.ts'
import { type Pause, rawWords } from './normalise.ts'

/** A concept that begins at a token and ends before another: one word, or a phrase of several. */
export interface Arc {
  readonly concept: number
  readonly end: number
}

export interface Token {
  readonly word: string
  readonly concepts: readonly number[]
  readonly arcs: Arc[]
  readonly pause: Pause
  /** Number of the sentence or "but" clause that the token stands in. */
  readonly sentence: number
}

interface Piece {
  readonly word: Word
  readonly pause: Pause
}

const start = conceptId('START')
const filler = conceptId('FILLER')
const contrast = conceptId('BUT')
/** "Cannot stop" and its like hold a "not" that denies nothing. */
const keeps = conceptId('KEEPS')
const negation = conceptId('NOT')
const MOST_REPAIRS = 160
const MOST_TOKENS = 4_100
/** Nobody says more between two words of a phrase; a message of nothing else must not be walked anew from each word. */
const MOST_FILLERS = 40

/** The tokens of a text, opened by a token that marks the beginning; phrases lie over the words they are made of. */
export function readTokens(text: string): Token[] {
  const pieces = withoutFillerPhrases(spell(text))
  const tokens: Token[] = [{ word: '', concepts: [start], arcs: [{ concept: start, end: 1 }], pause: 2, sentence: 0 }]
  const spans: { from: number; concepts: readonly number[]; to: number }[] = []
  const place: number[] = []
  let sentence = 0
  let pause: Pause = 0
  pieces.forEach((piece, i) => {
    const { text: word, concepts } = piece.word
    if (piece.pause > pause) pause = piece.pause
    place.push(tokens.length)
    for (const phrase of phrasesAt(pieces, i)) spans.push({ from: i, ...phrase })
    if (concepts.includes(filler)) return
    if (pause === 2 || concepts.includes(contrast)) sentence++
    const end = tokens.length + 1
    tokens.push({ word, concepts, arcs: concepts.map((concept) => ({ concept, end })), pause, sentence })
    pause = 0
  })
  place.push(tokens.length)
  for (const { from, concepts, to } of spans) {
    const end = place[to]!
    if (concepts.includes(keeps))
      for (let at = place[from]!; at < end; at++) tokens[at] = { ...tokens[at]!, concepts: [] }
    if (end > place[from]!) for (const concept of concepts) tokens[place[from]!]!.arcs.push({ concept, end })
  }
  return tokens
}

function spell(text: string): Piece[] {
  const pieces: Piece[] = []
  const repaired = new Map<string, readonly string[]>()
  for (const raw of rawWords(text)) {
    let words = repaired.get(raw.text)
    if (words === undefined) {
      words = repaired.size < MOST_REPAIRS || conceptsOf(raw.text).length > 0 ? resolve(raw.text) : [raw.text]
      repaired.set(raw.text, words)
    }
    words.forEach((word, i) => {
      pieces.push({ word: wordOf(word), pause: i === 0 ? raw.pause : 0 })
    })
    if (pieces.length > MOST_TOKENS) break
  }
  return pieces
}

const none: readonly never[] = []

/** Every fixed phrase ("passed out") that begins at a piece; fillers inside the text are stepped over. */
function phrasesAt(pieces: readonly Piece[], from: number): readonly { concepts: readonly number[]; to: number }[] {
  let node = phraseRoot().next.get(pieces[from]!.word.stem)
  if (node === undefined) return none
  const found: { concepts: readonly number[]; to: number }[] = []
  let fillers = 0
  for (let to = from + 1; node !== undefined && fillers <= MOST_FILLERS; to++) {
    if (node.concepts !== null) found.push({ concepts: node.concepts, to })
    const piece = pieces[to]
    if (piece === undefined || piece.pause === 2) break
    const next: Phrase | undefined = node.next.get(piece.word.stem)
    if (next === undefined && (!isFiller(piece.word.text) || found.at(-1)?.to === to)) break
    if (next === undefined) fillers += 1
    node = next ?? node
  }
  return found
}

/** "no joke" or "not that i would tell anyone" carries nothing, least of all its "not". */
function withoutFillerPhrases(pieces: readonly Piece[]): Piece[] {
  const kept: Piece[] = []
  for (let i = 0; i < pieces.length; ) {
    const phrase = phrasesAt(pieces, i).findLast(({ concepts }) => concepts.includes(filler))
    if (phrase === undefined) kept.push(pieces[i]!)
    i = phrase?.to ?? i + 1
  }
  return kept
}

export function isNegation(token: Token): boolean {
  return token.concepts.includes(negation)
}

const NEGATION_REACH = 5

/** Whether the token at an index stands in the reach of a "not" before it in the same clause. */
export function isDenied(tokens: readonly Token[], at: number): boolean {
  for (let i = at - 1; i >= 0 && i >= at - NEGATION_REACH; i--) {
    if (tokens[i + 1]!.pause > 0 || tokens[i + 1]!.sentence !== tokens[i]!.sentence) return false
    if (isNegation(tokens[i]!)) return true
  }
  return false
}
