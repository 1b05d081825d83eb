import { expect, test } from 'vitest'
import { answersOf, briefOf, scoresOf } from '../../flows/brief.ts'
import type { Locale } from '../../flows/vocabulary.ts'
import { agree, dataOf, lastOf, NIGHT, type Talk, talk } from './house.ts'

const deathWish = /wished you were dead|better off if you were dead|killing yourself|quitarse la vida|pensado en morir/i

function upTo(one: Talk, step: string): Talk {
  for (let turn = 0; turn < 12 && dataOf(lastOf(one)).step !== step; turn += 1) {
    const { step: here, field } = { ...dataOf(lastOf(one)), ...dataOf(lastOf(one)).input }
    one.say(field === 'age' ? '34' : here === 'how-help' ? 'screening' : here === 'whom' ? 'self' : 'no')
  }
  expect(dataOf(lastOf(one)).step).toBe(step)
  return one
}

const begun: readonly (readonly [Locale, string, string])[] = [
  ['en-US', 'i want to kill myself', 'asq1'],
  ['en-US', 'i want to kill myself', 'whom'],
  ['es-US', 'quiero matarme', 'own-dead'],
  ['es-US', 'quiero matarme', 'whom'],
]

test.each(begun)('in %s, after "%s" at %s and "continue", no death wish is asked about again', (locale, said, at) => {
  const one = upTo(talk({ locale }), at)
  one.say(said)
  expect(one.state.crisis?.who).toBe('self')
  one.say('continue')
  expect(dataOf(lastOf(one)).step).toBe('what-helps')
  one.say('go-on')
  for (let turn = 0; turn < 12 && one.state.disposition === null; turn += 1) {
    expect(lastOf(one).text).not.toMatch(deathWish)
    const { input } = dataOf(lastOf(one))
    one.say(input?.field === 'age' ? '34' : (input?.options?.[0]?.value ?? 'skip'))
  }
})

test('what the sign answers is counted for staff, in her own words, and nothing takes it away', () => {
  const one = upTo(talk(), 'asq1')
  one.say('i want to kill myself')
  one.say('continue')
  one.say('start over')
  expect(one.state.answers['asq.asq3']).toMatchObject({ value: 'yes', said: 'i want to kill myself' })
  expect(scoresOf(one.world, one.state).find((score) => score.instrument === 'asq')?.isPositive).toBe(true)
  expect(answersOf(one.world, one.state).find(({ answer }) => answer === 'asq.asq3')?.words).toMatch(/what was written/)
  expect(briefOf(one.world, one.state).route.primary).toMatch(/crisis|emergency/)
})

test('a sign about somebody else answers nothing for the writer', () => {
  const one = upTo(talk(), 'asq1')
  one.say('my brother says he wants to kill himself')
  expect(one.state.crisis?.who).toBe('other')
  one.say('continue')
  expect(dataOf(lastOf(one)).step).toBe('asq1')
  expect(one.state.answers['asq.asq1']).toBeUndefined()
})

test('"a person contacts me" leads straight to a way of contact', () => {
  const one = upTo(talk(), 'asq1')
  one.say('i want to kill myself')
  one.say('continue')
  one.say('A person contacts me')
  expect(dataOf(lastOf(one))).toMatchObject({ flow: 'contact' })
})

test('what helps is asked once: a second sign does not bring the same question', () => {
  const one = upTo(talk(), 'asq1')
  for (const text of ['i want to kill myself', 'continue', 'go-on', 'i still want to kill myself', 'continue'])
    one.say(text)
  expect(dataOf(lastOf(one)).flow).toBe('use')
})

const calm = ['im not suicidal, just sad', 'no. just exhausted', 'no no voy a hacer nada, solo estoy cansada']

test.each(calm)('a calm denial, "%s", brings the next step of the protocol as a check-in in new words', (text) => {
  const one = talk()
  one.give({ type: 'sign-added', label: 'suicide_active', at: NIGHT })
  const said = new Set(one.all.map((message) => message.text))
  for (let turn = 0; turn < 4; turn += 1) {
    one.say(text)
    if (one.messages.some((message) => dataOf(message).kind === 'crisis')) return
    expect(dataOf(lastOf(one)).kind).toBe('check-in')
    for (const message of one.messages) expect(said.has(message.text)).toBe(false)
    for (const message of one.messages) said.add(message.text)
  }
  expect(one.state.crisis?.open).toBe(true)
})

test('danger written again and again at one question leaves that question open: never a loop', () => {
  const one = upTo(talk(), 'age')
  const asked: string[] = []
  for (let turn = 0; turn < 30; turn += 1) {
    one.say('i want to kill myself tonight')
    if (one.state.crisis?.open) one.say('continue')
    asked.push(`${dataOf(lastOf(one)).flow}/${dataOf(lastOf(one)).step}`)
  }
  expect(asked.filter((place) => place === 'screening/age').length).toBeLessThan(4)
})

test('after a sign of danger no time of a call is promised', () => {
  const one = upTo(talk(), 'asq1')
  for (const text of ['i want to kill myself', 'continue', 'A person contacts me', 'Ana', 'phone', '609 555 2368'])
    one.say(text)
  for (let turn = 0; turn < 9 && dataOf(lastOf(one)).step !== 'review'; turn += 1) one.say(agree(lastOf(one)))
  expect(lastOf(one).text).toMatch(/will contact you as soon as they can/)
})
