/**
 * A state is stored as what it is, however little of it was written out again.
 */
import { expect, test } from 'vitest'
import { writeState } from '../../bot/turn/stored-state.ts'
import { talk } from '../flows/house.ts'

test('what is written reads back as the state, after every turn of a talk', () => {
  const one = talk()
  expect(JSON.parse(writeState(one.state))).toEqual(one.state)
  for (const text of ['for me', 'I am 34', 'do you take "Aetna", \\ or é?', 'back', 'skip', 'i want to die', 'no']) {
    one.say(text)
    expect(JSON.parse(writeState(one.state))).toEqual(one.state)
  }
})
