/**
 * Overlap: how much of a question's words and concepts a fact's own words repeat.
 *
 * A word counts the more the fewer facts of the program have it. Sharing words is not stating, so this
 * is only one of the things that are weighed.
 */

import type { Program } from '../program.ts'
import type { Lexicon } from '../reading/lexicon.ts'
import type { Clause } from '../reading/reading.ts'
import { plain } from '../reading/spelling.ts'
import { type Word, wordOf } from '../reading/word.ts'

/** Of each fact of the program, in their order. They are good until the next message is compared. */
export interface Overlaps {
  /** Share of what is asked that the fact or one of its example questions repeats, 0 to 1. */
  readonly asked: Float64Array
  /** Share of the whole message that the fact's words repeat, 0 to 1. */
  readonly whole: Float64Array
  /** The same, not as a share: how much it is, 0 to 1. */
  readonly much: Float64Array
  /** Likeness to the nearest of the fact's example questions, 0 to 1. */
  readonly example: Float64Array
}

/** Where a word stands: in which facts' own words, in which facts at all, in which of the example questions. */
interface Places {
  readonly weight: number
  readonly words: readonly number[]
  readonly said: readonly number[]
  readonly examples: readonly number[]
}

/** The same while it is put together. */
interface Growing {
  weight: number
  readonly words: number[]
  readonly said: number[]
  readonly examples: number[]
}

/** The facts by their words: a question looks only at what it shares something with. */
interface Index {
  readonly places: ReadonlyMap<string, Places>
  /** What a word weighs that no fact has. */
  readonly unknownWeight: number
  /** For each example question the place of its fact, and the root of what its words weigh. */
  readonly factOf: Int32Array
  readonly exampleRoots: Float64Array
  /** For the message that is looked at: what each example question shares with it, and what comes of it all. */
  readonly inExamples: Float64Array
  readonly found: Overlaps
}

const MUCH = 12

/** @param whole - all clauses of a message, @param asked - those that ask. */
export function overlaps(
  { whole, asked }: { whole: readonly Clause[]; asked: readonly Clause[] },
  program: Program,
): Overlaps {
  const index = indexOf(program)
  const { found } = index
  const meant = meaningOf(whole, program.words)
  const askedWeight = shareAsked(asked === whole ? meant : meaningOf(asked, program.words), index)
  const wholeWeight = shareWhole(meant, index)
  likenExamples(Math.sqrt(wholeWeight || 1), index)
  for (let fact = 0; fact < found.asked.length; fact += 1) {
    found.asked[fact]! /= askedWeight || 1
    found.much[fact] = Math.min(found.whole[fact]!, MUCH) / MUCH
    found.whole[fact]! /= wholeWeight || 1
  }
  return found
}

/** @returns what all these words weigh. */
function shareAsked(meant: ReadonlySet<string>, { places, unknownWeight, found }: Index): number {
  let total = 0
  found.asked.fill(0)
  for (const word of meant) {
    const known = places.get(word)
    total += known === undefined ? unknownWeight : known.weight
    if (known !== undefined) for (const fact of known.said) found.asked[fact]! += known.weight
  }
  return total
}

/** @returns what all these words weigh. */
function shareWhole(meant: ReadonlySet<string>, { places, unknownWeight, inExamples, found }: Index): number {
  let total = 0
  found.whole.fill(0)
  inExamples.fill(0)
  for (const word of meant) {
    const known = places.get(word)
    total += known === undefined ? unknownWeight : known.weight
    if (known === undefined) continue
    const { weight } = known
    for (const fact of known.words) found.whole[fact]! += weight
    for (const example of known.examples) inExamples[example]! += weight
  }
  return total
}

/** @param root - the root of what the message's words weigh. */
function likenExamples(root: number, { factOf, exampleRoots, inExamples, found }: Index): void {
  found.example.fill(0)
  for (let at = 0; at < inExamples.length; at += 1) {
    if (inExamples[at] === 0) continue
    const fact = factOf[at]!
    const likeness = inExamples[at]! / (exampleRoots[at]! * root)
    if (likeness > found.example[fact]!) found.example[fact] = likeness
  }
}

/** Roots of the words that mean something, and the things that they stand for. */
function meaningOf(clauses: readonly Clause[], lexicon: Lexicon): Set<string> {
  const found = new Set<string>()
  for (const { known } of clauses) for (const word of known) addMeaning(word, found)
  for (const { concepts } of clauses)
    for (const name of concepts) {
      const concept = lexicon.concepts.get(name)
      if (concept !== undefined && kinds.has(concept.kind)) found.add(concept.key)
    }
  return found
}

const kinds = new Set<string>(['thing', 'limit', 'focus'])

function addMeaning({ text, concepts, root }: Word, found: Set<string>): void {
  if (text.length < 3) return
  if (concepts === null) {
    found.add(root)
    return
  }
  if (!concepts.some(({ kind }) => kind === 'filler')) found.add(root)
  for (const { kind, key } of concepts) if (kinds.has(kind)) found.add(key)
}

function meaningOfWords(words: readonly string[], lexicon: Lexicon): Set<string> {
  const found = new Set<string>()
  for (const word of words) addMeaning(wordOf(lexicon, word), found)
  return found
}

const NOWHERE: readonly number[] = []

/** The places of the facts that hold a word of this root in their sentences, quotes or example questions. */
export function placesOf(root: string, program: Program): readonly number[] {
  return indexOf(program).places.get(root)?.said ?? NOWHERE
}

/**
 * A list that has grown keeps room for sixteen more; thousands of short ones would be mostly room. The facts that
 * hold a word in their own words are among those that hold it at all: of as many, the list is the same.
 */
function trimmed(one: Growing): Places {
  const said = one.said.slice()
  const words = one.words.length === said.length ? said : one.words.slice()
  return { weight: one.weight, words, said, examples: one.examples.length === 0 ? NOWHERE : one.examples.slice() }
}

const indexes = new WeakMap<Program, Index>()

/** Worked out once for each program, on its first question. */
function indexOf(program: Program): Index {
  const known = indexes.get(program)
  if (known) return known
  const read = (text: string): Set<string> => meaningOfWords(plain(text).match(/[a-z0-9]+/g) ?? [], program.words)
  const places = new Map<string, Growing>()
  const placesOf = (word: string): Growing => {
    const found = places.get(word) ?? { weight: 0, words: [], said: [], examples: [] }
    places.set(word, found)
    return found
  }
  const examples: { readonly fact: number; readonly words: ReadonlySet<string> }[] = []
  program.facts.forEach((fact, at) => {
    const words = read([...fact.quotes.map(({ text }) => text), fact.say.en, fact.say.es].join(' '))
    const own = [...fact.examples.en, ...fact.examples.es].map(read)
    for (const word of words) placesOf(word).words.push(at)
    for (const word of new Set([...words, ...own.flatMap((one) => [...one])])) placesOf(word).said.push(at)
    for (const one of own) examples.push({ fact: at, words: one })
  })
  const { length } = program.facts
  for (const one of places.values()) one.weight = Math.log(1 + length / one.said.length)
  const exampleRoots = examples.map(({ words }, at) => {
    let weight = 0
    for (const word of words) {
      placesOf(word).examples.push(at)
      weight += placesOf(word).weight
    }
    // Nothing is like a question without words.
    return weight === 0 ? Number.POSITIVE_INFINITY : Math.sqrt(weight)
  })
  const index = {
    places: new Map([...places].map(([word, one]) => [word, trimmed(one)])),
    unknownWeight: Math.log(1 + length / 0.5),
    factOf: Int32Array.from(examples, ({ fact }) => fact),
    exampleRoots: Float64Array.from(exampleRoots),
    inExamples: new Float64Array(examples.length),
    found: noOverlaps(length),
  }
  indexes.set(program, index)
  return index
}

function noOverlaps(count: number): Overlaps {
  const column = (): Float64Array => new Float64Array(count)
  return { asked: column(), whole: column(), much: column(), example: column() }
}
