/**
 * Danger first, locked: only `screen` makes a screened message, and no text around it hides plain danger.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listen } from '../../flows/safety/listen.ts'
import { readLines } from '../safety/measure.ts'
import { sourceFiles } from './source-files.ts'

test('nothing but `screen` makes a ScreenedMessage in the product', () => {
  const makers = sourceFiles()
    .filter(({ path }) => !path.startsWith('test/'))
    .filter(({ text }) => /as (unknown as )?ScreenedMessage/.test(text))
    .map(({ path }) => path)
  expect(makers).toEqual(['flows/safety/screen.ts'])
})

const plain = ['I want to kill myself', "I'm going to kill myself tonight", 'me quiero matar', 'I want to end my life']

test('plain danger is heard whatever stands before and after it', () => {
  const around = fc.string({ maxLength: 200, unit: 'grapheme' })
  fc.assert(
    fc.property(fc.constantFrom(...plain), around, around, (danger, before, after) => {
      expect(listen(`${before}. ${danger}. ${after}`, []).outcome).toBe('escalate')
    }),
    { numRuns: 300 },
  )
})

test('our own buttons alarm nobody, and a yes to a safety question always does', () => {
  const lines = readLines(['test/safety/corpus/house.jsonl'])
  const wrong = lines.filter(
    (line) => (listen(line.text, line.context ?? []).outcome === 'escalate') !== line.must_escalate,
  )
  expect(lines.length).toBeGreaterThan(1_000)
  expect(wrong.map(({ id, text }) => `${id} ${text}`)).toEqual([])
})

test('whatever is written, listening ends, and says something that the contract knows', () => {
  const odd = fc.oneof(
    fc.string({ maxLength: 8_000 }),
    fc.string({ unit: 'binary', maxLength: 2_000 }),
    fc.constant('🔫'.repeat(4_000)),
  )
  fc.assert(
    fc.property(odd, (text) => {
      const { outcome, label } = listen(text, [])
      expect(['escalate', 'check-in', 'go-on']).toContain(outcome)
      expect(outcome === 'go-on').toBe(label === 'none' || label === 'distress')
    }),
    { numRuns: 150 },
  )
})
