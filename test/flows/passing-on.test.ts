import { expect, test } from 'vitest'
import { answersOf, briefOf } from '../../flows/brief.ts'
import { reviewLines } from '../../flows/engine/review.ts'
import { agree, dataOf, lastOf, type Talk, talk } from './house.ts'

/** Agrees until the given step is asked. */
function upTo(one: Talk, step: string): Talk {
  for (let turn = 0; turn < 50 && dataOf(lastOf(one)).step !== step; turn += 1) one.say(agree(lastOf(one)))
  expect(dataOf(lastOf(one)).step).toBe(step)
  return one
}

test('a line can be changed or left out on the review page, and it is shown again', () => {
  const one = upTo(talk(), 'review')
  one.say('change')
  one.say('state')
  expect(dataOf(lastOf(one)).step).toBe('state')
  one.say('Pennsylvania')
  expect(dataOf(lastOf(one)).step).toBe('consent-pass-on')
  one.say('no')
  expect(lastOf(one).text).toMatch(/PA/)
  one.say('leave-out')
  one.say('member-id')
  expect(lastOf(one).text).not.toMatch(/6789/)
  one.say('send')
  expect(one.state.disposition).toBe('handed-off')
})

test('a member ID is masked after it was given', () => {
  const one = upTo(talk(), 'review')
  expect(lastOf(one).text).toMatch(/…6789/)
  expect(lastOf(one).text).not.toMatch(/W123456789/)
})

test('a social security number is not kept', () => {
  const one = upTo(talk(), 'member-id')
  one.say('219-09-9999')
  expect(JSON.stringify(one.state.answers)).not.toMatch(/219-?09/)
  expect(dataOf(lastOf(one)).step).toBe('member-id')
})

test('after the hand-off a correction reaches the person who calls', () => {
  const one = upTo(talk(), 'review')
  one.say('send')
  one.say('actually, 609 555 9999')
  expect(one.state.answers.phone?.value).toBe('+1 609 555 9999')
  expect(dataOf(lastOf(one)).flow).toBe('closing')
})

test('consent refused: nobody is contacted and no lead is opened', () => {
  const one = upTo(talk(), 'consent-contact')
  one.say('no')
  expect(one.state.disposition).toBe('information')
  expect(one.state.consents.at(-1)).toMatchObject({ kind: 'contact', given: false })
  expect(one.effects.some((effect) => effect.type === 'open-lead')).toBe(false)
})

test('a minor is asked neither screening nor insurance', () => {
  const one = talk()
  one.say('screening')
  one.say('me')
  one.say('sixteen')
  expect(dataOf(lastOf(one)).flow).toBe('minor')
  const asked = one.all.map((message) => dataOf(message).instrument).filter((one) => one !== undefined)
  expect(asked).toEqual([])
})

test('somebody who says that she is a patient is neither confirmed nor denied', () => {
  const one = talk()
  one.say("I'm already a patient here and need to move my session")
  expect(one.messages.map((message) => message.text).join(' ')).toMatch(/cannot see or say who is or was a patient/)
})

test('a conversation whose place no longer exists goes on from its answers', () => {
  const one = upTo(talk(), 'impact')
  one.state = { ...one.state, stack: [{ flow: 'main', step: 'gone' }] }
  one.say('hello')
  expect(dataOf(lastOf(one)).input).toBeDefined()
})

test('a review that is refused sends nothing', () => {
  const one = upTo(talk(), 'review')
  one.say('prefer not to say')
  expect(one.state.disposition).toBe('information')
  expect(one.effects.some((effect) => effect.type === 'open-lead')).toBe(false)
})

test('a permission can be taken back in the chat, at once and for every kind', () => {
  const one = upTo(talk(), 'review')
  one.say('send')
  one.say("don't contact me")
  expect(one.effects.filter((effect) => effect.type === 'record-consent')).toHaveLength(3)
  expect(one.state.consents.at(-1)?.given).toBe(false)
  expect(lastOf(one).text).toMatch(/taken back/)
})

test.each(['are you a real person?', 'am I talking to a bot', '¿es usted una persona real?'])(
  '"%s" is told that this is an automated assistant',
  (text) => {
    const one = upTo(talk(), 'impact')
    expect(one.say(text)[0]!.text).toMatch(/automated assistant|asistente automático/)
    expect(dataOf(lastOf(one)).step).toBe('impact')
  },
)

test.each([
  ['en-US', 'self'],
  ['es-US', 'self'],
  ['en-US', 'loved-one'],
] as const)('in %s, for %s, staff see no answer that the review page did not list', (locale, who) => {
  const one = talk({ locale })
  for (let turn = 0; turn < 60 && dataOf(lastOf(one)).step !== 'review'; turn += 1) {
    const { step, item, input } = dataOf(lastOf(one))
    const drinks = item === 'audit1' || step === 'drinks-how-often' || step === 'most-days'
    one.say(step === 'whom' ? who : drinks ? input!.options!.at(-1)!.value : agree(lastOf(one)))
  }
  const listed = new Set(reviewLines(one).map((line) => line.answer))
  const seen = answersOf(one.world, one.state).map((line) => line.answer)
  expect(seen.length).toBeGreaterThan(6)
  const unlisted = seen.filter((name) => !listed.has(name) && !listed.has(name.split('.')[0]!))
  expect(unlisted.filter((name) => !name.startsWith('consent-'))).toEqual([])
})

test('an open question stands on the review page and leaves the brief with its line', () => {
  const one = talk({}, { answer: (question) => ({ isQuestion: question.includes('?') }) })
  one.say('is there a pool?')
  upTo(one, 'review')
  expect(lastOf(one).text).toContain('• Your questions to the team: is there a pool?')
  expect(briefOf(one.world, one.state).openQuestions).toEqual(['is there a pool?'])
  one.say('Leave a line out')
  one.say('Your questions to the team')
  expect(lastOf(one).text).not.toContain('pool')
  expect(briefOf(one.world, one.state)).toMatchObject({ openQuestions: [] })
})
