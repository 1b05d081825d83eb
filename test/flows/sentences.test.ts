import { expect, test } from 'vitest'
import type { KnowledgeAnswer } from '../../flows/conversation.ts'
import { isBareRefusal } from '../../flows/engine/understand/yes-no.ts'
import { lastOf, type Talk, talk } from './house.ts'

/** Knowledge that answers whatever is a question, and offers what the test wants. */
function asking(offers: KnowledgeAnswer['offers']): Talk {
  return talk(
    {},
    { answer: (question) => ({ kind: 'answer', text: 'An answer.', isQuestion: question.includes('?'), offers }) },
  )
}

test('after an answer about insurance the insurance check is offered, and "yes" takes it up', () => {
  const one = asking(['check-insurance'])
  one.say('do you take it?')
  expect(lastOf(one).text).toMatch(/check your insurance/)
  one.say('yes')
  expect(one.state.answers.intent?.value).toBe('insurance')
})

test('what is not known is offered to a person, and "yes" takes that up', () => {
  const one = asking(['talk-to-person'])
  one.say('is there a pool?')
  expect(lastOf(one).text).toMatch(/a person from the team/)
  one.say('yes')
  expect(one.state.answers['wants-person']?.value).toBe('yes')
})

test('no offer comes twice within two answers, and a no to it is taken kindly', () => {
  const one = asking(['check-insurance'])
  const offered = ['a?', 'b?', 'c?', 'd?'].map((question) => {
    one.say(question)
    return /check your insurance/.test(lastOf(one).text)
  })
  expect(offered).toEqual([true, false, false, true])
  one.say('no')
  expect(lastOf(one).text).toBe('What else would you like to know?')
})

test.each([
  'i lost my brother last month',
  'my mother died',
  'my best friend passed away',
  'perdí a mi hermano',
  'falleció mi abuela',
])('"%s" is met with a warm word, never with "I did not get that"', (text) => {
  const one = talk()
  one.say(text)
  const said = one.messages.map((message) => message.text).join('\n')
  expect(said).toMatch(/sorry for your loss|Siento mucho su pérdida/)
  expect(said).not.toMatch(/did not get|No entendí/)
})

test.each(['i lost my job', 'i lost my card', 'my phone died', 'perdí mi tarjeta'])('"%s" is no death', (text) => {
  const one = talk()
  one.say(text)
  expect(one.messages.map((message) => message.text).join('\n')).not.toMatch(/your loss|su pérdida/)
})

test.each([
  ['I would rather not say', true],
  ['i dont know', true],
  ['no quiero decirlo ahora mismo aqui', true],
  ["i don't know how much longer i can do this", false],
  ["i don't know if i want to live", false],
] as const)('"%s" is a refusal and nothing else: %s', (text, isBare) => {
  expect(isBareRefusal(text)).toBe(isBare)
})
