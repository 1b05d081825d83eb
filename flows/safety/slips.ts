/**
 * Slips of the finger: one letter lost, added, changed or swapped with its neighbour.
 *
 * The first letter is nearly always typed right, and short words are too alike to be mended by
 * anything but a swap; both rules keep ordinary words from turning into dangerous ones.
 */

/** A word without each of its letters in turn. */
export function lackingOne(word: string): string[] {
  return Array.from(word, (_, i) => word.slice(0, i) + word.slice(i + 1))
}

/** Whether one slip makes `word` out of what was typed. */
export function isOneSlip(typed: string, word: string): boolean {
  if (typed[0] !== word[0] && typed[0] !== word[1]) return false
  if (Math.max(typed.length, word.length) < 5) return isSwap(typed, word)
  let same = 0
  while (same < typed.length && typed[same] === word[same]) same++
  let tail = 0
  while (tail < Math.min(typed.length, word.length) - same && typed.at(-1 - tail) === word.at(-1 - tail)) tail++
  const [left, right] = [typed.length - same - tail, word.length - same - tail]
  return (left <= 1 && right <= 1) || isSwap(typed, word)
}

/** Whether two neighbouring letters are swapped. */
export function isSwap(typed: string, word: string): boolean {
  if (typed.length !== word.length) return false
  const at = [...typed].findIndex((letter, i) => letter !== word[i])
  return typed.slice(0, at) + typed[at + 1] + typed[at] + typed.slice(at + 2) === word
}

/** How a word sounds in Spanish, where h is silent and b, v, c, k, qu, s and z are mixed up in writing. */
export function soundOf(word: string): string {
  const letters = word
    .replace(/qu|q|k|c(?![eih])/g, 'k')
    .replace(/[cz]/g, 's')
    .replace(/h/g, '')
    .replace(/v/g, 'b')
  return letters
    .replace(/ll/g, 'y')
    .replace(/g(?=[ei])/g, 'j')
    .replace(/(.)\1/g, '$1')
}
