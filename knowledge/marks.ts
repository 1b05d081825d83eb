/**
 * Marks: what is noticed of a stretch of a message, each as a number.
 *
 * Whole words and concepts know what somebody foresaw; runs of three and four letters, across the gaps
 * between words too, know a word's relatives, its slips of the pen and how people join small words ("run
 * me", "too bad for"). Of unseen authors' questions they led seven in a hundred more to their fact.
 */
import { conceptsOf, corrected, type Lexicon } from './lexicon.ts'
import type { Clause } from './reading.ts'
import { rootOf } from './spelling.ts'

/** What is asked counts in full; what is told around it counts under marks of its own, and by its letters. */
export function marksOf(asked: readonly Clause[], told: readonly Clause[], lexicon: Lexicon): number[] {
  const found = new Set<number>()
  for (const clause of asked) addAsked(found, clause, lexicon)
  for (const clause of told) {
    for (const word of clause.words) if (word.length > 2) found.add(markOf(`~${rootIn(word, lexicon)}`))
    for (const name of telling(clause, lexicon)) found.add(markOf(`~#${name}`))
    addRuns(found, clause.words)
  }
  return [...found]
}

function addAsked(found: Set<number>, clause: Clause, lexicon: Lexicon): void {
  const roots = clause.words.map((word) => (/^\d/.test(word) ? '0' : rootIn(word, lexicon)))
  for (const root of roots) found.add(markOf(root))
  found.add(markOf(`^${roots[0]} ${roots[1] ?? ''}`))
  const names = telling(clause, lexicon)
  names.forEach((name, at) => {
    found.add(markOf(`#${name}`))
    for (let other = 0; other < at; other += 1) found.add(markOf(`#${names[other]} ${name}`))
  })
  addRuns(found, clause.words)
}

/** A run's beginning, so that no run is taken for a word of the same letters. */
const RUN = hashed(hashed(2_166_136_261 | 0, 37), 37)

/** Runs of three and of four letters, the gaps around words counted as letters. */
function addRuns(found: Set<number>, words: readonly string[]): void {
  const text = ` ${words.join(' ')} `
  for (let at = 0; at + 2 < text.length; at += 1) {
    const two = hashed(hashed(RUN, text.charCodeAt(at)), text.charCodeAt(at + 1))
    const three = hashed(two, text.charCodeAt(at + 2))
    found.add(three >>> 2)
    if (at + 3 < text.length) found.add(hashed(three, text.charCodeAt(at + 3)) >>> 2)
  }
}

/** Thirty bits of a word: among some twenty thousand marks hardly two are ever the same. */
export function markOf(text: string): number {
  let hash = 2_166_136_261 | 0
  for (let at = 0; at < text.length; at += 1) hash = hashed(hash, text.charCodeAt(at))
  return hash >>> 2
}

/** One step of FNV-1a. */
function hashed(hash: number, code: number): number {
  return Math.imul(hash ^ code, 16_777_619)
}

/** Concepts that mean something, in an order that does not depend on the sentence. */
function telling(clause: Clause, lexicon: Lexicon): string[] {
  return [...clause.concepts].filter((name) => lexicon.concepts.get(name)?.kind !== 'filler').sort()
}

function rootIn(word: string, lexicon: Lexicon): string {
  return rootOf(conceptsOf(lexicon, word) ? corrected(lexicon, word) : word)
}
