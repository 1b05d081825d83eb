/**
 * What was asked around a check-in: it has its answer with the no, and a person, back and "why" work there too.
 */
import { expect, test } from 'vitest'
import { screen } from '../../flows/safety/screen.ts'
import { dataOf, lastOf, NIGHT, type Talk, talk } from './house.ts'

const fact = { kind: 'answer', text: 'A fact.', unanswered: false, isQuestion: true } as const

/** A talk whose knowledge answers all that it is asked, and the questions that reached it. */
function asking(answer: (question: string) => object = () => fact): Talk & { readonly asked: string[] } {
  const asked: string[] = []
  const one = talk(
    {},
    {
      answer(question) {
        asked.push(question)
        return answer(question)
      },
    },
  )
  return Object.assign(one, { asked })
}

/** These words, found unclear. */
function unclear(one: Talk, text: string): void {
  const message = screen({ text }, one.state.said)
  const verdict = { outcome: 'check-in', label: 'suicide_active', who: 'self', signals: [] } as const
  one.give({ type: 'message', message: { ...message, verdict }, at: NIGHT })
  expect(dataOf(lastOf(one))).toMatchObject({ kind: 'check-in', flow: 'check-in' })
}

const textsOf = (one: Talk): string => one.messages.map(({ text }) => text).join('\n')

test.each(['no', 'lol what', 'skip', 'no im fine'])('a question that was checked is answered after "%s"', (reply) => {
  const one = asking()
  unclear(one, 'you got a phone number? im not seeing one')
  one.say(reply)
  expect(one.asked).toEqual(['you got a phone number? im not seeing one'])
  expect(textsOf(one)).toContain('A fact.')
})

test('a question beside the no, and one in the place of an answer, are answered with what was asked before', () => {
  for (const [reply, own] of [
    ['no i dont. do you take aetna', 'do you take aetna'],
    ['No, who do I meet first?', 'who do I meet first?'],
    ['how much does it cost', 'how much does it cost'],
    ['no how much does it cost', 'no how much does it cost'],
  ] as const) {
    const one = asking()
    unclear(one, 'is it online?')
    one.say(reply)
    expect(one.asked, reply).toEqual([`is it online?\n${own}`])
  }
})

test('two check-ins in a row lose neither question', () => {
  const one = asking()
  unclear(one, 'is it online?')
  unclear(one, 'how many weeks?')
  one.say('no')
  expect(one.asked).toEqual(['is it online?\nhow many weeks?'])
})

test('words that ask nothing are met by a fact or by the question that waits, never by what a page does not say', () => {
  const known = asking()
  unclear(known, 'any of that breathing stuff')
  known.say('no')
  expect(textsOf(known)).toContain('A fact.')
  const unknown = asking(() => ({ text: 'Our page says nothing.', isQuestion: true, unanswered: true }))
  unclear(unknown, 'the old quarry again')
  unknown.say('no')
  expect(textsOf(unknown)).not.toContain('Our page says nothing.')
  expect(dataOf(lastOf(unknown))).toMatchObject({ flow: 'welcome', step: 'how-help' })
})

test('a yes brings the card, and nothing that was asked comes in between', () => {
  for (const reply of ['yes', 'yes. how much is it']) {
    const one = asking()
    unclear(one, 'is it online?')
    one.say(reply)
    expect(one.state.crisis?.open, reply).toBe(true)
    expect(one.asked).toEqual([])
  }
})

test('who asks for a person gets to a person, and staff see what was asked', () => {
  const one = asking()
  unclear(one, 'is it online?')
  one.say('i want to talk to a real person please')
  expect(textsOf(one)).toMatch(/988/)
  expect(dataOf(lastOf(one))).toMatchObject({ flow: 'contact' })
  expect(one.state.openQuestions).toContain('is it online?')
})

test('"why do you ask" and "are you a robot" are answered once, and the question stays open', () => {
  const one = asking()
  unclear(one, 'is it online?')
  one.say('why do you ask')
  expect(textsOf(one)).toContain(one.world.flows.crisis.checkInWhy?.en)
  expect(dataOf(lastOf(one))).toMatchObject({ kind: 'check-in', flow: 'check-in' })
  one.say('why do you ask')
  expect(one.asked).toEqual(['is it online?'])
})

test('back and start over leave a check-in', () => {
  for (const said of ['back', 'start over']) {
    const one = asking()
    one.say('screening')
    unclear(one, 'nothing matters now')
    one.say(said)
    expect(one.state.stack.some(({ flow }) => flow === 'check-in')).toBe(false)
    expect(dataOf(lastOf(one)).kind, said).toBe('question')
  }
})
