/**
 * Weighing: the chance that a fact states what a message asks, and the chance that none does.
 *
 * What patterns, the learned intent and shared words each say of a fact is put on one scale. The
 * weights are fitted on questions of people who had seen the pages and not the code; they stand by
 * name in a generated file, so that one can read how much each counts.
 */
import { evidence } from './evidence.generated.ts'
import { COLUMNS, type Evidence, type EvidenceTable, evidenceFor, evidenceNames, evidenceOf } from './evidence-table.ts'
import type { Fact } from './fact.ts'
import type { Chances } from './intent.ts'
import { type Heard, intentsOf } from './intents-heard.ts'
import type { Program } from './program.ts'

export { type Evidence, type EvidenceTable, evidenceFor, evidenceNames, evidenceOf } from './evidence-table.ts'
export type { Heard } from './intents-heard.ts'

export interface Weighed {
  /** Most likely first. */
  readonly facts: readonly WeighedFact[]
  /** The chance that no fact of the program states it. */
  readonly none: number
  /** What the message asks as a whole. */
  readonly intents: Chances
  /** What spoke for the likeliest fact, and for none of them. */
  readonly first: Evidence
  readonly silent: Evidence
}

export interface WeighedFact {
  readonly fact: Fact
  readonly chance: number
  /** What spoke for it, put together when somebody looks. */
  readonly speaks: Evidence
}

class Candidate implements WeighedFact {
  readonly fact: Fact
  readonly chance: number
  readonly #table: EvidenceTable
  readonly #row: number

  constructor(table: EvidenceTable, row: number, chance: number) {
    this.fact = table.facts[row]!
    this.chance = chance
    this.#table = table
    this.#row = row
  }

  get speaks() {
    return evidenceOf(this.#table, this.#row)
  }
}

/** The facts are weighed when somebody asks for them: what turns out to be no question needs the intents alone. */
export function weigh(heard: Heard, program: Program): Weighed {
  return new Weighing(heard, program)
}

class Weighing implements Weighed {
  readonly intents: Chances
  readonly #heard: Heard
  readonly #program: Program
  #known: Weighed | null = null

  constructor(heard: Heard, program: Program) {
    this.intents = intentsOf(heard, program.words)
    this.#heard = heard
    this.#program = program
  }

  #whole(): Weighed {
    this.#known ??= weighedBy(weights, evidenceFor(this.#heard, this.#program))
    return this.#known
  }

  get facts() {
    return this.#whole().facts
  }

  get none() {
    return this.#whole().none
  }

  get first() {
    return this.#whole().first
  }

  get silent() {
    return this.#whole().silent
  }
}

/** @param counts - a weight for each of the `evidenceNames`. */
export function weighedBy(counts: readonly number[], table: EvidenceTable): Weighed {
  const { facts, intents, none } = table
  const scores = facts.map((_, row) => scoreOf(table, row, counts))
  const noneScore = scoreOfNone(none, counts)
  let [most, first] = [noneScore, 0]
  scores.forEach((score, row) => {
    if (score > most) most = score
    if (score > scores[first]!) first = row
  })
  const ofNone = Math.exp(noneScore - most)
  let total = ofNone
  const raised = scores.map((score) => {
    const one = Math.exp(score - most)
    total += one
    return one
  })
  const weighed = facts.map((_, row) => new Candidate(table, row, raised[row]! / total))
  weighed.sort((a, b) => b.chance - a.chance)
  return { facts: weighed, none: ofNone / total, intents, first: evidenceOf(table, first), silent: none }
}

const weights = evidenceNames.map((name) => evidence[name] ?? 0)

function scoreOf({ values }: EvidenceTable, row: number, counts: readonly number[]): number {
  let score = 0
  for (let at = 0; at < COLUMNS; at += 1) score += values[row * COLUMNS + at]! * counts[at]!
  return score
}

function scoreOfNone(none: Evidence, counts: readonly number[]): number {
  let score = 0
  for (let at = COLUMNS; at < evidenceNames.length; at += 1) score += (none[evidenceNames[at]!] ?? 0) * counts[at]!
  return score
}
