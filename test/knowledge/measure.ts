/**
 * Measures answers on a file of questions: `node test/knowledge/measure.ts FILE… [--misses] [--house]`.
 *
 * With --house each question is the first message of a fresh conversation, gate and script included.
 *
 * Prints the share of strictly grounded answers, of unanswerable questions held back, slips of refusal
 * and privacy, forbidden words said and foreign sources cited, each with its Wilson interval (95 %).
 */
import { readFileSync } from 'node:fs'
import { answer } from '../../knowledge/answer.ts'
import type { Answer } from '../../knowledge/answer-types.ts'
import { readLibrary } from '../../knowledge/library.ts'
import type { Program } from '../../knowledge/program.ts'
import { type Case, isSaid, readCases } from './question-files.ts'

const { library } = readLibrary('knowledge/programs')
const programs = new Map(library.programs.map((program) => [program.id, program]))
const names = process.argv.slice(2)
const files = names.filter((name) => !name.startsWith('--'))
const cases = files.flatMap((file) => readCases(readFileSync(file, 'utf8')))

type Reply = Pick<Answer, 'text' | 'isQuestion'> & {
  readonly kind: string
  readonly facts: readonly { readonly id: string; readonly source: { readonly file: string; readonly line: number } }[]
}

interface Judged {
  readonly one: Case
  readonly reply: Reply
  readonly ms: number
  readonly fault: string
}

const house = names.includes('--house') ? (await import('../../bot/house-in-memory.ts')).houseInMemory() : null
const judged: Judged[] = []
for (const one of cases) {
  const program = programs.get(one.program)
  if (!program) continue
  const started = performance.now()
  const reply = await replyTo(one, program)
  judged.push({ one, reply, ms: performance.now() - started, fault: faultOf(one, reply, program.source.file) })
}

async function replyTo(one: Case, program: Program): Promise<Reply> {
  const locale = one.lang === 'es' ? 'es-US' : 'en-US'
  if (house === null)
    return answer(
      // A fresh conversation waits for any question, so a bare "price" asks.
      { text: one.question, locale, isOpen: one.before.length === 0, saidBefore: one.before, today: '2026-11-23' },
      program,
    )
  const { freshReply } = await import('../../bot/turn/fresh-reply.ts')
  const { kind, text, citations } = await freshReply(house, { program: program.id, text: one.question, locale })
  const page = readFileSync(`knowledge/programs/${program.id}/source/${program.source.file}`, 'utf8').split('\n')
  const facts = citations.map(({ file, quote }) => ({
    id: file,
    source: { file, line: page.findIndex((line) => line.includes(quote)) + 1 },
  }))
  return { kind, text, facts, isQuestion: true }
}

function faultOf(one: Case, reply: Reply, file: string): string {
  const text = reply.text.toLowerCase().replaceAll('’', "'")
  const has = (words: string): boolean => isSaid(text, words)
  if (reply.facts.some((fact) => fact.source.file !== file && fact.source.file !== 'about-this-assistant.txt'))
    return 'foreign'
  const banned = one.forbidden.find((words) => text.includes(words.toLowerCase().replaceAll('’', "'")))
  if (banned !== undefined) return `forbidden: ${banned}`
  const answered = reply.kind === 'answer' || reply.kind === 'partial'
  if (!one.answerable)
    return answered && !reply.facts.every((fact) => fact.source.file === 'about-this-assistant.txt')
      ? 'answered'
      : answered
        ? 'house'
        : ''
  if (!answered) return `kind ${reply.kind}`
  const missing = one.expected.find((words) => !has(words))
  if (missing !== undefined) return `missing: ${missing}`
  const cites =
    one.lines.length === 0 ||
    reply.facts.some((fact) => one.lines.some(([from, to]) => fact.source.line >= from && fact.source.line <= to))
  return cites ? '' : 'wrong line'
}

/** The first fact that is said stands on the right lines. */
function isFirst(one: Case, { facts }: Reply): boolean {
  const lines = facts.filter(({ id }) => id === facts[0]?.id).map(({ source }) => source.line)
  return one.lines.length === 0 || one.lines.some(([from, to]) => lines.some((line) => line >= from && line <= to))
}

function share(label: string, of: readonly Judged[], good: (one: Judged) => boolean): void {
  const n = of.length
  const k = of.filter(good).length
  const [low, high] = wilson(k, n)
  console.log(
    `${label.padEnd(34)} ${k}/${n} ${n ? ((100 * k) / n).toFixed(1) : '–'} % [${low.toFixed(1)}–${high.toFixed(1)}]`,
  )
}

/** Wilson's score interval for k of n, in percent. */
function wilson(k: number, n: number): [number, number] {
  if (n === 0) return [0, 100]
  const z = 1.96
  const p = k / n
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n)
  return [100 * (middle - half), 100 * (middle + half)]
}

const answerable = judged.filter(({ one }) => one.answerable)
const unanswerable = judged.filter(({ one }) => !one.answerable)
share('strict grounded', answerable, ({ fault }) => fault === '')
for (const lang of ['en', 'es', 'mixed'])
  share(
    `  ${lang}`,
    answerable.filter(({ one }) => one.lang === lang),
    ({ fault }) => fault === '',
  )
for (const id of programs.keys())
  share(
    `  ${id}`,
    answerable.filter(({ one }) => one.program === id),
    ({ fault }) => fault === '',
  )
share('  right and said outright', answerable, ({ reply, fault }) => fault === '' && reply.kind === 'answer')
share('  right first', answerable, ({ one, reply, fault }) => fault === '' && isFirst(one, reply))
share('held back', unanswerable, ({ reply, fault }) => reply.kind !== 'answer' && !fault.startsWith('f'))
for (const id of programs.keys())
  share(
    `  ${id}`,
    unanswerable.filter(({ one }) => one.program === id),
    ({ fault }) => fault === '',
  )
share(
  '  and nothing of the page said',
  unanswerable,
  ({ reply }) => reply.kind !== 'answer' && reply.kind !== 'partial',
)
const kinds = [...new Set(unanswerable.map(({ one }) => one.kind))]
for (const kind of kinds)
  share(
    `  expected ${kind}: same kind`,
    unanswerable.filter(({ one }) => one.kind === kind),
    ({ reply }) => reply.kind === kind,
  )
share('answers wrongly refused', answerable, ({ reply }) => reply.kind.includes('refusal'))
share('forbidden words said', judged, ({ fault }) => fault.startsWith('forbidden'))
share('another program cited', judged, ({ fault }) => fault === 'foreign')
share('taken for no question', judged, ({ reply }) => !reply.isQuestion)
const times = judged.map(({ ms }) => ms).sort((a, b) => a - b)
console.log(
  `p50 ${times[Math.floor(times.length / 2)]?.toFixed(2)} ms, p99 ${times[Math.floor(times.length * 0.99)]?.toFixed(2)} ms`,
)
if (names.includes('--misses')) {
  for (const { one, reply, fault } of judged.filter(({ fault: found }) => found !== ''))
    console.log(
      `\n${one.id} ${one.program} [${fault}] ${one.lines.map(([a, b]) => `${a}-${b}`).join(' ')}\n  ${one.question}\n  ${reply.kind} ${reply.facts.map((fact) => fact.id).join(' ')}: ${reply.text.slice(0, 200)}`,
    )
}
await house?.store.close()
