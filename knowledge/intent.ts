/**
 * Intent: what a stretch of a message most likely asks, learned from questions that people asked.
 *
 * The patterns of the topics know what somebody foresaw; this knows how people put things: "two weeks
 * and done?" asks for the length. A generated table says how much each word, pair of words and concept
 * speaks for each topic. It only ever chooses among topics; what is said still comes from facts.
 */
import { biases, marks, scale, topics } from './intent-table.generated.ts'
import { conceptsOf, corrected, type Lexicon } from './lexicon.ts'
import type { Clause } from './reading.ts'
import { rootOf } from './spelling.ts'

/** Chances of all topics, adding up to one. */
export interface Chances {
  readonly values: Float64Array
  readonly table: IntentTable
}

/** The chance of one topic; none for a topic that nothing was fitted on. */
export function chanceOf({ values, table: { indexes } }: Chances, topic: string): number {
  const at = indexes.get(topic)
  return at === undefined ? 0 : values[at]!
}

/** The likeliest topics, most likely first. */
export function likeliest({ values, table: { topics: names } }: Chances, atMost: number): [string, number][] {
  const best: number[] = []
  for (let at = 0; at < values.length; at += 1) {
    const place = best.findIndex((other) => values[at]! > values[other]!)
    if (place >= 0) best.splice(place, 0, at)
    else if (best.length < atMost) best.push(at)
    if (best.length > atMost) best.pop()
  }
  return best.map((at) => [names[at]!, values[at]!])
}

/** Mark → pairs of topic index and weight, one after the other. */
export interface Rows {
  get(mark: string): readonly number[] | undefined
}

/** A fitted table: for each mark the topics that it speaks for or against. */
export interface IntentTable {
  readonly topics: readonly string[]
  readonly indexes: ReadonlyMap<string, number>
  readonly biases: readonly number[]
  readonly weights: Rows
}

/** What is asked counts in full; what is told around it counts under marks of its own. */
export function intentMarks(asked: readonly Clause[], told: readonly Clause[], lexicon: Lexicon): string[] {
  const found = new Set<string>()
  for (const clause of asked) addAsked(found, clause, lexicon)
  for (const clause of told) {
    for (const word of clause.words) if (word.length > 2) found.add(`~${rootIn(word, lexicon)}`)
    for (const name of telling(clause, lexicon)) found.add(`~#${name}`)
  }
  return [...found]
}

export function chancesOf(found: readonly string[], table: IntentTable = fitted()): Chances {
  const known: (readonly number[])[] = []
  for (const mark of found) {
    const row = table.weights.get(mark)
    if (row) known.push(row)
  }
  const share = 1 / Math.sqrt(Math.max(1, known.length))
  const values = new Float64Array(table.biases)
  for (const row of known) {
    for (let at = 0; at < row.length; at += 2) values[row[at]!]! += row[at + 1]! * share
  }
  let most = Number.NEGATIVE_INFINITY
  for (let at = 0; at < values.length; at += 1) if (values[at]! > most) most = values[at]!
  let total = 0
  for (let at = 0; at < values.length; at += 1) {
    values[at] = Math.exp(values[at]! - most)
    total += values[at]!
  }
  for (let at = 0; at < values.length; at += 1) values[at]! /= total
  return { values, table }
}

/** Letters at the beginning that a word's relatives and slips of the pen share with it. */
const PREFIX = 4

function addAsked(found: Set<string>, clause: Clause, lexicon: Lexicon): void {
  const roots = clause.words.map((word) => (/^\d/.test(word) ? '0' : rootIn(word, lexicon)))
  roots.forEach((root, at) => {
    found.add(root)
    if (root.length > PREFIX) found.add(`<${root.slice(0, PREFIX)}`)
    if (at > 0) found.add(`${roots[at - 1]} ${root}`)
    if (at > 1) found.add(`${roots[at - 2]} _ ${root}`)
  })
  found.add(`^${roots.slice(0, 2).join(' ')}`)
  const names = telling(clause, lexicon)
  names.forEach((name, at) => {
    found.add(`#${name}`)
    for (const other of names.slice(0, at)) found.add(`#${other} ${name}`)
  })
}

/** Concepts that mean something, in an order that does not depend on the sentence. */
function telling(clause: Clause, lexicon: Lexicon): string[] {
  return [...clause.concepts].filter((name) => lexicon.concepts.get(name)?.kind !== 'filler').sort()
}

function rootIn(word: string, lexicon: Lexicon): string {
  return rootOf(conceptsOf(lexicon, word) ? corrected(lexicon, word) : word)
}

let known: IntentTable | null = null

/** The generated table; a line is a mark, a tab, topic:weight pairs. */
function fitted(): IntentTable {
  if (known) return known
  const names = topics.split(' ')
  const start = biases.map((bias) => bias * scale)
  known = { topics: names, indexes: indexesOf(names), biases: start, weights: rowsIn(marks) }
  return known
}

export function intentTable(
  names: readonly string[],
  start: readonly number[],
  weights: Iterable<readonly [string, readonly number[]]>,
): IntentTable {
  return { topics: names, indexes: indexesOf(names), biases: start, weights: new Map(weights) }
}

function indexesOf(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((topic, at) => [topic, at]))
}

/** Each row is read when a message first has its mark: tens of thousands at once would hold up whoever asks first. */
function rowsIn(lines: string): Rows {
  const unread = new Map<string, string>()
  for (const line of lines.split('\n')) {
    const tab = line.indexOf('\t')
    unread.set(line.slice(0, tab), line.slice(tab + 1))
  }
  const rows = new Map<string, readonly number[]>()
  return {
    get(mark) {
      const row = rows.get(mark)
      if (row) return row
      const pairs = unread.get(mark)
      if (pairs === undefined) return undefined
      const fresh = unpacked(pairs)
      rows.set(mark, fresh)
      unread.delete(mark)
      return fresh
    },
  }
}

function unpacked(pairs: string): number[] {
  return pairs.split(/[: ]/).map((digits, at) => (at % 2 === 0 ? Number(digits) : Number(digits) * scale))
}
