/**
 * Reads a text into a stream of tokens: concepts in order, with pauses, sentences and negation.
 *
 * This is all the grammar the gate has. It is light on purpose: who, what and when come from the
 * concepts, and the one thing that must never be guessed, whether a statement is denied, is settled
 * here for every frame alike.
 */
import { conceptId, conceptsOf, isFiller, phraseRoot, resolve } from './lexicon.ts'
import { type Pause, rawWords } from './normalise.ts'

export interface Token {
  readonly word: string
  readonly concepts: readonly number[]
  readonly pause: Pause
  /** Number of the sentence or "but" clause that the token stands in. */
  readonly sentence: number
  readonly asked: boolean
}

interface Piece {
  readonly word: string
  readonly pause: Pause
  readonly asked: boolean
}

const start = conceptId('START')
const question = conceptId('QUESTION')
const filler = conceptId('FILLER')
const contrast = conceptId('BUT')
const negation = conceptId('NOT')
const MOST_REPAIRS = 160
const MOST_TOKENS = 1_700

/** The tokens of a text, opened by a token that marks the beginning. */
export function readTokens(text: string): Token[] {
  const merged = mergePhrases(spell(text))
  const tokens: Token[] = [{ word: '', concepts: [start], pause: 2, sentence: 0, asked: false }]
  let sentence = 0
  let pause: Pause = 0
  for (const { piece, concepts } of merged) {
    if (piece.pause > pause) pause = piece.pause
    if (pause === 2 || concepts.includes(contrast)) sentence++
    if (concepts.includes(filler)) continue
    const seen = piece.asked ? [...concepts, question] : concepts
    tokens.push({ word: piece.word, concepts: seen, pause, sentence, asked: piece.asked })
    pause = 0
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
      pieces.push({ word, pause: i === 0 ? raw.pause : 0, asked: raw.asked })
    })
    if (pieces.length > MOST_TOKENS) break
  }
  return pieces
}

/** Joins the words of a fixed phrase ("passed out") into one token; the longest phrase wins. */
function mergePhrases(pieces: readonly Piece[]): { piece: Piece; concepts: readonly number[] }[] {
  const merged: { piece: Piece; concepts: readonly number[] }[] = []
  for (let i = 0; i < pieces.length; ) {
    const phrase = longestPhrase(pieces, i)
    const piece = pieces[i]!
    if (phrase === null) merged.push({ piece, concepts: conceptsOf(piece.word) })
    else merged.push({ piece, concepts: phrase.concepts })
    i = phrase === null ? i + 1 : phrase.end
  }
  return merged
}

function longestPhrase(pieces: readonly Piece[], from: number): { concepts: readonly number[]; end: number } | null {
  let node = phraseRoot().next.get(pieces[from]!.word)
  let found: { concepts: readonly number[]; end: number } | null = null
  for (let end = from + 1; node !== undefined; end++) {
    if (node.concepts !== null && found?.concepts !== node.concepts) found = { concepts: node.concepts, end }
    const piece = pieces[end]
    if (piece === undefined || piece.pause === 2) break
    const next: typeof node = node.next.get(piece.word)
    if (next !== undefined || !isFiller(piece.word)) node = next
    else if (found?.end === end) return found
  }
  return found
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
