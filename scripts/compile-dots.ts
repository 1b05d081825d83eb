/**
 * Assembles the kernel of the phrase net: `npm run gate` runs it.
 *
 * Two loops of the net cost nearly all of its time, and plain JavaScript multiplies one number after the
 * other. WebAssembly's vectors take eight whole numbers, or four broken ones, at once and give the same
 * result on every machine. The loops are so short that they are written here, instruction by instruction.
 *
 * @see WebAssembly Core Specification 2.0, section 5 (binary format).
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Code = readonly (number | readonly number[])[]

const unsigned = (value: number): number[] => {
  const bytes: number[] = []
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return [...bytes, rest]
    bytes.push((rest & 127) | 128)
  }
}
const signed = (value: number): number[] => {
  const bytes: number[] = []
  for (let rest = value; ; rest >>= 7) {
    const low = rest & 127
    if ((rest >> 6 === 0 && low < 64) || (rest >> 6 === -1 && low >= 64)) return [...bytes, low]
    bytes.push(low | 128)
  }
}
const text = (words: string): number[] => [...unsigned(words.length), ...Buffer.from(words)]
const list = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()]
const section = (id: number, content: readonly number[]): number[] => [id, ...unsigned(content.length), ...content]

const get = (local: number): number[] => [0x20, ...unsigned(local)]
const set = (local: number): number[] => [0x21, ...unsigned(local)]
const plus = (local: number, amount: number): number[] => [...get(local), 0x41, ...signed(amount), 0x6a, ...set(local)]
const vector = (code: number): number[] => [0xfd, ...unsigned(code)]
const loadVector = (offset: number): number[] => [...vector(0x00), 4, ...unsigned(offset)]
const op = {
  noVector: [...vector(0x0c), ...new Array<number>(16).fill(0)],
  dotOfShorts: vector(0xba),
  addInts: vector(0xae),
  intLane: (lane: number) => [...vector(0x1b), lane],
  multiplyFloats: vector(0xe6),
  addFloats: vector(0xe4),
  floatLane: (lane: number) => [...vector(0x1f), lane],
  addInt: [0x6a],
  addFloat: [0x92],
  storeInt: [0x36, 2, 0],
  storeFloat: [0x38, 2, 0],
  end: [0x0b],
}
/** Runs the body, counts the local down and does so again until it is 0. */
const repeat = (counter: number, body: Code): number[] => [
  ...[0x03, 0x40],
  ...body.flat(),
  ...plus(counter, -1),
  ...[...get(counter), 0x0d, 0],
  ...op.end,
]
const sumOfLanes = (local: number, lane: (at: number) => number[], add: readonly number[]): number[] =>
  [0, 1, 2, 3].flatMap((at) => [...get(local), ...lane(at), ...(at === 0 ? [] : add)])

const [INT, VECTOR] = [0x7f, 0x7b]
const NUMBERS = 64
const SHORTS_AT_ONCE = 8

/** `dots(words, count, rows, height, out)`: each word (64 shorts) times each row (64 shorts), as ints. */
function dots(): number[] {
  const [words, count, rows, height, out, row, left, first, sum] = [0, 1, 2, 3, 4, 5, 6, 7, 15]
  const parts = Array.from({ length: NUMBERS / SHORTS_AT_ONCE }, (_, at) => at)
  const eachRow: Code = [
    ...parts.map((at) => [
      ...[...get(row), ...loadVector(at * 16), ...get(first + at), ...op.dotOfShorts],
      ...(at === 0 ? [] : op.addInts),
    ]),
    set(sum),
    [...get(out), ...sumOfLanes(sum, op.intLane, op.addInt), ...op.storeInt],
    [...plus(out, 4), ...plus(row, NUMBERS * 2)],
  ]
  const eachWord: Code = [
    ...parts.map((at) => [...get(words), ...loadVector(at * 16), ...set(first + at)]),
    [...get(rows), ...set(row), ...get(height), ...set(left)],
    repeat(left, eachRow),
    plus(words, NUMBERS * 2),
  ]
  return body([[2, INT], [9, VECTOR]], [repeat(count, eachWord)]) // biome-ignore format: one line a kind
}

/** `layer(found, quads, rows, height, out)`: the found numbers (quads × 4 floats) times each row, as floats. */
function layer(): number[] {
  const [found, quads, rows, height, out, at, left, sum] = [0, 1, 2, 3, 4, 5, 6, 7]
  const eachQuad: Code = [
    [...get(at), ...loadVector(0), ...get(rows), ...loadVector(0), ...op.multiplyFloats],
    [...get(sum), ...op.addFloats, ...set(sum), ...plus(at, 16), ...plus(rows, 16)],
  ]
  const eachRow: Code = [
    [...op.noVector, ...set(sum), ...get(found), ...set(at), ...get(quads), ...set(left)],
    repeat(left, eachQuad),
    [...get(out), ...sumOfLanes(sum, op.floatLane, op.addFloat), ...op.storeFloat],
    plus(out, 4),
  ]
  return body([[2, INT], [1, VECTOR]], [repeat(height, eachRow)]) // biome-ignore format: one line a kind
}

function body(locals: readonly (readonly [number, number])[], code: Code): number[] {
  const content = [...list(locals.map(([count, kind]) => [...unsigned(count), kind])), ...code.flat(), ...op.end]
  return [...unsigned(content.length), ...content]
}

const PAGES = 8
const five = new Array<number>(5).fill(INT)
const binary = [
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...section(1, list([[0x60, ...unsigned(five.length), ...five, 0]])),
  ...section(3, list([[0], [0]])),
  ...section(5, list([[0, PAGES]])),
  ...section(7, list([[...text('memory'), 2, 0], [...text('dots'), 0, 0], [...text('layer'), 0, 1]])), // biome-ignore format: one name each
  ...section(10, list([dots(), layer()])),
]

const module = `// Generated by scripts/compile-dots.ts, which says what each instruction does. Do not edit.
/** WebAssembly: \`dots\` and \`layer\` of the phrase net, and ${PAGES} pages (of 64 kB) of memory for them. */
export const kernel = '${Buffer.from(binary).toString('base64')}'
`
writeFileSync(join(import.meta.dirname, '../flows/safety/phrase-kernel.generated.ts'), module)
