/**
 * Fitting of what decides whether a page states what was asked: a logistic regression with a ridge.
 *
 * Signs are brought to one spread before the fit and the weights back to their own units after it, so
 * that the ridge treats all alike.
 */
import { type Signs, signNames } from '../knowledge/stated.ts'

export interface StatedExample {
  readonly signs: Signs
  readonly isStated: boolean
}

const RIDGE = 0.03
const ROUNDS = 25

export function fitStated(examples: readonly StatedExample[]): Record<string, number> {
  const names = signNames.filter((name) => name !== 'always')
  const spreads = names.map((name) => spreadOf(examples.map(({ signs }) => signs[name])))
  const rows = examples.map(({ signs }) => [
    ...names.map((name, at) => (signs[name] - spreads[at]!.mean) / spreads[at]!.spread),
    1,
  ])
  const right = examples.map(({ isStated }) => (isStated ? 1 : 0))
  let weights = new Array<number>(names.length + 1).fill(0)
  for (let round = 0; round < ROUNDS; round += 1) weights = newtonStep(weights, rows, right)
  const own = names.map((name, at): [string, number] => [name, weights[at]! / spreads[at]!.spread])
  const always =
    weights.at(-1)! - names.reduce((sum, _, at) => sum + (weights[at]! * spreads[at]!.mean) / spreads[at]!.spread, 0)
  return Object.fromEntries(
    [['always', always] as [string, number], ...own].map(([name, weight]) => [name, Number(weight.toFixed(4))]),
  )
}

function spreadOf(values: readonly number[]): { mean: number; spread: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, spread: Math.sqrt(variance) || 1 }
}

function newtonStep(weights: readonly number[], rows: readonly number[][], right: readonly number[]): number[] {
  const size = weights.length
  const slopes = weights.map((weight, at) => (at === size - 1 ? 0 : RIDGE * weight))
  const curves = weights.map((_, one) => weights.map((_weight, other) => (one === other ? RIDGE : 0)))
  rows.forEach((row, index) => {
    const chance = 1 / (1 + Math.exp(-row.reduce((sum, value, at) => sum + value * weights[at]!, 0)))
    for (let one = 0; one < size; one += 1) {
      slopes[one]! += ((chance - right[index]!) * row[one]!) / rows.length
      for (let other = 0; other < size; other += 1)
        curves[one]![other]! += (chance * (1 - chance) * row[one]! * row[other]!) / rows.length
    }
  })
  const step = solved(curves, slopes)
  return weights.map((weight, at) => weight - step[at]!)
}

/** Gauss's elimination with pivots. */
function solved(matrix: readonly number[][], values: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, values[at]!])
  const size = rows.length
  for (let at = 0; at < size; at += 1) {
    const best = rows
      .slice(at)
      .reduce((most, row, index) => (Math.abs(row[at]!) > Math.abs(rows[most]![at]!) ? at + index : most), at)
    ;[rows[at], rows[best]] = [rows[best]!, rows[at]!]
    for (let other = 0; other < size; other += 1) {
      if (other === at) continue
      const share = rows[other]![at]! / rows[at]![at]!
      for (let column = at; column <= size; column += 1) rows[other]![column]! -= share * rows[at]![column]!
    }
  }
  return rows.map((row, at) => row[size]! / row[at]!)
}
