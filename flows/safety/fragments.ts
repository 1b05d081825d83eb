/**
 * A sentence sent word by word: "i", "want", "to", "die", each a message of its own.
 *
 * Each piece alone says nothing, and the bot's replies stand between them. So the visitor's last short
 * messages are also read as one text, as far back as they are all that short.
 */
import type { SaidBefore } from './verdict.ts'

const MOST_WORDS = 3
const MOST_LETTERS = 40
const MOST_PIECES = 12

/** The pieces up to and with this one as one text; null where nothing was sent in pieces. */
export function piecedTogether(text: string, saidBefore: readonly SaidBefore[]): string | null {
  if (!isPiece(text)) return null
  const pieces = [text]
  for (const turn of saidBefore.toReversed()) {
    if (turn.role === 'bot') continue
    if (!isPiece(turn.text) || pieces.length === MOST_PIECES) break
    pieces.unshift(turn.text)
  }
  return pieces.length === 1 ? null : pieces.join(' ')
}

function isPiece(text: string): boolean {
  return text.length <= MOST_LETTERS && text.trim() !== '' && text.trim().split(/\s+/).length <= MOST_WORDS
}
