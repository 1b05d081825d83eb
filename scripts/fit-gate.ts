/**
 * Fits the weights of the gate's evidence on labelled talk and writes them to `evidence.yaml`.
 *
 * usage: node scripts/fit-gate.ts FILE.jsonl… FILE.txt… [--all]. Without `--all` the validation quarter is left
 * out. Thresholds come from cross-validation inside the fitted part, never from its own scores.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { readBackground } from '../flows/safety/background.ts'
import { featuresOf } from '../flows/safety/evidence.ts'
import { read } from '../flows/safety/reading.ts'
import { dangerLabels } from '../flows/safety/verdict.ts'
import { weigh } from '../flows/safety/weigh.ts'
import { readAuthorLines } from '../test/safety/author-lines.ts'
import { isValidation, type LabelledLine, readLines } from '../test/safety/measure.ts'

interface Example {
  readonly features: readonly string[]
  readonly line: LabelledLine
}

const FOLDS = 5
const ROUNDS = 30
const STEP = 0.15
const SHRINK = 0.006
const SPARSE = 0.042
/** Plain speech must never be missed nor misheard, so it counts more than its share. */
const PLAIN_COUNTS = 3
/** Shares of harmless lines that may be taken for danger, or asked about. */
const FALSE_ALARMS = 0.042
const CHECK_INS = 0.13

function exampleOf(line: LabelledLine): Example {
  const background = readBackground(line.context ?? [])
  const reading = read(line.text)
  const signals = weigh(reading, background)
  return { line, features: featuresOf(reading, background, { signals, from: 0, to: reading.tokens.length }) }
}

/** Adaptive gradient descent on the logistic loss, with weights shrunk and small ones dropped. */
function learn(
  examples: readonly Example[],
  isHit: (line: LabelledLine) => boolean,
  rarest: number,
): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { features } of examples)
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  const weights = new Map<string, { value: number; energy: number }>([['bias', { value: 0, energy: 1 }]])
  for (const [feature, count] of counts) if (count >= rarest) weights.set(feature, { value: 0, energy: 1 })
  for (let round = 0; round < ROUNDS; round++)
    for (const example of shuffled(examples, round)) step(weights, example, isHit(example.line))
  return new Map([...weights].map(([feature, { value }]) => [feature, value]))
}

function step(weights: Map<string, { value: number; energy: number }>, example: Example, hit: boolean): void {
  const active = ['bias', ...example.features].flatMap((feature) => weights.get(feature) ?? [])
  const score = active.reduce((total, { value }) => total + value, 0)
  const error = (example.line.tier.endsWith('plain') ? PLAIN_COUNTS : 1) * (1 / (1 + Math.exp(-score)) - Number(hit))
  for (const weight of active) {
    const slope = error + SHRINK * weight.value
    weight.energy += slope * slope
    const rate = STEP / Math.sqrt(weight.energy)
    const moved = weight.value - rate * slope
    weight.value = Math.sign(moved) * Math.max(0, Math.abs(moved) - rate * SPARSE)
  }
}

/** The same order for the same round on every machine. */
function shuffled<T>(items: readonly T[], round: number): T[] {
  const mixed = [...items]
  let seed = round + 1
  for (let i = mixed.length - 1; i > 0; i--) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    const j = seed % (i + 1)
    const held = mixed[i]!
    mixed[i] = mixed[j]!
    mixed[j] = held
  }
  return mixed
}

export const score = (weights: ReadonlyMap<string, number>, features: readonly string[]): number =>
  features.reduce((total, feature) => total + (weights.get(feature) ?? 0), weights.get('bias') ?? 0)

function foldOf({ pair, id }: LabelledLine): number {
  return [...(pair ?? id)].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7) % FOLDS
}

/** The author's own lines fit weights, but no threshold rests on them. */
function isCorpus({ id }: LabelledLine): boolean {
  return /^[a-z]\d+$/.test(id)
}

/** Scores of harmless lines by weights that never saw them, highest first. */
function unseenCalmScores(examples: readonly Example[]): number[] {
  const scores: number[] = []
  for (let fold = 0; fold < FOLDS; fold++) {
    const weights = learn(
      examples.filter(({ line }) => foldOf(line) !== fold),
      (line) => line.must_escalate,
      2,
    )
    for (const { line, features } of examples)
      if (foldOf(line) === fold && !line.must_escalate && isCorpus(line)) scores.push(score(weights, features))
  }
  return scores.sort((a, b) => b - a)
}

/** Steps of an eighth: fine enough, and small in the browser. */
function evidenceOf(weights: ReadonlyMap<string, number>): Record<string, string> {
  const steps = [...weights].map(([feature, value]) => [feature, Math.round(value * 8)] as const)
  const groups = Map.groupBy(
    steps.filter(([feature, value]) => feature === 'bias' || Math.abs(value) > 3),
    ([, value]) => (Math.abs(value) > 4 ? 2 * Math.round(value / 2) : value),
  )
  const rows = [...groups].sort(([a], [b]) => a - b)
  return Object.fromEntries(
    rows.map(([value, list]) => [
      String(value),
      list
        .map(([feature]) => feature)
        .sort()
        .join(' '),
    ]),
  )
}

function labelsOf(examples: readonly Example[]): Record<string, string> {
  const danger = examples
    .filter(({ line }) => line.must_escalate)
    .map(({ line, features }) => ({
      line,
      features: features.filter((feature) => /^[A-Z?<#]/.test(feature) && !/^\?.*[A-Z]/.test(feature)),
    }))
  const fits = dangerLabels.map((label) => learn(danger, (line) => line.label === label, 8))
  const features = [...new Set(fits.flatMap((weights) => [...weights.keys()]))].sort()
  const code = (value: number): string =>
    String.fromCharCode(
      'm'.charCodeAt(0) + (Math.abs(value) < 0.75 ? 0 : 2 * Math.max(-3, Math.min(3, Math.round(value)))),
    )
  const rows = features.map(
    (feature) => [feature, fits.map((weights) => code(weights.get(feature) ?? 0)).join('')] as const,
  )
  return Object.fromEntries(rows.filter(([, codes]) => codes !== 'm'.repeat(dangerLabels.length)))
}

function main(args: readonly string[]): void {
  const lines = readLines(args.filter((arg) => arg.endsWith('.jsonl'))).filter(
    (line) => args.includes('--all') || !isValidation(line),
  )
  const own = args.filter((arg) => arg.endsWith('.txt')).flatMap(readAuthorLines)
  const examples = [...lines, ...own].map(exampleOf)
  const calm = unseenCalmScores(examples)
  const at = (share: number): number => Math.round(100 * calm[Math.floor(calm.length * share)]!) / 100
  const file = join(import.meta.dirname, '../flows/safety/evidence.yaml')
  const head = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('#'))
    .join('\n')
  const evidence = {
    escalateAt: at(FALSE_ALARMS),
    checkInAt: at(CHECK_INS),
    evidence: evidenceOf(learn(examples, (line) => line.must_escalate, 2)),
    labels: labelsOf(examples),
  }
  writeFileSync(file, `${head}\n${stringify(evidence, { lineWidth: 120 })}`)
  console.log(
    `${examples.length} lines, ${Object.values(evidence.evidence).join(' ').split(' ').length} weights, escalate at ${evidence.escalateAt}, check in at ${evidence.checkInAt}`,
  )
}

if (import.meta.main) main(process.argv.slice(2))
