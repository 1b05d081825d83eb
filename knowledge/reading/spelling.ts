/**
 * Spelling: how a written word becomes one that the word lists know.
 *
 * Both languages share one light stemmer, because it only has to bring the forms of a word together,
 * not to be right about grammar: lists and messages go through the same function.
 */

/** Lower case, no accents, no look-alikes; apostrophes vanish ("don't" → "dont"). */
export function plain(text: string): string {
  if (isAscii(text)) return text.toLowerCase().replace(/['`]/g, '')
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u200b-\u200f\u2060\ufeff]/g, '')
    .toLowerCase()
    .replace(/[’‘'`´]/g, '')
}

/** Most of what is typed: nothing in it needs folding. */
function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return false
  return true
}

/** The common root of a word's forms: "groups", "group"; "sesiones", "sesión"; "paying", "pay". */
export function rootOf(word: string): string {
  if (word.length <= 3 || /\d/.test(word)) return word
  let root = word
  if (root.endsWith('ies') && root.length > 4) root = `${root.slice(0, -3)}y`
  else if (/(s|x|z|ch|sh)es$/.test(root)) root = root.slice(0, -2)
  else if (root.endsWith('s') && !/(ss|us|is)$/.test(root)) root = root.slice(0, -1)
  if (root.length > 5 && root.endsWith('ing')) root = undouble(root.slice(0, -3))
  else if (root.length > 4 && root.endsWith('ed')) root = undouble(root.slice(0, -2))
  if (root.length > 3 && root.endsWith('e')) root = root.slice(0, -1)
  if (root.length > 4 && /[oa]$/.test(root)) root = root.slice(0, -1)
  return root
}

function undouble(root: string): string {
  return /([bdfgklmnprt])\1$/.test(root) && !/(ll|ss)$/.test(root) ? root.slice(0, -1) : root
}

/** Three letters drawn out are one or two: "heyyyy" → "hey", "sooo" → "so". */
export function unstretch(word: string): string {
  return hasThreeAlike(word) ? word.replace(/([a-z])\1{2,}/g, '$1') : word
}

function hasThreeAlike(word: string): boolean {
  for (let at = 2; at < word.length; at += 1) if (word[at] === word[at - 1] && word[at] === word[at - 2]) return true
  return false
}

/** All words that lack one letter of this one, and the word itself: two words one slip apart share one. */
export function withoutOne(word: string): string[] {
  const found = [word]
  for (let at = 0; at < word.length; at += 1) found.push(word.slice(0, at) + word.slice(at + 1))
  return found
}

/** True when one slip (a letter lost, added, changed, or two swapped) makes one word of the other. */
export function oneSlipApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  let endA = a.length
  let endB = b.length
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1
    endB -= 1
  }
  const restA = a.slice(start, endA)
  const restB = b.slice(start, endB)
  if (restA.length <= 1 && restB.length <= 1) return true
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0]
}
