/**
 * The ear's linear tables: a weight for each bucket, fitted by adaptive gradient descent on labelled talk.
 */
import { LABEL_BUCKETS, LABEL_BYTES } from '../flows/safety/ear.ts'
import { dangerLabels, isDangerLabel } from '../flows/safety/verdict.ts'
import type { LabelledLine } from '../test/safety/measure.ts'

const ROUNDS = 10
/** Rounds at the end in which only lines of our own wording that are still mistaken are learnt from. */
const MENDING_ROUNDS = 4
const STEP = 0.3
const SHRINK = 3e-4
const KINDS = dangerLabels.length

export interface Example {
  readonly line: LabelledLine
  readonly features: Int32Array
  /** How likely a round learns from it though it is told rightly already, 0–1. */
  readonly drawn: number
}

export interface Table {
  readonly weights: Float32Array
  bias: number
}

/** A line is told rightly when its log-odds are this far on its own side. */
const MARGIN = 1.5

/** Danger against calm, bucket by bucket: the average of some fits, each of which meets the lines in another order. */
export function fitTable(examples: readonly Example[], { buckets, fits }: { buckets: number; fits: number }): Table {
  const average: Table = { weights: new Float32Array(buckets), bias: 0 }
  for (let fit = 0; fit < fits; fit += 1) {
    const { weights, bias } = fitOnce(examples, buckets, fit)
    average.bias += bias / fits
    weights.forEach((weight, bucket) => {
      average.weights[bucket]! += weight / fits
    })
  }
  return average
}

function fitOnce(examples: readonly Example[], buckets: number, fit: number): Table {
  const table: Table = { weights: new Float32Array(buckets), bias: 0 }
  const energy = new Float32Array(buckets).fill(1e-6)
  for (let round = 0; round < ROUNDS + MENDING_ROUNDS; round += 1) {
    const start = round + fit * 100
    const chance = chanceFrom(start + 1_000)
    for (const { line, features, drawn } of shuffled(examples, start)) {
      const odds = score(table, features)
      const isTold = line.must_escalate ? odds > MARGIN : odds < -MARGIN
      if (round < ROUNDS ? isTold && chance() >= drawn : isTold || drawn === 1) continue
      const error = 1 / (1 + Math.exp(-odds)) - Number(line.must_escalate)
      table.bias -= 0.02 * error
      descend({ weights: table.weights, energy }, features, error / Math.sqrt(features.length))
    }
  }
  return table
}

interface Descent {
  readonly weights: Float32Array
  readonly energy: Float32Array
}

function descend({ weights, energy }: Descent, places: Int32Array, slope: number): void {
  for (let index = 0; index < places.length; index += 1) {
    const place = places[index]!
    const down = slope + SHRINK * weights[place]!
    energy[place]! += down * down
    weights[place]! -= (STEP * down) / Math.sqrt(energy[place]!)
  }
}

export function score({ weights, bias }: Table, features: Int32Array): number {
  let sum = 0
  for (let index = 0; index < features.length; index += 1) sum += weights[features[index]!]!
  return bias + sum / Math.sqrt(features.length)
}

/** Chances from 0 to 1, the same ones on every machine. */
function chanceFrom(start: number): () => number {
  let seed = start + 1
  return () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return seed / 0x80000000
  }
}

function shuffled<T>(items: readonly T[], round: number): T[] {
  const chance = chanceFrom(round)
  const mixed = [...items]
  for (let index = mixed.length - 1; index > 0; index -= 1) {
    const other = Math.floor(chance() * (index + 1))
    ;[mixed[index], mixed[other]] = [mixed[other] as T, mixed[index] as T]
  }
  return mixed
}

/** Eight bits a weight; the few largest are clipped. */
export function packed(weights: Float32Array): { text: string; scale: number } {
  const { steps, scale } = inSteps(weights, 127, 0.9999)
  return { text: Buffer.from(steps.map((step) => step & 0xff)).toString('base64'), scale }
}

/** Weights as whole steps from `-most` to `most`; those above this quantile are clipped. */
function inSteps(weights: Float32Array, most: number, quantile: number): { steps: Int8Array; scale: number } {
  const sizes = weights.map(Math.abs).filter((size) => size > 0)
  const largest = sizes.sort()[Math.floor(sizes.length * quantile)] ?? 1
  const steps = Int8Array.from(weights, (weight) =>
    Math.max(-most, Math.min(most, Math.round((weight / largest) * most))),
  )
  return { steps, scale: largest / most }
}

/** The kinds' weights, half a byte each, two kinds in a byte. */
export function packedKinds(weights: Float32Array): string {
  const { steps } = inSteps(weights, 7, 0.99)
  const bytes = Buffer.alloc(LABEL_BUCKETS * LABEL_BYTES)
  for (let bucket = 0; bucket < LABEL_BUCKETS; bucket += 1) {
    for (let kind = 0; kind < KINDS; kind += 1) {
      const at = bucket * LABEL_BYTES + (kind >> 1)
      bytes[at]! |= (steps[bucket * KINDS + kind]! & 15) << (kind % 2 === 0 ? 0 : 4)
    }
  }
  return bytes.toString('base64')
}

/** Kinds that lead to the same first resource: one for the other is half a mistake. */
const sameResource: readonly (readonly string[])[] = [
  ['suicide_passive', 'suicide_active', 'self_harm'],
  ['suicide_imminent', 'harm_to_others', 'psychosis_danger'],
  ['withdrawal_emergency', 'medical_emergency'],
]

/** All kinds of danger against each other, on danger lines only: bucket by bucket, kind by kind. */
export function fitKinds(examples: readonly Example[]): Float32Array {
  const weights = new Float32Array(LABEL_BUCKETS * KINDS)
  const energy = new Float32Array(weights.length).fill(1e-6)
  const danger = examples
    .filter(({ line }) => isDangerLabel(line.label))
    .map((one) => ({ ...one, features: one.features.map((feature) => (feature % LABEL_BUCKETS) * KINDS) }))
  const descents = dangerLabels.map((_, kind) => ({ weights: weights.subarray(kind), energy: energy.subarray(kind) }))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { line, features } of shuffled(danger, round)) {
      const share = 1 / Math.sqrt(features.length)
      const chances = kindChances(weights, features)
      const wanted = wantedChances(line, chances)
      for (let kind = 0; kind < KINDS; kind += 1) {
        const slope = (chances[kind]! - wanted[kind]!) * share
        if (Math.abs(slope) > 1e-5) descend(descents[kind] as Descent, features, slope)
      }
    }
  }
  return weights
}

/** How likely each kind is; `rows` are where the buckets' weights begin. */
function kindChances(weights: Float32Array, rows: Int32Array): number[] {
  const sums = new Array<number>(KINDS).fill(0)
  for (const row of rows) for (let kind = 0; kind < KINDS; kind += 1) sums[kind]! += weights[row + kind]!
  const scores = sums.map((sum) => sum / Math.sqrt(rows.length))
  const largest = Math.max(...scores)
  const raised = scores.map((one) => Math.exp(one - largest))
  const total = raised.reduce((sum, one) => sum + one, 0)
  return raised.map((one) => one / total)
}

/** Half for the line's own kind, half shared by all that bring the right resource, as likely as they are. */
function wantedChances({ label, alt = [] }: LabelledLine, chances: readonly number[]): number[] {
  const alike = sameResource.find((kinds) => kinds.includes(label)) ?? [label]
  const fits = dangerLabels.map((kind) => alike.includes(kind) || alt.includes(kind))
  const total = chances.reduce((sum, chance, kind) => sum + (fits[kind] ? chance : 0), 0)
  return dangerLabels.map(
    (kind, index) => 0.5 * Number(kind === label) + (fits[index] ? (0.5 * chances[index]!) / total : 0),
  )
}
