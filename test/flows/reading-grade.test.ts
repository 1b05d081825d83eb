import { expect, test } from 'vitest'
import { easeOf, gradeOf, syllablesOf } from '../../flows/engine/reading-grade.ts'

const english: Readonly<Record<number, string>> = {
  1: 'call safe asked tired hours used help through want needs',
  2: 'welcome question people wanted answered little table program alone being allowed message receive covers someone',
  3: 'insurance appointment counselor assistant clinician admissions permission prescription idea area medicine messages',
  4: 'medication automated information emergency diagnosis actually',
}
const spanish: Readonly<Record<number, string>> = {
  1: 'y hoy muy ley con',
  2: 'día noche quiere guía seguir leer oír ciudad aquí',
  3: 'ayuda pregunta seguro línea cuidado siguiente bilingüe persona',
  4: 'información teléfono abstinencia profesional averiguar',
  5: 'automático documentación',
}

test.each(Object.entries(english))('English words of %s syllables are counted so', (count, words) => {
  for (const word of words.split(' ')) expect([word, syllablesOf(word, 'en')]).toEqual([word, Number(count)])
})

test.each(Object.entries(spanish))('Spanish words of %s syllables are counted so', (count, words) => {
  for (const word of words.split(' ')) expect([word, syllablesOf(word, 'es')]).toEqual([word, Number(count)])
})

test('the grade is that of the published formula', () => {
  // Six words of one syllable in one sentence.
  expect(gradeOf('The cat sat on the mat.')).toBeCloseTo(0.39 * 6 + 11.8 - 15.59, 5)
  expect(gradeOf('Call us. We can help.')).toBeCloseTo(0.39 * 2.5 + 11.8 - 15.59, 5)
})

test('the ease is that of the published scale', () => {
  // Four words, six syllables, one sentence.
  expect(easeOf('La casa tiene luz.')).toBeCloseTo(206.835 - 62.3 * (6 / 4) - 4, 5)
})

test('a harder text has a higher grade and fewer points, whatever stands in its slots', () => {
  expect(gradeOf('Interdisciplinary professionals evaluate eligibility.')).toBeGreaterThan(
    gradeOf('A nurse calls you.'),
  )
  expect(easeOf('Profesionales interdisciplinarios evalúan elegibilidades.')).toBeLessThan(
    easeOf('Le llama una enfermera.'),
  )
  expect(gradeOf('A person calls {name} {promise}.')).toBe(gradeOf('A person calls Ana Ana.'))
})

test('a text without words is as easy as can be', () => {
  expect(gradeOf('988')).toBe(0)
  expect(easeOf('')).toBe(100)
})
