import { expect, test } from 'vitest'
import { hasValidCheckDigit } from '../../flows/engine/instrument.ts'
import { type ItemAnswers, score } from '../../flows/engine/score.ts'
import { flows } from './house.ts'

const instrument = (id: string) => flows.instruments.get(id)!

/** All items answered with the option of this index. */
function all(id: string, index: number): ItemAnswers {
  return Object.fromEntries(instrument(id).items.map((item) => [item.linkId, item.options[index]!.value]))
}

test.each([
  ['audit-c', 12, 4],
  ['phq-2', 6, 3],
  ['phq-4', 12, 3],
  ['phq-9', 27, 3],
  ['gad-2', 6, 3],
  ['gad-7', 21, 3],
  ['pc-ptsd-5', 5, 1],
] as const)('%s reaches from 0 to %i', (id, highest, last) => {
  expect(score(instrument(id), all(id, 0)).total).toBe(0)
  expect(score(instrument(id), all(id, last)).total).toBe(highest)
})

test('an instrument that lacks an item has no total: nothing is prorated', () => {
  const { phq1: _, ...rest } = all('phq-9', 1) as Record<string, string>
  expect(score(instrument('phq-9'), rest)).toMatchObject({ total: null, isPositive: null })
  expect(score(instrument('phq-9'), { ...all('phq-9', 1), phq3: null }).total).toBeNull()
})

test('"never drinks" skips the other two AUDIT-C items and scores 0', () => {
  expect(score(instrument('audit-c'), { audit1: 'never' }).total).toBe(0)
  expect(score(instrument('audit-c'), { audit1: 'monthly-or-less' }).total).toBeNull()
})

test.each([
  ['audit-c', { audit1: '2-3-times-a-week', audit2: '1-or-2', audit3: 'never' }, 3, true],
  ['audit-c', { audit1: '2-4-times-a-month', audit2: '1-or-2', audit3: 'never' }, 2, false],
  ['phq-2', { phq1: 'several-days', phq2: 'more-than-half-the-days' }, 3, true],
  ['phq-2', { phq1: 'several-days', phq2: 'several-days' }, 2, false],
] as const)('%s %o is %i, positive: %s', (id, answers, total, isPositive) => {
  expect(score(instrument(id), answers)).toMatchObject({ total, isPositive })
})

test('the PHQ-4 keeps its two halves', () => {
  expect(
    score(instrument('phq-4'), {
      gad1: 'nearly-every-day',
      gad2: 'not-at-all',
      phq1: 'not-at-all',
      phq2: 'several-days',
    }),
  ).toMatchObject({ total: 4, subscores: { 'gad-2': 3, 'phq-2': 1 } })
})

test.each([
  [{ asq1: 'no', asq2: 'no', asq3: 'no', asq4: 'no' }, 'negative (nothing reported)', false],
  [{ asq1: 'no', asq2: 'no', asq3: 'no', asq4: 'yes', asq5: 'no' }, 'non-acute-positive', true],
  [{ asq1: 'no', asq2: 'no', asq3: 'no', asq4: 'yes', asq5: 'yes' }, 'acute-positive', true],
  [{ asq1: 'yes', asq2: 'no', asq3: 'no', asq4: 'no' }, 'positive-unknown-acuity', true],
  [{ asq1: null, asq2: 'no', asq3: 'no', asq4: 'no', asq5: 'no' }, 'non-acute-positive', true],
  [{ asq1: 'no' }, null, null],
] as const)('ASQ %o is %s', (answers, meaning, isPositive) => {
  expect(score(instrument('asq'), answers)).toMatchObject({ meaning, isPositive, total: null })
})

test('any answer but "Never" makes a TAPS-1 class positive, and there is no total', () => {
  expect(score(instrument('taps-1'), { ...all('taps-1', 0), taps4: 'monthly' })).toMatchObject({
    total: null,
    isPositive: true,
  })
  expect(score(instrument('taps-1'), all('taps-1', 0)).isPositive).toBe(false)
})

test('every LOINC code has its check digit, and a made-up one does not', () => {
  const codes = JSON.stringify([...flows.instruments.values()])
    .match(/"(LA)?\d+-\d"/g)!
    .map((code) => code.slice(1, -1))
  expect(codes.length).toBeGreaterThan(150)
  expect(codes.filter((code) => !hasValidCheckDigit(code))).toEqual([])
  expect(hasValidCheckDigit('75626-3')).toBe(false)
  expect(hasValidCheckDigit('LA6568-4')).toBe(false)
})

test('the GAD-7 zero answer is "Not at all"', () => {
  expect(instrument('gad-7').items.map((item) => item.options[0]!.text)).toEqual(Array(7).fill('Not at all'))
})
