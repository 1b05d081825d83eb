/**
 * Reads a text into a stream of tokens: concepts in order, with pauses, sentences and negation.
 *
 * This is all the grammar the gate has. It is light on purpose: who, what and when come from the
 * concepts, and the one thing that must never be guessed, whether a statement is denied, is settled
 * here for every frame alike.
 */
import { conceptId, type Phrase, type Word, wordOf } from './lexicon.ts'
import { meaningOf } from './mend.ts'
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
  /** A "not". */
  readonly negates: boolean
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
  const tokens = [opening()]
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
    const arcs = concepts.map((concept) => ({ concept, end }))
    tokens.push({ word, concepts, arcs, pause, negates: concepts.includes(negation), sentence })
    pause = 0
  })
  place.push(tokens.length)
  for (const { from, concepts, to } of spans) {
    const end = place[to]!
    if (concepts.includes(keeps))
      for (let at = place[from]!; at < end; at++) tokens[at] = { ...tokens[at]!, concepts: [], negates: false }
    if (end > place[from]!) for (const concept of concepts) tokens[place[from]!]!.arcs.push({ concept, end })
  }
  return tokens
}

function opening(): Token {
  return { word: '', concepts: [start], arcs: [{ concept: start, end: 1 }], pause: 2, negates: false, sentence: 0 }
}

function spell(text: string): Piece[] {
  const pieces: Piece[] = []
  const raws = rawWords(text)
  const looked = raws.length > MOST_REPAIRS ? new Map<string, readonly Word[]>() : null
  for (const { text: typed, pause } of raws) {
    const words = looked === null ? meaningOf(typed) : meaningWithin(looked, typed)
    for (let at = 0; at < words.length; at += 1) pieces.push({ word: words[at]!, pause: at === 0 ? pause : 0 })
    if (pieces.length > MOST_TOKENS) break
  }
  return pieces
}

/** In a long text only so many words are looked at closely; those after them must stand for something as they are. */
function meaningWithin(looked: Map<string, readonly Word[]>, typed: string): readonly Word[] {
  const known = looked.get(typed)
  if (known !== undefined) return known
  const word = wordOf(typed)
  const words = looked.size < MOST_REPAIRS || word.concepts.length > 0 ? meaningOf(typed) : [word]
  looked.set(typed, words)
  return words
}

const none: readonly never[] = []

/** Every fixed phrase ("passed out") that begins at a piece; fillers inside the text are stepped over. */
function phrasesAt(pieces: readonly Piece[], from: number): readonly { concepts: readonly number[]; to: number }[] {
  let node = pieces[from]!.word.phrases
  if (node === undefined) return none
  const found: { concepts: readonly number[]; to: number }[] = []
  let fillers = 0
  for (let to = from + 1; node !== undefined && fillers <= MOST_FILLERS; to++) {
    if (node.concepts !== null) found.push({ concepts: node.concepts, to })
    const piece = pieces[to]
    if (piece === undefined || piece.pause === 2) break
    const next: Phrase | undefined = node.next.get(piece.word.stem)
    if (next === undefined && (!piece.word.isFiller || found.at(-1)?.to === to)) break
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

const NEGATION_REACH = 5

/** Whether the token at an index stands in the reach of a "not" before it in the same clause. */
export function isDenied(tokens: readonly Token[], at: number): boolean {
  for (let i = at - 1; i >= 0 && i >= at - NEGATION_REACH; i--) {
    if (tokens[i + 1]!.pause > 0 || tokens[i + 1]!.sentence !== tokens[i]!.sentence) return false
    if (tokens[i]!.negates) return true
  }
  return false
}
