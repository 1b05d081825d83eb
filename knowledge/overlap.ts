/**
 * Overlap: how much of a question's words and concepts a fact's own words repeat.
 *
 * A word counts the more the fewer facts of the program have it. Sharing words is not stating, so this
 * is only one of the things that are weighed.
 */
import { conceptsOf, corrected, type Lexicon } from './lexicon.ts'
import type { Program } from './program.ts'
import type { Clause } from './reading.ts'
import { plain, rootOf } from './spelling.ts'

export interface Overlap {
  /** Share of what is asked that the fact or one of its example questions repeats, 0 to 1. */
  readonly asked: number
  /** Share of the whole message that the fact's words repeat, 0 to 1. */
  readonly whole: number
  /** The same, not as a share: how much it is, 0 to 1. */
  readonly much: number
  /** Likeness to the nearest of the fact's example questions, 0 to 1. */
  readonly example: number
}

/** Where a word stands: in which facts' own words, in which facts at all, in which of the example questions. */
interface Places {
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
}

const MUCH = 12

/**
 * @param whole - all clauses of a message, @param asked - those that ask.
 * @returns one for each fact of the program, in their order.
 */
export function overlaps(
  { whole, asked }: { whole: readonly Clause[]; asked: readonly Clause[] },
  program: Program,
): Overlap[] {
  const index = indexOf(program)
  const count = program.facts.length
  const [inAsked, inWhole, ofExamples] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  const meant = meaningOf(whole, program.words)
  const inExamples = new Float64Array(index.factOf.length)
  let askedWeight = 0
  for (const word of asked === whole ? meant : meaningOf(asked, program.words)) {
    const places = index.places.get(word)
    askedWeight += places?.weight ?? index.unknownWeight
    if (places) for (const fact of places.said) inAsked[fact]! += places.weight
  }
  let wholeWeight = 0
  for (const word of meant) {
    const places = index.places.get(word)
    wholeWeight += places?.weight ?? index.unknownWeight
    if (!places) continue
    for (const fact of places.words) inWhole[fact]! += places.weight
    for (const example of places.examples) inExamples[example]! += places.weight
  }
  const root = Math.sqrt(wholeWeight || 1)
  for (let at = 0; at < inExamples.length; at += 1) {
    const fact = index.factOf[at]!
    const likeness = inExamples[at]! / (index.exampleRoots[at]! * root)
    if (likeness > ofExamples[fact]!) ofExamples[fact] = likeness
  }
  return Array.from(program.facts, (_, fact) => ({
    asked: inAsked[fact]! / (askedWeight || 1),
    whole: inWhole[fact]! / (wholeWeight || 1),
    much: Math.min(inWhole[fact]!, MUCH) / MUCH,
    example: ofExamples[fact]!,
  }))
}

/** Roots of the words that mean something, and the things that they stand for. */
function meaningOf(clauses: readonly Clause[], lexicon: Lexicon): Set<string> {
  const found = meaningOfWords(
    clauses.flatMap((clause) => clause.words),
    lexicon,
  )
  for (const name of clauses.flatMap((clause) => [...clause.concepts]))
    if (kinds.has(lexicon.concepts.get(name)?.kind ?? '')) found.add(`#${name}`)
  return found
}

const kinds = new Set<string>(['thing', 'limit', 'focus'])

function meaningOfWords(words: readonly string[], lexicon: Lexicon): Set<string> {
  const found = new Set<string>()
  for (const word of words) {
    if (word.length < 3) continue
    const concepts = conceptsOf(lexicon, word)
    if (!concepts?.some(({ kind }) => kind === 'filler')) found.add(rootOf(concepts ? corrected(lexicon, word) : word))
    for (const { kind, name } of concepts ?? []) if (kinds.has(kind)) found.add(`#${name}`)
  }
  return found
}

/** A list that has grown keeps room for sixteen more; thousands of short ones would be mostly room. */
function trimmed({ weight, words, said, examples }: Places): Places {
  return { weight, words: words.slice(), said: said.slice(), examples: examples.slice() }
}

const indexes = new WeakMap<Program, Index>()

/** Worked out once for each program, on its first question. */
function indexOf(program: Program): Index {
  const known = indexes.get(program)
  if (known) return known
  const read = (text: string): Set<string> => meaningOfWords(plain(text).match(/[a-z0-9]+/g) ?? [], program.words)
  const places = new Map<string, Places>()
  const placesOf = (word: string): Places => {
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
  }
  indexes.set(program, index)
  return index
}
