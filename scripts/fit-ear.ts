/**
 * Fits the ear on labelled talk and writes its table.
 *
 * usage: node scripts/fit-ear.ts FIT.jsonl… --hold HELD.jsonl…
 * Thresholds come from the held files, five-fold: each fifth is scored by a table that never saw it.
 * The gate's own verdicts enter there as they are, so held files must be ones it was not fitted on.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EAR_BUCKETS, earFeatures, LABEL_BUCKETS } from '../flows/safety/ear.ts'
import { hear, judge } from '../flows/safety/gate.ts'
import { dangerLabels, isDangerLabel } from '../flows/safety/verdict.ts'
import { type LabelledLine, readLines } from '../test/safety/measure.ts'

const ROUNDS = 10
const STEP = 0.3
const SHRINK = 1e-5
/** Kinds have fewer lines each: their weights are held closer to nothing. */
const SHRINK_KINDS = 1e-4
const FOLDS = 5
/**
 * Shares of harmless held lines that may be taken for danger, and that may be asked about besides. A third of
 * the held calm are twins written to sound like danger, so in ordinary talk both shares are smaller.
 */
const FALSE_ALARMS = 0.07
const CHECK_INS = 0.07
const GATE_COUNTS = 0.25
const level = { 'go-on': 0, 'check-in': 1, escalate: 2 }

interface Example {
  readonly line: LabelledLine
  readonly features: readonly number[]
}

interface Table {
  readonly weights: Float64Array
  bias: number
}

function fitTable(examples: readonly Example[], isHit: (line: LabelledLine) => boolean, buckets: number): Table {
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

function score(table: Table, features: readonly number[]): number {
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

const isDanger = (line: LabelledLine): boolean => line.must_escalate
const exampleOf = (line: LabelledLine): Example => {
  const saidBefore = line.context ?? []
  return { line, features: earFeatures({ text: line.text, heard: hear(line.text, saidBefore), saidBefore }) }
}

function thresholds(
  fitted: readonly Example[],
  held: readonly Example[],
): { escalateFrom: number; checkInFrom: number; recall: number } {
  const scored: { danger: boolean; score: number }[] = []
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const table = fitTable([...fitted, ...held.filter((_, index) => index % FOLDS !== fold)], isDanger, EAR_BUCKETS)
    for (const { line, features } of held.filter((_, index) => index % FOLDS === fold)) {
      const { outcome } = judge(line.text, line.context ?? [])
      scored.push({ danger: line.must_escalate, score: score(table, features) + GATE_COUNTS * level[outcome] })
    }
  }
  const calm = scored
    .filter((one) => !one.danger)
    .map((one) => one.score)
    .sort((a, b) => b - a)
  const escalateFrom = calm[Math.floor(calm.length * FALSE_ALARMS)] as number
  const checkInFrom = calm[Math.floor(calm.length * (FALSE_ALARMS + CHECK_INS))] as number
  const danger = scored.filter((one) => one.danger)
  return { escalateFrom, checkInFrom, recall: danger.filter((one) => one.score > escalateFrom).length / danger.length }
}

/** Eight bits a weight; the few largest are clipped. */
function packed(weights: Float64Array): { text: string; scale: number } {
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
function labelTable(examples: readonly Example[]): Float64Array {
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

const [fitFiles, heldFiles] = [process.argv.slice(2), [] as string[]]
const at = fitFiles.indexOf('--hold')
if (at >= 0) heldFiles.push(...fitFiles.splice(at).slice(1))
const fitted = readLines(fitFiles).map(exampleOf)
const held = readLines(heldFiles).map(exampleOf)
const { escalateFrom, checkInFrom, recall } = thresholds(fitted, held)
process.stderr.write(
  `${fitted.length} fitted, ${held.length} held; recall on held lines at the threshold ${recall.toFixed(3)}\n`,
)
const ear = fitTable([...fitted, ...held], isDanger, EAR_BUCKETS)
const earPacked = packed(ear.weights)
const labels = packed(labelTable([...fitted, ...held]))
const module = `// Generated by npm run gate:ear (scripts/fit-ear.ts) from the labelled lines in test/safety. Do not edit.
export const bias = ${ear.bias}
export const escalateFrom = ${escalateFrom}
export const checkInFrom = ${checkInFrom}
export const gateCounts = ${GATE_COUNTS}
export const earScale = ${earPacked.scale}
export const labelScale = ${labels.scale}
const unpack = (text: string): Int8Array => Int8Array.from(atob(text), (letter) => letter.charCodeAt(0))
export const earWeights: Int8Array = unpack('${earPacked.text}')
export const labelWeights: Int8Array = unpack('${labels.text}')
`
writeFileSync(join(import.meta.dirname, '../flows/safety/ear-weights.generated.ts'), module)
