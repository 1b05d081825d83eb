/**
 * Evidence: what speaks for each fact of a program as the one that states what a message asks, and for none of them.
 *
 * What patterns, the learned intents and shared words each say of a fact stands in columns of one table, so that
 * weighing is adding up numbers. Each column has a name, under which its fitted weight stands.
 */
import type { Fact } from '../fact.ts'
import type { Program } from '../program.ts'
import type { Clause } from '../reading/reading.ts'
import type { Chances, IntentTable } from '../topics/intent.ts'
import { aloneIn, type Heard, intentsOf } from '../topics/intents-heard.ts'
import { patternsIn, thingsIn } from '../topics/patterns.ts'
import { bestFor, type FactTopics, topicsOf } from './fact-topics.ts'
import { type Overlaps, overlaps } from './overlap.ts'

/** What speaks for a fact, by its name; the number is its column in a table of evidence. */
const column = {
  intentWhole: 0,
  intentAsked: 1,
  intentAnywhere: 2,
  pattern: 3,
  patternHighest: 4,
  sharedAsked: 5,
  sharedWhole: 6,
  sharedMuch: 7,
  likeExample: 8,
  thing: 9,
  firstThing: 10,
} as const
const columnNames = Object.keys(column) as (keyof typeof column)[]
export const COLUMNS = columnNames.length

/** What speaks for a fact, and then what speaks for "no fact". */
export const evidenceNames = [
  ...columnNames,
  ...(['none', 'noneIntent', 'noneLargest', 'nonePattern', 'noneThing'] as const),
]
export type Evidence = Readonly<Partial<Record<(typeof evidenceNames)[number], number>>>

export interface EvidenceTable {
  readonly intents: Chances
  readonly facts: readonly Fact[]
  /** What speaks for each fact: one fact's evidence after the other's, in the order of its names. */
  readonly values: Float64Array
  readonly none: Evidence
}

/** What speaks for one fact, by name. */
export function evidenceOf({ facts, values }: EvidenceTable, row: number): Evidence {
  if (facts.length === 0) return {}
  const at = (name: keyof typeof column): number => values[row * COLUMNS + column[name]]!
  return {
    intentWhole: at('intentWhole'),
    intentAsked: at('intentAsked'),
    intentAnywhere: at('intentAnywhere'),
    pattern: at('pattern'),
    patternHighest: at('patternHighest'),
    sharedAsked: at('sharedAsked'),
    sharedWhole: at('sharedWhole'),
    sharedMuch: at('sharedMuch'),
    likeExample: at('likeExample'),
    thing: at('thing'),
    firstThing: at('firstThing'),
  }
}

/** @param table - another table of intents than the fitted one, for measuring on what it has not seen. */
export function evidenceFor(heard: Heard, program: Program, table?: IntentTable): EvidenceTable {
  const { words, facts } = program
  const { clauses, asked } = heard
  const intents = intentsOf(heard, words, table)
  const alone = clauses.length > 1 ? clauses : []
  const segments = clauses.flatMap((clause) => clause.segments)
  const askedAlone = alone.filter((clause) => asked.includes(clause) && clause.words.length > 1)
  const anywhere = [...alone, ...segments].filter((clause) => clause.words.length > 2)
  const read = (clause: Clause): Chances => aloneIn(clause, words, table)
  const named = { patterns: patternsIn({ clauses, asked }, words), things: thingsIn(clauses, words) }
  const values = new Float64Array(facts.length * COLUMNS)
  const topics = topicsOf(program, intents.table)
  addChances(values, column.intentWhole, { all: [intents], topics })
  addChances(values, column.intentAsked, { all: askedAlone.map(read), topics })
  addChances(values, column.intentAnywhere, { all: anywhere.map(read), topics })
  addNamed(values, named, facts)
  addShared(values, overlaps({ whole: clauses, asked }, program))
  return { intents, facts, values, none: noneOf({ intents, ...named }, program) }
}

interface Stretches {
  readonly all: readonly Chances[]
  readonly topics: FactTopics
}

/** How likely each fact's topics are in the likeliest of some stretches; where there are none, in the whole. */
function addChances(values: Float64Array, at: number, { all, topics }: Stretches): void {
  const count = topics.starts.length - 1
  for (let fact = 0; fact < count; fact += 1) {
    const row = fact * COLUMNS
    values[row + at] =
      all.length === 0 ? values[row + column.intentWhole]! : Math.log(atLeast(bestFor(fact, all, topics)))
  }
}

/** The patterns that lead to the fact and whether they are the highest, the things that are named. */
function addNamed(values: Float64Array, { patterns, things }: Named, facts: readonly Fact[]): void {
  if (patterns.size === 0 && things.size === 0) return
  const highest = Math.max(0, ...patterns.values())
  facts.forEach(({ asks }, fact) => {
    let pattern = 0
    let isNamed = false
    for (const topic of asks) {
      pattern = Math.max(pattern, patterns.get(topic) ?? 0)
      isNamed ||= things.has(topic)
    }
    const row = fact * COLUMNS
    values[row + column.pattern] = pattern / 5
    values[row + column.patternHighest] = pattern > 0 && pattern >= highest - 0.01 ? 1 : 0
    values[row + column.thing] = isNamed ? 1 : 0
    values[row + column.firstThing] = things.has(asks[0]!) ? 1 : 0
  })
}

/** How much of the question the fact's words and examples repeat. */
function addShared(values: Float64Array, { asked, whole, much, example }: Overlaps): void {
  for (let fact = 0; fact < asked.length; fact += 1) {
    const row = fact * COLUMNS
    values[row + column.sharedAsked] = asked[fact]!
    values[row + column.sharedWhole] = whole[fact]!
    values[row + column.sharedMuch] = much[fact]!
    values[row + column.likeExample] = example[fact]!
  }
}

/** What the patterns that people wrote find: what each topic scores, and the things that are named. */
interface Named {
  readonly patterns: ReadonlyMap<string, number>
  readonly things: ReadonlySet<string>
}

function noneOf({ intents, patterns, things }: Named & { intents: Chances }, program: Program): Evidence {
  const { factsByTopic } = program
  const { values, table } = intents
  let silent = 0
  let largest = 0
  for (const at of topicsOf(program, table).silent) {
    silent += values[at]!
    largest = Math.max(largest, values[at]!)
  }
  let [highest, pattern] = [0, 0]
  for (const [topic, score] of patterns) {
    highest = Math.max(highest, score)
    if (!factsByTopic.has(topic)) pattern = Math.max(pattern, score)
  }
  return {
    none: 1,
    noneIntent: Math.log(atLeast(silent)),
    noneLargest: Math.log(atLeast(largest)),
    nonePattern: pattern / 5 + (pattern > 0 && pattern >= highest - 0.01 ? 0.5 : 0),
    noneThing: [...things].some((topic) => !factsByTopic.has(topic)) ? 1 : 0,
  }
}

const LEAST = 1e-4

function atLeast(chance: number): number {
  return Math.max(chance, LEAST)
}
