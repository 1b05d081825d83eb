/**
 * The kernel of the phrase net says what plain arithmetic says.
 */
import { expect, test } from 'vitest'
import { dotsOf, floatsFor, keepLayer, keepRows, layerOf, takeWord, VECTOR } from '../../flows/safety/phrase-kernel.ts'

/** Numbers of eight bits that follow no pattern, the same at every run. */
function numbers(count: number, from: number): Int8Array {
  return Int8Array.from({ length: count }, (_, at) => (((at + from) * 2_654_435_761) >>> 7) % 255)
}

test('words times rows are exact, and each word is the sum of its vectors', () => {
  const vectors = numbers(9 * VECTOR, 1)
  const weights = numbers(5 * VECTOR, 2).map((one) => Math.max(-127, one))
  weights[3] = 127
  const rows = keepRows(Float32Array.from(weights, (one) => one * 0.25))
  const words = [[0, 4, 8], [2], [1, 1, 7]]
  for (const [at, word] of words.entries()) takeWord(at, word, vectors)
  const found = [...dotsOf(words.length, rows).subarray(0, words.length * rows.height)]
  const expected = words.flatMap((word) =>
    Array.from({ length: 5 }, (_, row) => {
      let sum = 0
      for (const number of word)
        for (let at = 0; at < VECTOR; at += 1) sum += vectors[number * VECTOR + at]! * weights[row * VECTOR + at]!
      return sum
    }),
  )
  expect(found).toEqual(expected)
  expect(rows.scale).toBeCloseTo(0.25, 10)
})

test('a layer is what was found times each of its rows', () => {
  const [found, out] = [floatsFor(8), floatsFor(2)]
  found.set([1, -2, 3, 0.5, 0, 4, -1, 2])
  const weights = Float32Array.from(numbers(16, 3), (one) => one / 8)
  layerOf(found, keepLayer(weights, 8), out)
  const expected = [0, 1].map((row) => found.reduce((sum, one, at) => sum + one * weights[row * 8 + at]!, 0))
  expect([...out]).toEqual(expected)
})
