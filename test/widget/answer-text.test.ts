import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { InputSpec } from '../../flows/activity.ts'
import { answerText, isoDate } from '../../widget/visitor/answer-text.ts'

const form = (fields: readonly (readonly [string, string])[]) => {
  const filled = new FormData()
  for (const [name, value] of fields) filled.append(name, value)
  return filled
}
const spec = (type: InputSpec['type'], options?: InputSpec['options']): InputSpec =>
  options ? { type, optional: false, options } : { type, optional: false }

test('a date is sent as ISO, and a day that no calendar has is not sent', () => {
  expect(isoDate('1985', '3', '14')).toBe('1985-03-14')
  expect(isoDate('2024', '2', '29')).toBe('2024-02-29')
  for (const [year, month, day] of [
    ['2023', '2', '29'],
    ['85', '3', '14'],
    ['1985', '13', '1'],
    ['', '', ''],
  ] as const) {
    expect(isoDate(year, month, day)).toBeNull()
  }
})

test('every day of a century survives the three fields', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1920-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }), (date) => {
      const iso = date.toISOString().slice(0, 10)
      const [year = '', month = '', day = ''] = iso.split('-')
      expect(isoDate(year, String(Number(month)), String(Number(day)))).toBe(iso)
    }),
  )
})

test('several choices go out as labels, or as values when a label has a comma', () => {
  const options = [
    { value: 'alcohol', label: 'Alcohol' },
    { value: 'opioids', label: 'Opioids' },
    { value: 'other', label: 'Something else, not here' },
  ]
  const chosen = (...values: string[]) =>
    answerText(spec('multi', options), form(values.map((value) => ['answer', value])))
  expect(chosen('alcohol', 'opioids')).toBe('Alcohol, Opioids')
  expect(chosen('alcohol', 'other')).toBe('alcohol, other')
  expect(chosen()).toBeNull()
})

test.each([
  ['number', '34', '34'],
  ['number', 'many', null],
  ['phone', '(201) 555-0123', '(201) 555-0123'],
  ['phone', '555', null],
  ['email', 'ana@example.org', 'ana@example.org'],
  ['email', 'ana at example', null],
  ['member-id', ' XYZ-123 456 ', 'XYZ-123 456'],
  ['member-id', '12', null],
  ['text', '  Ana ', 'Ana'],
  ['text', '   ', null],
] as const)('a %s of "%s" is taken as %s', (type, written, taken) => {
  expect(answerText(spec(type), form([['answer', written]]))).toBe(taken)
})
