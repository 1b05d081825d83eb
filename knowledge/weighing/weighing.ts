/**
 * Weighing: the chance that a fact states what a message asks, and the chance that none does.
 *
 * What patterns, the learned intent and shared words each say of a fact is put on one scale. The
 * weights are fitted on questions of people who had seen the pages and not the code; they stand by
 * name in a generated file, so that one can read how much each counts.
 */

import type { Fact } from '../fact.ts'
import type { Program } from '../program.ts'
import type { Chances } from '../topics/intent.ts'
import { type Heard, intentsOf } from '../topics/intents-heard.ts'
import { evidence } from './evidence.generated.ts'
import { COLUMNS, type Evidence, type EvidenceTable, evidenceFor, evidenceNames } from './evidence-table.ts'

export type { Heard } from '../topics/intents-heard.ts'
export { type Evidence, type EvidenceTable, evidenceFor, evidenceNames, evidenceOf } from './evidence-table.ts'

export interface Weighed {
  /** The likeliest ones, as many as are looked at, most likely first. */
  readonly facts: readonly WeighedFact[]
  /** The chance that no fact of the program states it. */
  readonly none: number
  /** What the message asks as a whole. */
  readonly intents: Chances
  /** What spoke for none of them. */
  readonly silent: Evidence
}

export interface WeighedFact {
  readonly fact: Fact
  readonly chance: number
  /** What spoke for it, by the place of its name among the `evidenceNames`. */
  spoke(column: number): number
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

  spoke(column: number) {
    return this.#table.values[this.#row * COLUMNS + column]!
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

  get silent() {
    return this.#whole().silent
  }
}

/** So many of the likeliest facts are kept; of the others nobody asks more than what they weigh together. */
const KEPT = 8

/** The scores of the facts that are weighed just now: their room is used again by the next message. */
let scores = new Float64Array(0)

/** @param counts - a weight for each of the `evidenceNames`. */
export function weighedBy(counts: readonly number[], table: EvidenceTable): Weighed {
  const { facts, intents, none } = table
  if (scores.length < facts.length) scores = new Float64Array(facts.length)
  const noneScore = scoreOfNone(none, counts)
  let most = noneScore
  for (let row = 0; row < facts.length; row += 1) {
    scores[row] = scoreOf(table, row, counts)
    if (scores[row]! > most) most = scores[row]!
  }
  const ofNone = Math.exp(noneScore - most)
  let total = ofNone
  for (let row = 0; row < facts.length; row += 1) {
    scores[row] = Math.exp(scores[row]! - most)
    total += scores[row]!
  }
  const likeliest = likeliestRows(facts.length, total).map((row) => new Candidate(table, row, scores[row]! / total))
  return { facts: likeliest, none: ofNone / total, intents, silent: none }
}

/** The rows of the greatest chances, greatest first; of equal ones the first. */
function likeliestRows(count: number, total: number): number[] {
  const rows: number[] = []
  for (let row = 0; row < count; row += 1) {
    const chance = scores[row]! / total
    let place = rows.length
    while (place > 0 && chance > scores[rows[place - 1]!]! / total) place -= 1
    if (place === KEPT) continue
    if (rows.length === KEPT) rows.pop()
    rows.splice(place, 0, row)
  }
  return rows
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
