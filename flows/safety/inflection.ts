/**
 * Finds the base of an inflected word, English or Spanish, without a dictionary.
 *
 * The lexicon then needs one form of most words, hears the others as well, and stays small enough for
 * the browser. A wrong base does no harm: it is only used when the lexicon holds it.
 */

/** The forms that a word may be an inflection of, likeliest first; the word itself is not among them. */
export function basesOf(word: string): string[] {
  const bases: string[] = []
  const add = (cut: number, ...ends: readonly string[]): void => {
    const root = word.slice(0, -cut)
    if (root.length > 2) for (const end of ends) bases.push(root + end)
  }
  if (word.endsWith('ing')) add(3, '', 'e')
  else if (word.endsWith('ied') || word.endsWith('ies')) add(3, 'y')
  else if (word.endsWith('ed')) add(2, '', 'e')
  else if (word.endsWith('es')) add(2, '', 'e')
  else if (word.endsWith('as') || word.endsWith('os')) add(2, 'o', 'a')
  else if (word.endsWith('s') && !word.endsWith('ss')) add(1, '')
  else if (word.endsWith('a')) add(1, 'o')
  const doubled = /(?:ing|ed)$/.test(word) ? /^(.+?)([b-df-hj-np-tv-z])\2(?:ing|ed)$/.exec(word) : null
  if (doubled !== null) bases.push(doubled[1]! + doubled[2]!)
  return bases
}

/** A rough stem under which the words of a phrase are filed, the same for "taking" and "take". */
export function stem(word: string): string {
  if (word.length < 4) return word
  const bare = word.replace(/(?:ing|ed|es|as|os|[seao])$/, '')
  return bare.length < 3 ? word : bare.replace(/([b-df-hj-np-tv-z])\1$/, '$1')
}
