/**
 * Resemblance: the fact whose own words a clause repeats, when no pattern knows the question.
 *
 * Patterns cannot foresee every turn of phrase, and people often use the page's words. The bar is
 * high, because sharing words is not stating: nearly all of what the clause says must be in the fact,
 * by its root or by its concept in either language.
 */
import type { Fact } from './fact.ts'
import { conceptsOf, type Lexicon } from './lexicon.ts'
import type { Program } from './program.ts'
import type { Clause } from './reading.ts'
import { plain, rootOf } from './spelling.ts'

interface Indexed {
  readonly fact: Fact
  readonly features: ReadonlySet<string>
}

interface Index {
  readonly facts: readonly Indexed[]
  /** How telling a feature is: the fewer facts have it, the more. */
  readonly telling: ReadonlyMap<string, number>
}

// Measured: below this share of a clause, resemblance is wrong more often than right.
const LEAST_SHARED = 0.6

/** @returns the fact that says nearly everything the clause says, or null. */
export function resembling(clause: Clause, program: Program): Fact | null {
  const { facts, telling } = indexOf(program)
  const words = clause.words.flatMap((word) => {
    const features = featuresOf(word, program.words)
    return features.length === 0 ? [] : [features]
  })
  if (words.length < 2) return null
  const most = Math.log(1 + facts.length)
  let best: { fact: Fact; share: number } | null = null
  for (const { fact, features } of facts) {
    let total = 0
    let shared = 0
    let matched = 0
    for (const alternatives of words) {
      const weight = Math.max(...alternatives.map((feature) => telling.get(feature) ?? 0)) || most
      total += weight
      const met = alternatives.filter((feature) => features.has(feature))
      if (met.length === 0) continue
      matched += 1
      shared += Math.max(...met.map((feature) => telling.get(feature) ?? 0))
    }
    if (matched >= 2 && shared / total > (best?.share ?? LEAST_SHARED)) best = { fact, share: shared / total }
  }
  return best?.fact ?? null
}

const indexes = new WeakMap<Program, Index>()

/** Worked out once for each program, on the first question that needs it. */
function indexOf(program: Program): Index {
  const known = indexes.get(program)
  if (known) return known
  const facts = program.facts.map((fact) => ({ fact, features: factFeatures(fact, program.words) }))
  const count = new Map<string, number>()
  for (const { features } of facts) for (const feature of features) count.set(feature, (count.get(feature) ?? 0) + 1)
  const telling = new Map([...count].map(([feature, times]) => [feature, Math.log(1 + facts.length / times)]))
  const index = { facts, telling }
  indexes.set(program, index)
  return index
}

function factFeatures(fact: Fact, words: Lexicon): Set<string> {
  const texts = [
    ...fact.quotes.map(({ text }) => text),
    fact.say.en,
    fact.say.es,
    ...fact.examples.en,
    ...fact.examples.es,
  ]
  return new Set((plain(texts.join(' ')).match(/[a-z0-9]+/g) ?? []).flatMap((word) => featuresOf(word, words)))
}

/** A word's root and its concepts; nothing for a word that carries no meaning of its own. */
function featuresOf(word: string, words: Lexicon): string[] {
  const concepts = conceptsOf(words, word) ?? []
  if (word.length < 3 || concepts.some(({ kind }) => kind === 'filler')) return []
  const names = concepts
    .filter(({ kind }) => kind === 'thing' || kind === 'limit' || kind === 'focus')
    .map(({ name }) => `#${name}`)
  return [rootOf(word), ...names]
}
