/**
 * The lexicon: which concepts a word stands for.
 *
 * Concepts, not words, are what the frames speak of, so one frame hears two languages and every
 * spelling; how a mangled word finds its way here is in `mend.ts`.
 */
import { conceptRows, ordinaryWords, rewriteRows } from './gate-tables.generated.ts'
import { basesOf, stem } from './inflection.ts'
import { correctedConcepts, expand } from './shorthand.ts'

export interface Phrase {
  readonly next: Map<string, Phrase>
  concepts: number[] | null
}

const ids = new Map<string, number>()
const names: string[] = []
const classes: boolean[] = []
const words = new Map<string, number[]>()
const phrases: Phrase = { next: new Map(), concepts: null }
const rewrites = new Map<string, readonly string[]>()
/** Words written with "=" in the lexicon mean only what their own entries say: "died" is not "die". */
const fixed = new Set<string>()
const ordinary = new Set<string>(ordinaryWords.split(' '))
/** Words of phrases that are worth mending a slip for. */
const mendable = new Set<string>()
const filler = conceptId('FILLER')

/** The number of a concept; a name not seen before gets the next one. */
export function conceptId(name: string): number {
  const known = ids.get(name)
  if (known !== undefined) return known
  ids.set(name, names.length)
  names.push(name)
  classes.push(name === name.toUpperCase())
  return names.length - 1
}

export function conceptName(id: number): string {
  return names[id]!
}

/** Classes of words have names in capitals; single words that a frame names do not. */
export function isClass(id: number): boolean {
  return classes[id]!
}

/** Gives a literal word or phrase of a frame a concept of its own, so that frames can name it. */
export function literalConcept(word: string): number {
  const id = conceptId(word)
  if (word.includes(' ')) addPhrase(word.split(' '), id)
  else addWord(word, id)
  return id
}

/** The concepts of a word and of the words it may be a form of. */
export function conceptsOf(word: string): readonly number[] {
  const own = words.get(word) ?? []
  if (fixed.has(word)) return own
  return [...new Set([...own, ...basesOf(word).flatMap((base) => words.get(base) ?? [])])]
}

/** A word with what the gate asks of it over and over. */
export interface Word {
  readonly text: string
  readonly concepts: readonly number[]
  /** The phrases that begin with it, whatever its ending. */
  readonly phrases: Phrase | undefined
  /** Under which phrases file it. */
  readonly stem: string
  /** "Really", "the": left out of phrases and of texts alike. */
  readonly isFiller: boolean
}

/** Words of the lexicon, each worked out once. A name or a number that somebody typed is never kept here. */
const worked = new Map<string, Word>()

export function wordOf(text: string): Word {
  const known = worked.get(text)
  if (known !== undefined) return known
  const key = stem(text)
  const isFiller = words.get(text)?.includes(filler) ?? false
  const word = { text, concepts: conceptsOf(text), phrases: phrases.next.get(key), stem: key, isFiller }
  if (word.concepts.length > 0 || ordinary.has(text)) worked.set(text, word)
  return word
}

function expandPhrase(phrase: string): string[][] {
  return phrase
    .split(' ')
    .reduce<string[][]>((heads, part) => heads.flatMap((head) => expand(part).map((word) => [...head, word])), [[]])
}

function addWord(word: string, concept: number, also?: Set<string>): void {
  worked.clear()
  also?.add(word)
  const known = words.get(word)
  if (known === undefined) words.set(word, [concept])
  else if (!known.includes(concept)) known.push(concept)
}

function addPhrase(parts: readonly string[], concept: number): void {
  let node = phrases
  if (correctedConcepts.includes(names[concept]!)) for (const part of parts) mendable.add(part)
  for (const part of parts.flatMap((part) => rewrites.get(part) ?? [part])) {
    const key = stem(part)
    let next = node.next.get(key)
    if (next === undefined) {
      next = { next: new Map(), concepts: null }
      node.next.set(key, next)
      if (!words.has(part)) words.set(part, [])
    }
    node = next
  }
  if (!node.concepts?.includes(concept)) node.concepts = [...(node.concepts ?? []), concept]
}

function load(): void {
  for (const row of rewriteRows.split('\n')) {
    const [from = '', to = ''] = row.split('=')
    for (const word of expand(from)) rewrites.set(word, to.split(' '))
  }
  const rows = conceptRows
    .split('\n')
    .map((row) => [row.slice(0, row.indexOf('=')), row.slice(row.indexOf('=') + 1)] as const)
  for (const isPhrase of [false, true]) {
    for (const [name, list] of rows) {
      const concept = conceptId(name)
      for (const item of list.split(',')) {
        if (item.includes(' ') !== isPhrase) continue
        if (isPhrase) for (const parts of expandPhrase(item)) addPhrase(parts, concept)
        else if (item.startsWith('=')) addWord(item.slice(1), concept, fixed)
        else for (const word of expand(item)) addWord(word, concept)
      }
    }
  }
}

load()

export function isKnown(word: string): boolean {
  if (words.has(word) || rewrites.has(word) || ordinary.has(word)) return true
  return basesOf(word).some((base) => words.has(base))
}

/** Words as the lexicon lists them, and what abbreviations stand for; nobody else adds to them. */
export { rewrites as abbreviations, words as listed }

/** Whether slips of a listed word are mended: those of grave concepts, and of phrases for them. */
export function isMendable(word: string): boolean {
  const isGrave = (concept: number): boolean => correctedConcepts.includes(names[concept]!)
  return word.length >= 4 && (mendable.has(word) || words.get(word)!.some(isGrave))
}
