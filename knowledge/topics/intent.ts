/**
 * Intent: what a stretch of a message most likely asks, learned from questions that people asked.
 *
 * The patterns of the topics know what somebody foresaw; this knows how people put things: "two weeks
 * and done?" asks for the length. A generated table says how much each mark of a message speaks for each
 * topic. It only ever chooses among topics; what is said still comes from facts.
 */
import { biases, keys, rows, scale, sizes, topics } from './intent-table.generated.ts'

/** Chances of all topics, adding up to one. */
export interface Chances {
  readonly values: Float64Array
  readonly table: IntentTable
  /** Places of the likeliest topics, most likely first; worked out when somebody first asks. */
  best: readonly number[] | null
}

/** The chance of one topic; none for a topic that nothing was fitted on. */
export function chanceOf({ values, table: { indexes } }: Chances, topic: string): number {
  const at = indexes.get(topic)
  return at === undefined ? 0 : values[at]!
}

/** Nobody asks for more of the likeliest. */
const BEST = 4

/** The likeliest topics, most likely first. */
export function likeliest(chances: Chances, atMost: number): [string, number][] {
  const { values, table } = chances
  if (chances.best === null || chances.best.length < atMost) chances.best = bestOf(values, Math.max(BEST, atMost))
  return chances.best.slice(0, atMost).map((at) => [table.topics[at]!, values[at]!])
}

/** Of equal ones the first. */
function bestOf(values: Float64Array, count: number): number[] {
  const best: number[] = []
  let least = Number.NEGATIVE_INFINITY
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at]!
    if (best.length === count && value <= least) continue
    let place = best.length
    while (place > 0 && value > values[best[place - 1]!]!) place -= 1
    best.splice(place, 0, at)
    if (best.length > count) best.pop()
    least = values[best.at(-1)!]!
  }
  return best
}

/** A fitted table: for each mark the topics that it speaks for or against, one mark's after the other's. */
export interface IntentTable {
  readonly topics: readonly string[]
  readonly indexes: ReadonlyMap<string, number>
  readonly biases: ArrayLike<number>
  readonly keys: ArrayLike<number>
  /** Where a mark's place is found: at its slot or after it a mark and its place plus one, or 0 where there is none. */
  readonly slots: Int32Array
  /** Where the row of each place begins; one more than there are places. */
  readonly starts: Uint32Array
  readonly rowTopics: Uint16Array
  /** In units of `scale`. */
  readonly rowWeights: ArrayLike<number>
  readonly scale: number
}

export function chancesOf(found: ArrayLike<number>, table: IntentTable = fitted()): Chances {
  const { slots, starts, rowTopics, rowWeights } = table
  const sums = new Float64Array(table.topics.length)
  let known = 0
  for (let index = 0; index < found.length; index += 1) {
    const place = placeOf(found[index]!, slots)
    if (place < 0) continue
    known += 1
    const end = starts[place + 1]!
    for (let at = starts[place]!; at < end; at += 1) sums[rowTopics[at]!]! += rowWeights[at]!
  }
  const share = table.scale / Math.sqrt(Math.max(1, known))
  for (let at = 0; at < sums.length; at += 1) sums[at] = sums[at]! * share + table.biases[at]!
  return { values: softened(sums), table, best: null }
}

/** -1 for a mark that nothing was fitted on. */
export function placeOf(mark: number, slots: Int32Array): number {
  const mask = slots.length - 1
  let slot = slotOf(mark) & mask
  while (slots[slot + 1] !== 0 && slots[slot] !== mark) slot = (slot + 2) & mask
  return slots[slot + 1]! - 1
}

function slotOf(mark: number): number {
  return (mark ^ (mark >>> 15)) << 1
}

/** Scores as chances, in place. */
function softened(values: Float64Array): Float64Array {
  let most = Number.NEGATIVE_INFINITY
  for (let at = 0; at < values.length; at += 1) if (values[at]! > most) most = values[at]!
  let total = 0
  for (let at = 0; at < values.length; at += 1) {
    values[at] = Math.exp(values[at]! - most)
    total += values[at]!
  }
  for (let at = 0; at < values.length; at += 1) values[at]! /= total
  return values
}

let known: IntentTable | null = null

/** The generated table, unpacked when a message first needs it. */
function fitted(): IntentTable {
  known ??= intentTable({
    topics: topics.split(' '),
    biases: biases.map((bias) => bias * scale),
    keys: new Uint32Array(bytesOf(keys)),
    sizes: new Uint16Array(bytesOf(sizes)),
    rowTopics: new Uint16Array(bytesOf(rows.topics)),
    rowWeights: new Int8Array(bytesOf(rows.weights)),
    scale,
  })
  return known
}

function bytesOf(packed: string): ArrayBuffer {
  return Uint8Array.from(Buffer.from(packed, 'base64')).buffer
}

/** A table's parts as they stand in the generated file: the marks, how long the row of each is, the rows. */
export interface TableParts {
  readonly topics: readonly string[]
  readonly biases: ArrayLike<number>
  readonly keys: ArrayLike<number>
  readonly sizes: ArrayLike<number>
  readonly rowTopics: Uint16Array
  readonly rowWeights: ArrayLike<number>
  readonly scale: number
}

export function intentTable({ sizes: lengths, ...rest }: TableParts): IntentTable {
  const starts = new Uint32Array(rest.keys.length + 1)
  for (let at = 0; at < rest.keys.length; at += 1) starts[at + 1] = starts[at]! + lengths[at]!
  return {
    ...rest,
    biases: Float64Array.from(rest.biases),
    indexes: new Map(rest.topics.map((topic, at) => [topic, at])),
    slots: slotsFor(rest.keys),
    starts,
  }
}

/** Half of the slots stay empty, so that a mark is found, or missed, at the first look or the second. */
function slotsFor(marks: ArrayLike<number>): Int32Array {
  let size = 1 << 4
  while (size < 4 * marks.length) size *= 2
  const slots = new Int32Array(size)
  for (let at = 0; at < marks.length; at += 1) {
    let slot = slotOf(marks[at]!) & (size - 1)
    while (slots[slot + 1] !== 0) slot = (slot + 2) & (size - 1)
    slots[slot] = marks[at]!
    slots[slot + 1] = at + 1
  }
  return slots
}
