/**
 * Marks: what is noticed of a stretch of a message, each as a number.
 *
 * Whole words and concepts know what somebody foresaw; runs of three and four letters, across the gaps
 * between words too, know a word's relatives, its slips of the pen and how people join small words ("run
 * me", "too bad for"). Of unseen authors' questions they led seven in a hundred more to their fact.
 */
import type { Lexicon } from '../reading/lexicon.ts'
import type { Clause } from '../reading/reading.ts'

/**
 * What is asked counts in full; what is told around it counts under marks of its own, and by its letters.
 * @returns each mark once, good until the marks of the next message are collected.
 */
export function marksOf(asked: readonly Clause[], told: readonly Clause[], lexicon: Lexicon): Int32Array {
  const found = newMarks(mostMarks(asked) + mostMarks(told))
  for (const clause of asked) addAsked(found, clause, lexicon)
  for (const clause of told) {
    for (const { text, root } of clause.known) if (text.length > 2) found.add(finished(mixed(TOLD, root)))
    for (const name of telling(clause, lexicon)) found.add(finished(mixed(TOLD_CONCEPT, name)))
    addRuns(found, clause.words)
  }
  return found.whole()
}

function addAsked(found: Marks, clause: Clause, lexicon: Lexicon): void {
  const roots = clause.known.map(({ text, root }) => (isDigit(text.charCodeAt(0)) ? '0' : root))
  for (const root of roots) found.add(markOf(root))
  found.add(finished(mixed(stepped(mixed(FIRST, roots[0]!), SPACE), roots[1] ?? '')))
  const names = telling(clause, lexicon)
  for (let at = 0; at < names.length; at += 1) {
    found.add(finished(mixed(CONCEPT, names[at]!)))
    for (let other = 0; other < at; other += 1)
      found.add(finished(mixed(stepped(mixed(CONCEPT, names[other]!), SPACE), names[at]!)))
  }
  addRuns(found, clause.words)
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** Runs of three and of four letters, the gaps around words counted as letters. */
function addRuns(found: Marks, words: readonly string[]): void {
  const text = ` ${words.join(' ')} `
  for (let at = 0; at + 2 < text.length; at += 1) {
    const two = stepped(stepped(RUN, text.charCodeAt(at)), text.charCodeAt(at + 1))
    const three = stepped(two, text.charCodeAt(at + 2))
    found.add(finished(three))
    if (at + 3 < text.length) found.add(finished(stepped(three, text.charCodeAt(at + 3))))
  }
}

/** Concepts that mean something, in an order that does not depend on the sentence. */
function telling(clause: Clause, { concepts }: Lexicon): string[] {
  const names: string[] = []
  for (const name of clause.concepts) if (concepts.get(name)?.kind !== 'filler') names.push(name)
  return names.sort()
}

/** Thirty bits of a word: among some twenty thousand marks hardly two are ever the same. */
export function markOf(text: string): number {
  return finished(mixed(BASIS, text))
}

const SPACE = 32
const BASIS = 2_166_136_261 | 0
/** How marks begin that are no plain words, so that each sort has marks of its own. */
const FIRST = mixed(BASIS, '^')
const CONCEPT = mixed(BASIS, '#')
const TOLD = mixed(BASIS, '~')
const TOLD_CONCEPT = mixed(BASIS, '~#')
const RUN = mixed(BASIS, '%%')

/** Goes on with a mark by these letters: what is hashed letter by letter need not be written out. */
function mixed(hash: number, text: string): number {
  let next = hash
  for (let at = 0; at < text.length; at += 1) next = stepped(next, text.charCodeAt(at))
  return next
}

/** One step of FNV-1a. */
function stepped(hash: number, code: number): number {
  return Math.imul(hash ^ code, 16_777_619)
}

function finished(hash: number): number {
  return hash >>> 2
}

/** The marks of a message, each once, in the order in which they came. */
interface Marks {
  add(mark: number): void
  whole(): Int32Array
}

/** The newest collection, and where each of its marks stands, plus one; as large as its message needs. */
let collected = new Int32Array(1 << 11)
let places = new Int32Array(1 << 12)

function newMarks(most: number): Marks {
  let size = 1 << 9
  while (size < 2 * most) size *= 2
  if (places.length < size) places = new Int32Array(size)
  else places.fill(0, 0, size)
  if (collected.length < most) collected = new Int32Array(size)
  let count = 0
  return {
    add: (mark) => {
      if (isNew(mark, size - 1)) collected[count++] = mark
    },
    whole: () => collected.subarray(0, count),
  }
}

function isNew(mark: number, mask: number): boolean {
  let place = (mark ^ (mark >>> 15)) & mask
  for (let there = places[place]!; there !== 0; there = places[place]!) {
    if (there === mark + 1) return false
    place = (place + 1) & mask
  }
  places[place] = mark + 1
  return true
}

/** No fewer marks than these clauses have. */
function mostMarks(clauses: readonly Clause[]): number {
  let most = 0
  for (const { words, concepts } of clauses) {
    most += words.length + 1 + (concepts.size * (concepts.size + 1)) / 2
    for (const word of words) most += 2 * (word.length + 1)
    most += 2
  }
  return most
}
