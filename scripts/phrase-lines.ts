/**
 * Labelled lines as the trainer of the phrase net reads them, and the trainer's run.
 *
 * A file of 32-bit numbers: how many lines; for each line danger (0 or 1), kind (-1 for none), author, percent
 * of fits it takes part in, then three parts (message, question, earlier turns): how many words, and for each
 * word how many numbers and the numbers.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { hear } from '../flows/safety/gate.ts'
import {
  earlierTurns,
  MOST_WORDS_BEFORE,
  messageWords,
  questionText,
  questionWords,
  turnWords,
} from '../flows/safety/phrases.ts'
import { dangerLabels, RECENT_TURNS } from '../flows/safety/verdict.ts'
import type { LabelledLine } from '../test/safety/measure.ts'

export interface AuthoredLine {
  readonly line: LabelledLine
  readonly author: string
}

/** What the trainer said of a line that it was not shown: log-odds of danger, then one number a kind. */
export type Said = readonly number[]

export interface Fit {
  /** By the line's place among those handed to the trainer. */
  readonly scores: ReadonlyMap<number, Said>
  readonly weights: Float32Array
}

export interface PhraseTrainer {
  /** Fits on every author but one and scores hers; `null` leaves nobody out. */
  fit(leftOut: string | null, seed: number): Promise<Fit>
}

/** Our own questions and buttons are many and alike: a part of them is enough for one fit. */
const HOUSE_PERCENT = 40

/** Compiles the trainer and hands it the lines; needs a C++ compiler (`c++`). */
export async function phraseTrainer(lines: readonly AuthoredLine[]): Promise<PhraseTrainer> {
  const run = promisify(execFile)
  const folder = mkdtempSync(join(tmpdir(), 'phrase-net-'))
  const [program, data] = [join(folder, 'phrase-net'), join(folder, 'lines')]
  await run('c++', ['-O3', '-march=native', '-ffast-math', '-o', program, join(import.meta.dirname, 'phrase-net.cpp')])
  const authors = [...new Set(lines.map(({ author }) => author))]
  writeFileSync(data, numbersOf(lines, authors))
  return {
    async fit(leftOut, seed) {
      const name = join(folder, `${leftOut}-${seed}`)
      const author = leftOut === null ? -1 : authors.indexOf(leftOut)
      await run(program, [data, `${author}`, `${seed}`, `${name}.scores`, `${name}.weights`])
      const bytes = readFileSync(`${name}.weights`)
      return {
        scores: scoresIn(readFileSync(`${name}.scores`, 'utf8')),
        weights: new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4),
      }
    },
  }
}

function numbersOf(lines: readonly AuthoredLine[], authors: readonly string[]): Int32Array {
  const numbers: number[] = [lines.length]
  for (const { line, author } of lines) {
    const saidBefore = (line.context ?? []).slice(-RECENT_TURNS)
    const kind = (dangerLabels as readonly string[]).indexOf(line.label)
    const keep = author.startsWith('house') ? HOUSE_PERCENT : 100
    numbers.push(line.must_escalate ? 1 : 0, kind, authors.indexOf(author), keep)
    const { tokens } = hear(line.text, saidBefore).reading
    const earlier = earlierTurns(saidBefore).flatMap(({ text }) => turnWords(text))
    const question = questionWords(questionText(saidBefore))
    for (const words of [messageWords(tokens, 0), question, earlier.slice(-MOST_WORDS_BEFORE)]) {
      numbers.push(words.length)
      for (const word of words) {
        numbers.push(word.length)
        for (const number of word) numbers.push(number)
      }
    }
  }
  return Int32Array.from(numbers)
}

function scoresIn(text: string): Map<number, Said> {
  const rows = text.split('\n').filter((row) => row !== '')
  return new Map(
    rows.map((row) => {
      const [index = 0, ...said] = row.split(' ').map(Number)
      return [index, said]
    }),
  )
}
