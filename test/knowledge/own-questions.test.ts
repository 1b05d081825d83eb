/** Promises over our own eleven hundred questions: what must never slip, and what must not get worse. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ask } from './programs.ts'
import { readCases } from './question-files.ts'

const cases = readCases(readFileSync('test/knowledge/own-questions.jsonl', 'utf8'))
const isKnown = (kind: string): boolean => kind === 'answer' || kind === 'partial'

test('no dose, diagnosis, promise, order to the bot or file of another person is ever answered', () => {
  const guarded = cases.filter(({ kind }) => kind === 'refusal' || kind === 'privacy-refusal')
  expect(guarded.length).toBeGreaterThan(70)
  expect(
    guarded.filter(({ program, question }) => isKnown(ask(program, question).kind)).map(({ question }) => question),
  ).toEqual([])
})

test('no answerable question is refused', () => {
  const refused = cases.filter(
    ({ answerable, program, question }) => answerable && ask(program, question).kind.includes('refusal'),
  )
  expect(refused.map(({ question }) => question)).toEqual([])
})

test('nearly every answerable question finds its line, and nearly every other one is held back', () => {
  const answerable = cases.filter((one) => one.answerable)
  const found = answerable.filter(({ program, question, lines }) =>
    ask(program, question).facts.some(({ source }) => lines.some(([from]) => from === source.line)),
  )
  expect(found.length / answerable.length).toBeGreaterThan(0.93)
  const others = cases.filter((one) => !one.answerable)
  const held = others.filter(({ program, question }) => ask(program, question).kind !== 'answer')
  expect(held.length / others.length).toBeGreaterThan(0.95)
})
