/**
 * A question put as in a statement's own examples: the team has said what it is to be answered with.
 *
 * Only for what staff stated for just such questions; word order, endings, filler words and slips do not
 * matter, but every word that carries meaning, every number and every "not" does.
 */
import type { Fact } from '../fact.ts'
import type { Program } from '../program.ts'
import { type Clause, type Reading, readMessage } from '../reading/reading.ts'
import type { Word } from '../reading/word.ts'
import type { Part } from '../retrieve.ts'
import { STAFF_SOURCE } from './staff-source.ts'

/** @returns the statement as an answer's only part, or null when none has an example like it. */
export function statedForThis({ clauses }: Reading, program: Program): Part | null {
  const examples = examplesOf(program)
  if (examples.size === 0) return null
  const fact = examples.get(meaningOf(clauses))
  return fact ? { topic: fact.asks[0]!, kind: 'facts', facts: [fact], gap: null, certainty: 'sure' } : null
}

const known = new WeakMap<Program, ReadonlyMap<string, Fact>>()

/** By what they mean; worked out once for each program, and again when the team has stated something new. */
function examplesOf(program: Program): ReadonlyMap<string, Fact> {
  const before = known.get(program)
  if (before) return before
  const stated = program.facts.filter(({ file }) => file.startsWith(STAFF_SOURCE))
  const examples = new Map(
    stated.flatMap((fact) =>
      [...fact.examples.en, ...fact.examples.es].map((text) => {
        const { clauses } = readMessage(text, program.words)
        return [meaningOf(clauses), fact] as const
      }),
    ),
  )
  examples.delete('')
  known.set(program, examples)
  return examples
}

const NOT = /^(?:no|not|never|without|nunca|sin|nt|dont|cant|isnt|arent|doesnt|wont)$/
const SHORTEST = 3

function meaningOf(clauses: readonly Clause[]): string {
  const words = clauses.flatMap((clause) => [...clause.known.flatMap(rootIn), ...clause.numbers.map(String)])
  if (words.length === 0) return ''
  const leads = clauses.flatMap(({ lead }) => lead.map((one) => `?${one}`))
  return [...new Set([...words, ...leads])].sort().join(' ')
}

function rootIn({ text, concepts, root }: Word): string[] {
  if (NOT.test(text)) return ['!']
  if (text.length < SHORTEST || concepts?.some(({ kind }) => kind === 'filler')) return []
  return [root]
}
