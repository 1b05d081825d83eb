/**
 * The labelled lines as the ear is fitted on them: each with its signs and what the gate counts beside it.
 */
import { basename } from 'node:path'
import { earFeatures } from '../flows/safety/ear.ts'
import { hear, judgeHeard } from '../flows/safety/gate.ts'
import { CERTAIN, gateOdds, hasFrame } from '../flows/safety/gate-odds.ts'
import { RECENT_TURNS } from '../flows/safety/verdict.ts'
import { readLines } from '../test/safety/measure.ts'
import type { Example } from './ear-table.ts'

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

export interface Lesson extends Example {
  readonly author: string
  /** What the gate counts beside the table. */
  readonly gate: number
}

export const lessonsIn = (files: readonly string[]): Lesson[] =>
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
