/**
 * Fits the ear on labelled talk and writes its tables.
 *
 * usage: node scripts/fit-ear.ts FIT.jsonl… --hold HELD.jsonl… [--keep-thresholds]
 * Thresholds come from authors left out whole: each author of a held file is scored by tables that saw none of
 * her lines, neither held nor fitted. A file's name is its author's. The gate's own verdicts enter there as
 * they are, so held authors must be ones that it was not fitted on.
 */
import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { EAR_BUCKETS, earFeatures } from '../flows/safety/ear.ts'
import { checkInFrom, escalateFrom } from '../flows/safety/ear-weights.generated.ts'
import { hear, judgeHeard } from '../flows/safety/gate.ts'
import { CERTAIN, gateOdds, hasFrame } from '../flows/safety/gate-odds.ts'
import { RECENT_TURNS } from '../flows/safety/verdict.ts'
import { readLines } from '../test/safety/measure.ts'
import { type Example, fitKinds, fitTable, packed, packedKinds, score } from './ear-table.ts'

/**
 * Shares of the left-out authors' harmless lines that may be taken for danger, and that may be asked about
 * besides. Most of those lines are twins written to sound like danger, so in ordinary talk both are smaller.
 */
const FALSE_ALARMS = 0.046
const CHECK_INS = 0.075
/** Fits whose tables are averaged: each meets the lines in another order. One is enough to set thresholds by. */
const FITS = 3
/**
 * How likely a round learns from a line of these files that is told rightly already. They are many, alike and
 * nearly all calm: all of them at once make the table deaf to what visitors say.
 */
const DRAWN: ReadonlyMap<string, number> = new Map([
  ['house', 0.05],
  ['house-talks', 0.03],
  ['questions', 0.05],
  ['transcripts', 0.03],
])

/** Log-odds above every threshold. */
const SURE = 20

interface Lesson extends Example {
  readonly author: string
  /** What the gate counts beside the table. */
  readonly gate: number
}

const lessonsIn = (files: readonly string[]): Lesson[] =>
  files.flatMap((file) =>
    readLines([file]).map((line) => {
      const saidBefore = (line.context ?? []).slice(-RECENT_TURNS)
      const heard = hear(line.text, saidBefore)
      const features = Int32Array.from(earFeatures({ text: line.text, heard, saidBefore }))
      const verdict = judgeHeard(heard)
      const gate = hasFrame(verdict, CERTAIN) ? SURE : gateOdds(verdict, heard)
      const author = basename(file, '.jsonl')
      return { line, features, author, gate, drawn: DRAWN.get(author) ?? 1 }
    }),
  )

interface Scored {
  readonly author: string
  readonly danger: boolean
  readonly score: number
}

function scoreUnseen(lessons: readonly Lesson[], authors: readonly string[]): Scored[] {
  return authors.flatMap((author) => {
    const others = lessons.filter((one) => one.author !== author)
    const table = fitTable(others, { buckets: EAR_BUCKETS, fits: 1 })
    return lessons
      .filter((one) => one.author === author)
      .map(({ line, features, gate }) => ({ author, danger: line.must_escalate, score: score(table, features) + gate }))
  })
}

/** The score that this share of the calm lines exceeds. */
function exceededBy(scored: readonly Scored[], share: number): number {
  const calm = scored.filter(({ danger }) => !danger).map((one) => one.score)
  return calm.sort((a, b) => b - a)[Math.floor(calm.length * share)] as number
}

interface Thresholds {
  readonly escalateFrom: number
  readonly checkInFrom: number
}

/** One author's lines under the thresholds that all of them together set. */
function report(name: string, scored: readonly Scored[], { escalateFrom, checkInFrom }: Thresholds): void {
  const share = (danger: boolean, from: number): string => {
    const rows = scored.filter((one) => one.danger === danger)
    const above = rows.filter((one) => one.score >= from).length
    return `${above}/${rows.length} (${((100 * above) / rows.length).toFixed(1)} %)`
  }
  const [shown, heard] = [share(true, escalateFrom), share(true, checkInFrom)]
  const [falseAlarms, asked] = [share(false, escalateFrom), share(false, checkInFrom)]
  process.stderr.write(
    `${name}: danger escalated ${shown}, heard ${heard}; calm escalated ${falseAlarms}, heard ${asked}\n`,
  )
}

function thresholdsFrom(lessons: readonly Lesson[], authors: readonly string[]): Thresholds {
  const scored = scoreUnseen(lessons, authors)
  const thresholds = {
    escalateFrom: exceededBy(scored, FALSE_ALARMS),
    checkInFrom: exceededBy(scored, FALSE_ALARMS + CHECK_INS),
  }
  for (const [author, rows] of Map.groupBy(scored, (one) => one.author)) report(author, rows, thresholds)
  report('all', scored, thresholds)
  return thresholds
}

const fitFiles = process.argv.slice(2).filter((arg) => arg !== '--keep-thresholds')
const heldFiles = fitFiles.splice(fitFiles.indexOf('--hold')).slice(1)
const lessons = lessonsIn([...fitFiles, ...heldFiles])
const thresholds = process.argv.includes('--keep-thresholds')
  ? { escalateFrom, checkInFrom }
  : thresholdsFrom(
      lessons,
      heldFiles.map((file) => basename(file, '.jsonl')),
    )
const ear = fitTable(lessons, { buckets: EAR_BUCKETS, fits: FITS })
const weights = packed(ear.weights)
const module = `// Generated by npm run gate:ear (scripts/fit-ear.ts) from the labelled lines in test/safety. Do not edit.
import { unpack } from './unpack.ts'

export const bias = ${ear.bias}
export const escalateFrom = ${thresholds.escalateFrom}
export const checkInFrom = ${thresholds.checkInFrom}
export const earScale = ${weights.scale}
export const earWeights: Int8Array = unpack('${weights.text}')
/** Half a byte for each kind of danger. */
export const labelWeights: Int8Array = unpack('${packedKinds(fitKinds(lessons))}')
`
writeFileSync(join(import.meta.dirname, '../flows/safety/ear-weights.generated.ts'), module)
