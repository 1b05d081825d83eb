/**
 * A sentence sent word by word: "i", "want", "to", "die", each a message of its own.
 *
 * Each piece alone says nothing, and the bot's replies stand between them. So the visitor's last short
 * messages are also read as one text, as far back as they are all that short.
 */
import type { SaidBefore } from './verdict.ts'

const MOST_LETTERS = 40
const MOST_PIECES = 12
/** An answer by itself: it begins a sentence at times ("no", "quiero", "vivir"), and ends none. */
const ANSWER = /^(?:yes|yeah|yep|no|nope|s[ií]|ok|okay|skip|omitir)[.!]?$/i

/** What was sent in pieces as one text, with and without its last piece; null where nothing was. */
export function piecedTogether(
  text: string,
  saidBefore: readonly SaidBefore[],
): { whole: string; before: string; isWordByWord: boolean } | null {
  if (!isPiece(text) || ANSWER.test(text.trim())) return null
  const pieces: string[] = []
  for (const turn of saidBefore.toReversed()) {
    if (turn.role === 'bot') continue
    if (!isPiece(turn.text) || pieces.length === MOST_PIECES) break
    pieces.unshift(turn.text)
  }
  const before = pieces.join(' ')
  if (pieces.length === 0) return null
  return {
    whole: `${before} ${text}`,
    before,
    isWordByWord: [...pieces, text].every((piece) => !/\s/.test(piece.trim())),
  }
}

/** A few words, and at least one. */
const FEW_WORDS = /^\s*\S+(?:\s+\S+){0,2}\s*$/

function isPiece(text: string): boolean {
  return text.length <= MOST_LETTERS && FEW_WORDS.test(text)
}
