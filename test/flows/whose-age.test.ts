import { expect, test } from 'vitest'
import { agree, dataOf, lastOf, type Talk, talk } from './house.ts'

function at(step: string): Talk {
  const one = talk()
  for (let turn = 0; turn < 8 && dataOf(lastOf(one)).step !== step; turn += 1) one.say(agree(lastOf(one)))
  return one
}

test.each([
  'people',
  'for people',
  'for people over 50',
  'people 18 and older',
  'do you treat people under 30',
  'about 12 people',
  'how many people are in a group, 8?',
  'groups of 10 people',
  'para personas mayores de 50',
  'my husband is 36',
  'my wife is thirty six',
  'for my 17 year old',
])('at the age question "%s" is nobody’s age', (text) => {
  const one = at('age')
  one.say(text)
  expect(one.state.answers.age).toBeUndefined()
  expect(one.state.answers['for-whom']?.value).toBe('self')
})

test.each([
  'people',
  'for people',
  'what kind of people come here?',
  'are you for people who are already a patient?',
  'is it for people my age?',
])('at the question for whom "%s" says nothing of that', (text) => {
  const one = at('whom')
  one.say(text)
  expect(one.state.answers['for-whom']).toBeUndefined()
})

test.each([
  ['34', 34],
  ['34?', 34],
  ["I'm 34", 34],
  ['I am a 34 year old', 34],
  ['thirty four', 34],
  ['is it for people like me? im 40', 40],
  ['tengo 40', 40],
  ['36 years', 36],
] as const)('"%s" is the writer’s own age', (text, age) => {
  const one = at('age')
  one.say(text)
  expect(one.state.answers.age?.value).toBe(age)
})

test('"for my 17 year old" is for somebody else, and no age of the writer', () => {
  const one = at('whom')
  one.say('for my 17 year old')
  expect(one.state.answers['for-whom']?.value).toBe('loved-one')
  expect(one.state.answers.age).toBeUndefined()
})
