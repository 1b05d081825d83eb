/** What the team stated for a question is the answer to just that question, and to no other. */
import { beforeAll, expect, test } from 'vitest'
import { answer } from '../../knowledge/answer.ts'
import { readLibrary } from '../../knowledge/library.ts'
import type { Program } from '../../knowledge/program.ts'
import { staffFact, withFacts } from '../../knowledge/staff/staff-fact.ts'

let program: Program
beforeAll(() => {
  const read = readLibrary('knowledge/programs').library.programs.find(({ id }) => id === 'inspira')!
  const on = '2026-11-28'
  const own = {
    topic: null,
    source: 'front desk',
    owner: 'admissions',
    statedOn: on,
    reviewedOn: on,
    reviewBy: '2027-05-28',
  }
  const director = staffFact(
    {
      ...own,
      id: 'stated-1',
      en: 'Dr. Ellis is the medical director.',
      es: 'La directora médica es la Dra. Ellis.',
      tries: { en: ['who is the medical director'], es: ['¿quién es la directora médica?'] },
    },
    read,
  )
  const price = staffFact(
    {
      ...own,
      id: 'stated-2',
      en: 'Without insurance a week costs 900 dollars.',
      es: 'Sin seguro una semana cuesta 900 dólares.',
      tries: { en: ['how much is it without insurance'], es: [] },
    },
    read,
  )
  program = withFacts(read, [director, price])
})

const asked = (text: string) => answer({ text, locale: 'en-US', today: '2026-12-01' }, program)

test.each([
  ['who is the medical director', 'Dr. Ellis'],
  ['hi, who is your medical director??', 'Dr. Ellis'],
  ['¿Quién es la directora médica?', 'directora médica es'],
  ['how much is it, without insurance', '900 dollars'],
])('"%s" is answered by what was stated for it', (text, words) => {
  expect(asked(text)).toMatchObject({ kind: 'answer', text: expect.stringContaining(words) })
})

test.each(['who is the director of nursing', 'how much is it with insurance', 'when is the medical director there'])(
  '"%s" is another question',
  (text) => {
    const { kind, text: said } = asked(text)
    expect(kind === 'answer' && /Ellis|900/.test(said)).toBe(false)
  },
)

test('what is refused stays refused, whatever was stated', () => {
  const on = '2026-11-28'
  const dose = staffFact(
    {
      id: 'stated-3',
      topic: null,
      en: 'Half of a tablet is taken in the morning.',
      es: 'Se toma media tableta por la mañana.',
      source: 'x y z',
      owner: 'a b',
      tries: { en: ['should i take half my xanax'], es: [] },
      statedOn: on,
      reviewedOn: on,
      reviewBy: '2027-05-28',
    },
    program,
  )
  const wiser = withFacts(program, [dose])
  expect(answer({ text: 'should i take half my xanax', locale: 'en-US', today: on }, wiser).kind).toBe('refusal')
})
