/**
 * Weighing: the chance that a fact states what a message asks, and the chance that none does.
 *
 * What patterns, the learned intent and shared words each say of a fact is put on one scale. The
 * weights are fitted on questions of people who had seen the pages and not the code; they stand by
 * name in a generated file, so that one can read how much each counts.
 */
import { evidence } from './evidence.generated.ts'
import type { Fact } from './fact.ts'
import { type Chances, chancesOf, type IntentTable } from './intent.ts'
import type { Lexicon } from './lexicon.ts'
import { marksOf } from './marks.ts'
import { notes } from './notes.ts'
import { overlaps } from './overlap.ts'
import { patternsIn, thingsIn } from './patterns.ts'
import type { Program } from './program.ts'
import type { Clause } from './reading.ts'

/** What speaks for a fact (first row) or for "no fact" (second row), each by its name. */
export const evidenceNames = [
  ...['intentWhole', 'intentAsked', 'intentAnywhere', 'pattern', 'patternHighest', 'sharedAsked', 'sharedWhole'],
  ...['sharedMuch', 'likeExample', 'thing', 'firstThing'],
  ...['none', 'noneIntent', 'noneLargest', 'nonePattern', 'noneThing'],
] as const
export type Evidence = Readonly<Partial<Record<(typeof evidenceNames)[number], number>>>

export interface Weighed {
  /** Most likely first. */
  readonly facts: readonly { readonly fact: Fact; readonly chance: number }[]
  /** The chance that no fact of the program states it. */
  readonly none: number
  /** What the message asks as a whole. */
  readonly intents: Chances
  /** What spoke for the likeliest fact, and for none of them. */
  readonly first: Evidence
  readonly silent: Evidence
}

export interface Heard {
  readonly clauses: readonly Clause[]
  readonly asked: readonly Clause[]
}

/** The facts are weighed when somebody asks for them: what turns out to be no question needs the intents alone. */
export function weigh(heard: Heard, program: Program): Weighed {
  let known: Weighed | null = null
  const whole = (): Weighed => {
    known ??= weighedBy(weights, evidenceFor(heard, program))
    return known
  }
  return {
    intents: intentsOf(heard, program.words),
    get facts() {
      return whole().facts
    },
    get none() {
      return whole().none
    },
    get first() {
      return whole().first
    },
    get silent() {
      return whole().silent
    },
  }
}

/** @param counts - a weight for each of the `evidenceNames`. */
export function weighedBy(counts: readonly number[], { intents, rows, none }: EvidenceTable): Weighed {
  const scores = rows.map(({ speaks }) => scoreOf(speaks, counts))
  const noneScore = scoreOf(none, counts)
  const most = Math.max(noneScore, ...scores)
  const raised = scores.map((score) => Math.exp(score - most))
  const total = raised.reduce((sum, one) => sum + one, Math.exp(noneScore - most))
  const facts = rows.map(({ fact }, at) => ({ fact, chance: raised[at]! / total }))
  const first = rows[scores.indexOf(Math.max(...scores))]?.speaks ?? {}
  facts.sort((a, b) => b.chance - a.chance)
  return { facts, none: Math.exp(noneScore - most) / total, intents, first, silent: none }
}

const weights = evidenceNames.map((name) => evidence[name] ?? 0)

function scoreOf(speaks: Evidence, counts: readonly number[]): number {
  let score = 0
  for (let at = 0; at < evidenceNames.length; at += 1) {
    const value = speaks[evidenceNames[at]!]
    if (value) score += value * counts[at]!
  }
  return score
}

export interface EvidenceTable {
  readonly intents: Chances
  readonly rows: readonly { readonly fact: Fact; readonly speaks: Evidence }[]
  readonly none: Evidence
}

/** @param table - another table of intents than the fitted one, for measuring on what it has not seen. */
export function evidenceFor(heard: Heard, program: Program, table?: IntentTable): EvidenceTable {
  const { words } = program
  const { clauses, asked } = heard
  const intents = intentsOf(heard, words, table)
  const alone = clauses.length > 1 ? clauses.map(aloneIn(words, table)) : []
  const segments = clauses.flatMap((clause) => clause.segments).map(aloneIn(words, table))
  const askedAlone = orWhole(
    alone.filter(({ clause }) => asked.includes(clause) && clause.words.length > 1),
    intents,
  )
  const anywhere = orWhole(
    [...alone, ...segments].filter(({ clause }) => clause.words.length > 2),
    intents,
  )
  const patterns = patternsIn({ clauses, asked }, words)
  const highest = Math.max(0, ...patterns.values())
  const things = thingsIn(clauses, words)
  const shared = overlaps({ whole: clauses, asked }, program)
  const rows = program.facts.map((fact, at) => {
    const pattern = Math.max(0, ...fact.asks.map((topic) => patterns.get(topic) ?? 0))
    const share = shared[at]!
    const speaks: Evidence = {
      intentWhole: Math.log(atLeast(forFact(fact, intents))),
      intentAsked: Math.log(atLeast(bestFor(fact, askedAlone))),
      intentAnywhere: Math.log(atLeast(bestFor(fact, anywhere))),
      pattern: pattern / 5,
      patternHighest: pattern > 0 && pattern >= highest - 0.01 ? 1 : 0,
      sharedAsked: share.asked,
      sharedWhole: share.whole,
      sharedMuch: share.much,
      likeExample: share.example,
      thing: fact.asks.some((topic) => things.has(topic)) ? 1 : 0,
      firstThing: things.has(fact.asks[0]!) ? 1 : 0,
    }
    return { fact, speaks }
  })
  return { intents, rows, none: noneOf({ intents, patterns, things }, program) }
}

const intentsRead = notes<Heard, { readonly words: Lexicon; readonly chances: Chances }>()

/** What the message asks as a whole, worked out once. */
function intentsOf(heard: Heard, words: Lexicon, table?: IntentTable): Chances {
  const known = table === undefined ? intentsRead.get(heard) : undefined
  if (known?.words === words) return known.chances
  const { clauses, asked } = heard
  const told = clauses.filter((clause) => !asked.includes(clause))
  const chances = chancesOf(marksOf(asked, told, words), table)
  if (table === undefined) intentsRead.set(heard, { words, chances })
  return chances
}

/** A message is weighed as a whole and idea by idea: each stretch is read once. */
const readAlone = notes<Clause, { clause: Clause; words: Lexicon; chances: Chances }>()

/** A stretch read for itself, so that one idea is not drowned by the others around it. */
function aloneIn(words: Lexicon, table?: IntentTable): (clause: Clause) => { clause: Clause; chances: Chances } {
  return (clause) => {
    const known = table === undefined ? readAlone.get(clause) : undefined
    if (known?.words === words) return known
    const alone = { clause, words, chances: chancesOf(marksOf([clause], [], words), table) }
    if (table === undefined) readAlone.set(clause, alone)
    return alone
  }
}

function orWhole(parts: readonly { chances: Chances }[], whole: Chances): Chances[] {
  return parts.length === 0 ? [whole] : parts.map(({ chances }) => chances)
}

function noneOf(
  { intents, patterns, things }: { intents: Chances; patterns: ReadonlyMap<string, number>; things: Set<string> },
  program: Program,
): Evidence {
  const { factsByTopic } = program
  const { values, table } = intents
  let silent = 0
  let largest = 0
  for (const at of silentTopics(table, program)) {
    silent += values[at]!
    largest = Math.max(largest, values[at]!)
  }
  const highest = Math.max(0, ...patterns.values())
  const pattern = Math.max(0, ...[...patterns].filter(([topic]) => !factsByTopic.has(topic)).map(([, score]) => score))
  return {
    none: 1,
    noneIntent: Math.log(atLeast(silent)),
    noneLargest: Math.log(atLeast(largest)),
    nonePattern: pattern / 5 + (pattern > 0 && pattern >= highest - 0.01 ? 0.5 : 0),
    noneThing: [...things].some((topic) => !factsByTopic.has(topic)) ? 1 : 0,
  }
}

const silentIn = new WeakMap<Program, { readonly table: IntentTable; readonly topics: readonly number[] }>()

/** Which topics of a table no fact of the program speaks of, worked out once. */
function silentTopics(table: IntentTable, program: Program): readonly number[] {
  const known = silentIn.get(program)
  if (known?.table === table) return known.topics
  const topics = table.topics.flatMap((topic, at) => (program.factsByTopic.has(topic) ? [] : [at]))
  silentIn.set(program, { table, topics })
  return topics
}

/** A fact's first topic is its predicate; by its others it answers a little less well. */
const LESS = 0.85

function forFact(fact: Fact, chances: Chances): number {
  const asks = asksIn(chances.table, fact)
  let most = Number.NEGATIVE_INFINITY
  for (let at = 0; at < asks.length; at += 1) {
    const chance = asks[at]! < 0 ? 0 : chances.values[asks[at]!]!
    most = Math.max(most, chance * (at === 0 ? 1 : LESS))
  }
  return most
}

const askedBy = new WeakMap<Fact, { readonly table: IntentTable; readonly asks: readonly number[] }>()

/** Where a fact's topics stand in a table, -1 for one that nothing was fitted on; looked up once. */
function asksIn(table: IntentTable, fact: Fact): readonly number[] {
  const known = askedBy.get(fact)
  if (known?.table === table) return known.asks
  const asks = fact.asks.map((topic) => table.indexes.get(topic) ?? -1)
  askedBy.set(fact, { table, asks })
  return asks
}

function bestFor(fact: Fact, all: readonly Chances[]): number {
  let most = Number.NEGATIVE_INFINITY
  for (const chances of all) most = Math.max(most, forFact(fact, chances))
  return most
}

const LEAST = 1e-4

function atLeast(chance: number): number {
  return Math.max(chance, LEAST)
}
