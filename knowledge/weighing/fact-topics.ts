/**
 * Where the topics of a program's facts stand in a table of intents, looked up once for each program.
 */

import type { Program } from '../program.ts'
import type { Chances, IntentTable } from '../topics/intent.ts'

export interface FactTopics {
  readonly table: IntentTable
  /** Of each fact its topics, one fact's after the other's; -1 for one that nothing was fitted on. */
  readonly asks: Int16Array
  /** Where those of each fact begin; one more than there are facts. */
  readonly starts: Uint16Array
  /** The topics of which no fact speaks, and of each topic whether it is one of them. */
  readonly silent: readonly number[]
  readonly isSilent: Uint8Array
}

const factTopics = new WeakMap<Program, FactTopics>()

/** Looked up once. */
export function topicsOf(program: Program, table: IntentTable): FactTopics {
  const known = factTopics.get(program)
  if (known !== undefined && known.table === table) return known
  const { facts, factsByTopic } = program
  const asks = facts.flatMap((fact) => fact.asks.map((topic) => table.indexes.get(topic) ?? -1))
  const starts = new Uint16Array(facts.length + 1)
  facts.forEach((fact, at) => {
    starts[at + 1] = starts[at]! + fact.asks.length
  })
  const silent = table.topics.flatMap((topic, at) => (factsByTopic.has(topic) ? [] : [at]))
  const isSilent = Uint8Array.from(table.topics, (topic) => (factsByTopic.has(topic) ? 0 : 1))
  const topics = { table, asks: Int16Array.from(asks), starts, silent, isSilent }
  factTopics.set(program, topics)
  return topics
}

/** A fact's first topic is its predicate; by its others it answers a little less well. */
const LESS = 0.85

/** The best chance of a fact's topics in any of these. */
export function bestFor(fact: number, all: readonly Chances[], { asks, starts }: FactTopics): number {
  const from = starts[fact]!
  const to = starts[fact + 1]!
  let most = Number.NEGATIVE_INFINITY
  for (const { values } of all) {
    for (let at = from; at < to; at += 1) {
      const chance = asks[at]! < 0 ? 0 : values[asks[at]!]!
      most = Math.max(most, chance * (at === from ? 1 : LESS))
    }
  }
  return most
}
