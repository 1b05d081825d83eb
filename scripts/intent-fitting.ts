/**
 * Fitting: the table of intents from labelled questions, and the weights of the evidence above it.
 *
 * Both are plain softmax regressions whose right answer is a set: it is enough to be sure of one of
 * its members. The same input gives the same table on every machine.
 */
import { type IntentTable, intentTable } from '../knowledge/topics/intent.ts'
import { type Evidence, evidenceNames } from '../knowledge/weighing/weighing.ts'

export interface Marked {
  readonly marks: readonly number[]
  readonly topics: ReadonlySet<string>
  readonly weight: number
}

const ROUNDS = 12
const STEP = 2
const ENERGY = 0.1
const SHRINK = 1e-4
/** Weights below this change no answer; without them the table is a fiftieth of its size. */
const LEAST = 0.25
/** A mark seen once or twice teaches those questions and nothing else. */
const SEEN_AT_LEAST = 3

export function fitIntents(examples: readonly Marked[]): IntentTable {
  const topics = [...new Set(examples.flatMap((one) => [...one.topics]))].sort()
  const indexOf = new Map(topics.map((topic, at) => [topic, at]))
  const marks = frequent(examples)
  const size = topics.length
  const weights = new Float32Array(marks.size * size)
  const energy = new Float32Array(marks.size).fill(ENERGY)
  const biases = new Float32Array(size)
  const rows = examples.map((one) => ({
    known: one.marks.flatMap((mark) => marks.get(mark) ?? []),
    right: new Set([...one.topics].map((topic) => indexOf.get(topic)!)),
    weight: one.weight,
  }))
  for (let round = 0; round < ROUNDS; round += 1)
    for (const row of shuffled(rows, round)) learn(row, { weights, energy, biases, size })
  const table = [...marks].map(([mark, at]) => ({ mark, row: sparse(weights.subarray(at * size, (at + 1) * size)) }))
  const said = table.filter(({ row }) => row.length > 0)
  return intentTable({
    topics,
    biases,
    keys: said.map(({ mark }) => mark),
    sizes: said.map(({ row }) => row.length),
    rowTopics: Uint16Array.from(said.flatMap(({ row }) => row.map(([topic]) => topic))),
    rowWeights: Float32Array.from(said.flatMap(({ row }) => row.map(([, weight]) => weight))),
    scale: 1,
  })
}

function frequent(examples: readonly Marked[]): Map<number, number> {
  const count = new Map<number, number>()
  for (const { marks } of examples) for (const mark of marks) count.set(mark, (count.get(mark) ?? 0) + 1)
  const kept = [...count].filter(([, times]) => times >= SEEN_AT_LEAST).map(([mark]) => mark)
  return new Map(kept.map((mark, at) => [mark, at]))
}

interface Table {
  readonly weights: Float32Array
  readonly energy: Float32Array
  readonly biases: Float32Array
  readonly size: number
}

function learn(row: { known: number[]; right: Set<number>; weight: number }, table: Table): void {
  const { weights, energy, biases, size } = table
  if (row.known.length === 0) return
  const share = 1 / Math.sqrt(row.known.length)
  const scores = Float64Array.from(biases)
  for (const mark of row.known)
    for (let topic = 0; topic < size; topic += 1) scores[topic]! += weights[mark * size + topic]! * share
  const most = Math.max(...scores)
  let total = 0
  let right = 0
  for (let topic = 0; topic < size; topic += 1) {
    scores[topic] = Math.exp(scores[topic]! - most)
    total += scores[topic]!
    if (row.right.has(topic)) right += scores[topic]!
  }
  const errors = scores.map((score, topic) => {
    const wanted = row.right.has(topic) ? score / right : 0
    return (score / total - wanted) * row.weight
  })
  const force = errors.reduce((sum, error) => sum + error * error, 0) * share * share
  for (let topic = 0; topic < size; topic += 1) biases[topic]! -= 0.01 * errors[topic]!
  for (const mark of row.known) {
    energy[mark]! += force
    const step = STEP / Math.sqrt(energy[mark]!)
    for (let topic = 0; topic < size; topic += 1) {
      const at = mark * size + topic
      weights[at]! -= step * (errors[topic]! * share + SHRINK * weights[at]!)
    }
  }
}

/** The same order for the same round on every machine. */
function shuffled<T>(items: readonly T[], round: number): T[] {
  const mixed = [...items]
  let seed = round + 1
  for (let index = mixed.length - 1; index > 0; index -= 1) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    const other = seed % (index + 1)
    ;[mixed[index], mixed[other]] = [mixed[other] as T, mixed[index] as T]
  }
  return mixed
}

function sparse(row: Float32Array): [number, number][] {
  return [...row].flatMap((weight, topic): [number, number][] => (Math.abs(weight) < LEAST ? [] : [[topic, weight]]))
}

export interface Choice {
  /** One row for each fact, then the row of "none". */
  readonly rows: readonly Evidence[]
  readonly right: ReadonlySet<number>
}

const EVIDENCE_ROUNDS = 400
const EVIDENCE_STEP = 0.05
const EVIDENCE_SHRINK = 1e-3

export function fitEvidence(choices: readonly Choice[]): Record<string, number> {
  const names = evidenceNames
  const dense = choices.map(({ rows, right }) => ({
    rows: rows.map((row) => names.map((name) => row[name] ?? 0)),
    right,
  }))
  const weights = new Float64Array(names.length)
  const energy = new Float64Array(names.length).fill(1e-3)
  for (let round = 0; round < EVIDENCE_ROUNDS; round += 1) {
    const slopes = new Float64Array(names.length)
    for (const choice of dense) addSlopes(choice, weights, slopes)
    for (let at = 0; at < names.length; at += 1) {
      const slope = slopes[at]! / dense.length + EVIDENCE_SHRINK * weights[at]!
      energy[at]! += slope * slope
      weights[at]! -= (EVIDENCE_STEP * slope) / Math.sqrt(energy[at]!)
    }
  }
  return Object.fromEntries(names.map((name, at) => [name, Number(weights[at]!.toFixed(4))]))
}

function addSlopes(
  { rows, right }: { rows: readonly number[][]; right: ReadonlySet<number> },
  weights: Float64Array,
  slopes: Float64Array,
): void {
  const scores = rows.map((row) => row.reduce((sum, value, at) => sum + value * weights[at]!, 0))
  const most = Math.max(...scores)
  const raised = scores.map((score) => Math.exp(score - most))
  const total = raised.reduce((sum, one) => sum + one, 0)
  const rightTotal = [...right].reduce((sum, at) => sum + raised[at]!, 0)
  rows.forEach((row, at) => {
    const error = raised[at]! / total - (right.has(at) ? raised[at]! / rightTotal : 0)
    if (Math.abs(error) > 1e-6)
      row.forEach((value, index) => {
        slopes[index]! += error * value
      })
  })
}
