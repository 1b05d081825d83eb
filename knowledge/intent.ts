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

/** A fitted table: for each mark the topics that it speaks for or against, one mark's after the other's. */
export interface IntentTable {
  readonly topics: readonly string[]
  readonly indexes: ReadonlyMap<string, number>
  readonly biases: ArrayLike<number>
  /** Mark → its place. */
  readonly places: ReadonlyMap<number, number>
  /** Where the row of each place begins; one more than there are places. */
  readonly starts: Uint32Array
  readonly rowTopics: Uint16Array
  /** In units of `scale`. */
  readonly rowWeights: ArrayLike<number>
  readonly scale: number
}

export function chancesOf(found: readonly number[], table: IntentTable = fitted()): Chances {
  const { places, starts, rowTopics, rowWeights } = table
  const sums = new Float64Array(table.topics.length)
  let known = 0
  for (const mark of found) {
    const place = places.get(mark)
    if (place === undefined) continue
    known += 1
    const end = starts[place + 1]!
    for (let at = starts[place]!; at < end; at += 1) sums[rowTopics[at]!]! += rowWeights[at]!
  }
  const share = table.scale / Math.sqrt(Math.max(1, known))
  for (let at = 0; at < sums.length; at += 1) sums[at] = sums[at]! * share + table.biases[at]!
  return { values: softened(sums), table }
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

export function intentTable({ keys: marks, sizes: lengths, ...rest }: TableParts): IntentTable {
  const places = new Map<number, number>()
  const starts = new Uint32Array(marks.length + 1)
  for (let at = 0; at < marks.length; at += 1) {
    places.set(marks[at]!, at)
    starts[at + 1] = starts[at]! + lengths[at]!
  }
  return { ...rest, indexes: new Map(rest.topics.map((topic, at) => [topic, at])), places, starts }
}
