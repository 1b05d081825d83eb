/**
 * Overlap: how much of a question's words and concepts a fact's own words repeat.
 *
 * A word counts the more the fewer facts of the program have it. Sharing words is not stating, so this
 * is only one of the things that are weighed.
 */
import type { Fact } from './fact.ts'
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

interface Indexed {
  readonly words: ReadonlySet<string>
  readonly examples: readonly { readonly words: WeighedWords; readonly weight: number }[]
  readonly said: ReadonlySet<string>
}

interface Index {
  readonly facts: ReadonlyMap<Fact, Indexed>
  readonly weightOf: (word: string) => number
}

const MUCH = 12

/** @param whole - all clauses of a message, @param asked - those that ask. */
export function overlaps(
  { whole, asked }: { whole: readonly Clause[]; asked: readonly Clause[] },
  program: Program,
): Map<Fact, Overlap> {
  const { facts, weightOf } = indexOf(program)
  const inAsked = weighed([...meaningOf(asked, program.words)], weightOf)
  const meant = meaningOf(whole, program.words)
  const inWhole = weighed([...meant], weightOf)
  const askedWeight = shareIn(inAsked, null) || 1
  const wholeWeight = shareIn(inWhole, null) || 1
  const found = new Map<Fact, Overlap>()
  for (const [fact, { words, examples, said }] of facts) {
    const inFact = shareIn(inWhole, words)
    let example = 0
    for (const { words: theirs, weight } of examples) {
      if (weight > 0) example = Math.max(example, shareIn(theirs, meant) / Math.sqrt(weight * wholeWeight))
    }
    found.set(fact, {
      asked: shareIn(inAsked, said) / askedWeight,
      whole: inFact / wholeWeight,
      much: Math.min(inFact, MUCH) / MUCH,
      example,
    })
  }
  return found
}

/** Words with what each weighs, worked out once for all the facts that they are held against. */
interface WeighedWords {
  readonly words: readonly string[]
  readonly weights: readonly number[]
}

function weighed(words: readonly string[], weightOf: (word: string) => number): WeighedWords {
  return { words, weights: words.map(weightOf) }
}

/** What those weigh that are among the others; all of them when there are no others. */
function shareIn({ words, weights }: WeighedWords, others: ReadonlySet<string> | null): number {
  let sum = 0
  for (let at = 0; at < words.length; at += 1) if (others === null || others.has(words[at]!)) sum += weights[at]!
  return sum
}

function weightIn(words: readonly string[], weightOf: (word: string) => number): number {
  return words.reduce((sum, word) => sum + weightOf(word), 0)
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

const indexes = new WeakMap<Program, Index>()

/** Worked out once for each program, on its first question. */
function indexOf(program: Program): Index {
  const known = indexes.get(program)
  if (known) return known
  const read = (text: string): Set<string> => meaningOfWords(plain(text).match(/[a-z0-9]+/g) ?? [], program.words)
  const drafts = program.facts.map((fact) => ({
    fact,
    words: read([...fact.quotes.map(({ text }) => text), fact.say.en, fact.say.es].join(' ')),
    examples: [...fact.examples.en, ...fact.examples.es].map((text) => [...read(text)]),
  }))
  const count = new Map<string, number>()
  for (const { words, examples } of drafts)
    for (const word of new Set([...words, ...examples.flat()])) count.set(word, (count.get(word) ?? 0) + 1)
  const weightOf = (word: string): number => Math.log(1 + drafts.length / (count.get(word) ?? 0.5))
  const facts = new Map(
    drafts.map(({ fact, words, examples }): [Fact, Indexed] => [
      fact,
      {
        words,
        said: new Set([...words, ...examples.flat()]),
        examples: examples.map((one) => ({ words: weighed(one, weightOf), weight: weightIn(one, weightOf) })),
      },
    ]),
  )
  const index = { facts, weightOf }
  indexes.set(program, index)
  return index
}
