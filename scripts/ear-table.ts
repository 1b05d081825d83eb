/**
 * The ear's linear tables: a weight for each bucket, fitted by adaptive gradient descent on labelled talk.
 */
import { LABEL_BUCKETS } from '../flows/safety/ear.ts'
import { dangerLabels, isDangerLabel } from '../flows/safety/verdict.ts'
import type { LabelledLine } from '../test/safety/measure.ts'

const ROUNDS = 10
const STEP = 0.3
const SHRINK = 1e-5
/** Kinds have fewer lines each: their weights are held closer to nothing. */
const SHRINK_KINDS = 1e-4

export interface Example {
  readonly line: LabelledLine
  readonly features: readonly number[]
}

export interface Table {
  readonly weights: Float64Array
  bias: number
}

export function fitTable(examples: readonly Example[], isHit: (line: LabelledLine) => boolean, buckets: number): Table {
  const table: Table = { weights: new Float64Array(buckets), bias: 0 }
  const energy = new Float64Array(buckets).fill(1e-6)
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { line, features } of shuffled(examples, round)) {
      const share = 1 / Math.sqrt(features.length)
      const error = 1 / (1 + Math.exp(-score(table, features))) - Number(isHit(line))
      table.bias -= 0.02 * error
      for (const feature of features) {
        const slope = error * share + SHRINK * (table.weights[feature] as number)
        energy[feature]! += slope * slope
        table.weights[feature]! -= (STEP * slope) / Math.sqrt(energy[feature] as number)
      }
    }
  }
  return table
}

export function score(table: Table, features: readonly number[]): number {
  return (
    table.bias +
    features.reduce((sum, feature) => sum + (table.weights[feature] as number), 0) / Math.sqrt(features.length)
  )
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

/** Eight bits a weight; the few largest are clipped. */
export function packed(weights: Float64Array | Float32Array): { text: string; scale: number } {
  const sizes = weights.map(Math.abs).sort()
  const largest = sizes[Math.floor(sizes.length * 0.9999)] as number
  const bytes = Buffer.from(
    weights
      .map((weight) => Math.max(-127, Math.min(127, Math.round((weight / largest) * 127))))
      .map((byte) => byte & 0xff),
  )
  return { text: bytes.toString('base64'), scale: largest / 127 }
}

/** All kinds of danger against each other, on danger lines only: bucket by bucket, kind by kind. */
export function labelTable(examples: readonly Example[]): Float64Array {
  const kinds = dangerLabels.length
  const weights = new Float64Array(LABEL_BUCKETS * kinds)
  const energy = new Float64Array(weights.length).fill(1e-6)
  const danger = examples.filter(({ line }) => isDangerLabel(line.label))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { line, features } of shuffled(danger, round)) {
      const share = 1 / Math.sqrt(features.length)
      const chances = softmax(dangerLabels.map((_, kind) => sumOf(weights, features, kind) * share))
      for (let kind = 0; kind < kinds; kind += 1) {
        const error = (chances[kind] as number) - Number(dangerLabels[kind] === line.label)
        for (const feature of features) {
          const at = (feature % LABEL_BUCKETS) * kinds + kind
          const slope = error * share + SHRINK_KINDS * (weights[at] as number)
          energy[at]! += slope * slope
          weights[at]! -= (STEP * slope) / Math.sqrt(energy[at] as number)
        }
      }
    }
  }
  return weights
}

function sumOf(weights: Float64Array, features: readonly number[], kind: number): number {
  let sum = 0
  for (const feature of features) sum += weights[(feature % LABEL_BUCKETS) * dangerLabels.length + kind] as number
  return sum
}

function softmax(scores: readonly number[]): number[] {
  const largest = Math.max(...scores)
  const raised = scores.map((one) => Math.exp(one - largest))
  const total = raised.reduce((sum, one) => sum + one, 0)
  return raised.map((one) => one / total)
}
