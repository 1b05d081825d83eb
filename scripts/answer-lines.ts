/**
 * Puts questions and short answers together into labelled lines for the ear.
 *
 * The bank stands in `test/safety/author/answers.yaml`. Each question gets a few answers of every sort, picked
 * by its place in the bank, so the same lines come out on every machine.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { isDangerLabel } from '../flows/safety/verdict.ts'

type Sort = 'yes' | 'no' | 'often'
interface Bank {
  readonly questions: readonly ({ readonly ask: readonly string[] } & { readonly [sort in Sort]?: string })[]
  readonly answers: { readonly [sort in Sort]: readonly string[] }
}

/** Answers of one sort that a question gets. */
const EACH = 7
const folder = join(import.meta.dirname, '../test/safety')
const bank = parse(readFileSync(join(folder, 'author/answers.yaml'), 'utf8')) as Bank

let place = 0
const lines = bank.questions.flatMap(({ ask, ...labels }) =>
  ask.flatMap((question) =>
    (['yes', 'no', 'often'] as const).flatMap((sort) => {
      const label = labels[sort]
      if (label === undefined) return []
      const answers = bank.answers[sort]
      return Array.from({ length: EACH }, (_, turn) => {
        place += 1
        return lineOf({ question, text: answers[(place * 5 + turn) % answers.length] as string, label })
      })
    }),
  ),
)

function lineOf({ question, text, label }: { question: string; text: string; label: string }): object {
  const lang = /[¿áéíóúñ]/.test(question) ? 'es' : 'en'
  const context = [{ role: 'bot', text: question }]
  const danger = isDangerLabel(label)
  const tier = danger ? 'contextual' : 'neg_hard'
  return { id: `answer-${place}`, text, lang, context, label, must_escalate: danger, tier, alt: [] }
}

writeFileSync(join(folder, 'corpus/answers.jsonl'), `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`)
process.stderr.write(`${lines.length} answers to questions\n`)
