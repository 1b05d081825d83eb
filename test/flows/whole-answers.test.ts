import { expect, test } from 'vitest'
import { looksLikeQuestion } from '../../flows/engine/understand/question-words.ts'
import { dataOf, lastOf, talk } from './house.ts'

test('a wish that begins with "que" is no question; with an accent or a mark it is one', () => {
  expect(looksLikeQuestion('Que me llamen de la oficina, por favor')).toBe(false)
  expect(looksLikeQuestion('qué me recomienda')).toBe(true)
  expect(looksLikeQuestion('¿que me cuesta?')).toBe(true)
})

test('a message for the team is taken as it is written', () => {
  const one = talk({ locale: 'es-US' })
  for (const text of ['screening', 'current-patient', 'Que me llamen de la oficina, por favor.']) one.say(text)
  expect(one.state.answers['own-words']?.value).toBe('Que me llamen de la oficina, por favor.')
})

test('the same words written again at a question for words are the answer: never a loop', () => {
  const one = talk()
  for (const text of ['screening', 'professional', 'referral']) one.say(text)
  expect(dataOf(lastOf(one)).step).toBe('organization')
  one.say('who knows')
  one.say('who knows')
  expect(one.state.answers.organization?.value).toBe('who knows')
})

test('a choice of another question is no question to the knowledge base', () => {
  const one = talk({}, { answer: () => ({ kind: 'partial', isQuestion: true, text: 'The nearest is this.' }) })
  for (const text of ['screening', 'self', '34', 'no', 'no', 'no', 'no', '4-or-more-per-week']) one.say(text)
  const before = dataOf(lastOf(one)).step
  one.say('10 or more')
  expect(dataOf(lastOf(one))).toMatchObject({ kind: 'clarify', step: before })
})

test('who switches the language at a question that only the other language has gets that of this one', () => {
  const one = talk({ locale: 'es-US' })
  for (const text of ['screening', 'self', '34', 'english please']) one.say(text)
  expect(dataOf(lastOf(one))).toMatchObject({ instrument: 'asq', item: 'asq1' })
})

test('a danger of the body that is denied or left open points to the emergency number', () => {
  const one = talk({ program: 'jagruti' })
  one.say('screening')
  one.give({ type: 'sign-added', label: 'withdrawal_emergency', at: one.state.startedAt })
  expect(one.world.flows.crisis.checkInNoMedical.en).toMatch(/911/)
  expect(one.world.flows.crisis.checkInUnclearMedical.variants?.[0]?.en).toMatch(/112/)
})
