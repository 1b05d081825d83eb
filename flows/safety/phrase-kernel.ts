/**
 * The two loops of the phrase net that cost nearly all of its time, in WebAssembly, with the weights in its memory.
 *
 * Words and patterns are whole numbers of sixteen bits there, so a product of the two is exact: the scale of
 * the weights comes in afterwards. `scripts/compile-dots.ts` writes the instructions and says why.
 */
import { kernel } from './phrase-kernel.generated.ts'

/** Numbers in a vector, of a word or of a row of a pattern. */
export const VECTOR = 64
/** Most words of a stretch, a question or an earlier turn. */
export const WORDS_AT_MOST = 60

/** Rows of weights that stand in the kernel's memory. */
export interface Rows {
  readonly at: number
  readonly height: number
  /** What one of the whole numbers that stand there counts. */
  readonly scale: number
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer }
  dots(words: number, count: number, rows: number, height: number, out: number): void
  layer(found: number, quads: number, rows: number, height: number, out: number): void
}

const binary = Uint8Array.from(atob(kernel), (letter) => letter.charCodeAt(0))
const { memory, dots, layer } = new WebAssembly.Instance(new WebAssembly.Module(binary)).exports as unknown as Exports

let used = 0
function place(bytes: number): number {
  const at = used
  used += Math.ceil(bytes / 16) * 16
  if (used > memory.buffer.byteLength) throw new Error('the kernel has too few pages: see scripts/compile-dots.ts')
  return at
}

const words = new Int16Array(memory.buffer, place(WORDS_AT_MOST * VECTOR * 2), WORDS_AT_MOST * VECTOR)

const LARGEST = 127

/** Keeps rows of `VECTOR` weights for `dotsOf`: they were fitted as numbers of eight bits, and are that here again. */
export function keepRows(weights: Float32Array): Rows {
  const at = place(weights.length * 2)
  const scale = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / LARGEST
  const kept = new Int16Array(memory.buffer, at, weights.length)
  for (let index = 0; index < weights.length; index += 1) kept[index] = Math.round(weights[index]! / scale)
  return { at, height: weights.length / VECTOR, scale }
}

/** Keeps rows of weights for `layerOf`, each as long as what is found; a multiple of four. */
export function keepLayer(weights: Float32Array, length: number): Rows {
  const at = place(weights.length * 4)
  new Float32Array(memory.buffer, at, weights.length).set(weights)
  return { at, height: weights.length / length, scale: 1 }
}

/** Memory of the kernel for numbers that go in or come out. */
export function floatsFor(count: number): Float32Array {
  return new Float32Array(memory.buffer, place(count * 4), count)
}

const MOST_ROWS = 576
const products = new Int32Array(memory.buffer, place(WORDS_AT_MOST * MOST_ROWS * 4), WORDS_AT_MOST * MOST_ROWS)

/** Takes up a word as the sum of vectors, each named by its number; at most `WORDS_AT_MOST` of them. */
export function takeWord(at: number, numbers: readonly number[], vectors: Int8Array): void {
  const to = at * VECTOR
  words.fill(0, to, to + VECTOR)
  for (const number of numbers) {
    const from = number * VECTOR
    for (let index = 0; index < VECTOR; index += 1) words[to + index]! += vectors[from + index]!
  }
}

/** Every word taken up times every row, word by word; good until the next call. */
export function dotsOf(count: number, rows: Rows): Int32Array {
  if (count > 0) dots(words.byteOffset, count, rows.at, rows.height, products.byteOffset)
  return products
}

/** What was found times every row. */
export function layerOf(found: Float32Array, rows: Rows, out: Float32Array): void {
  layer(found.byteOffset, found.length / 4, rows.at, rows.height, out.byteOffset)
}
