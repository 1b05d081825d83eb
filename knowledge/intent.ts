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

/** Chances by topic, adding up to one. */
export type Chances = ReadonlyMap<string, number>

/** A fitted table: for each mark the topics that it speaks for or against. */
export interface IntentTable {
  readonly topics: readonly string[]
  readonly biases: readonly number[]
  /** Mark → pairs of topic index and weight, one after the other. */
  readonly weights: ReadonlyMap<string, readonly number[]>
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
  const known = found.flatMap((mark) => {
    const row = table.weights.get(mark)
    return row ? [row] : []
  })
  const share = 1 / Math.sqrt(Math.max(1, known.length))
  const scores = [...table.biases]
  for (const row of known) {
    for (let at = 0; at < row.length; at += 2) scores[row[at]!]! += row[at + 1]! * share
  }
  const most = Math.max(...scores)
  const raised = scores.map((score) => Math.exp(score - most))
  const total = raised.reduce((sum, one) => sum + one, 0)
  return new Map(table.topics.map((topic, at) => [topic, raised[at]! / total]))
}

function addAsked(found: Set<string>, clause: Clause, lexicon: Lexicon): void {
  const roots = clause.words.map((word) => (/^\d/.test(word) ? '0' : rootIn(word, lexicon)))
  roots.forEach((root, at) => {
    found.add(root)
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

let table: IntentTable | null = null

/** The generated table, unpacked on the first question: a line is a mark, a tab, topic:weight pairs. */
function fitted(): IntentTable {
  table ??= {
    topics: topics.split(' '),
    biases: biases.map((bias) => bias * scale),
    weights: new Map(marks.split('\n').map(unpacked)),
  }
  return table
}

function unpacked(line: string): [string, number[]] {
  const [mark, pairs] = line.split('\t') as [string, string]
  return [mark, pairs.split(/[: ]/).map((digits, at) => (at % 2 === 0 ? Number(digits) : Number(digits) * scale))]
}
