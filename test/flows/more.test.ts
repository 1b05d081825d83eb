import { expect, test } from 'vitest'
import { answersOf, briefOf, scoresOf } from '../../flows/brief.ts'
import { Instant, type Locale } from '../../flows/vocabulary.ts'
import { agree, dataOf, lastOf, NIGHT, type Talk, talk } from './house.ts'

/** A Friday at noon in New Jersey: the team is in. */
const DAY = Instant.parse('2026-11-20T17:00:00.000Z')

/** An agreeable visitor whose mood is low, as far as the offer of the longer forms. */
function offered(begin: { locale?: Locale; at?: Instant; low?: boolean } = {}): Talk {
  const one = talk({ locale: begin.locale ?? 'en-US', at: begin.at ?? DAY })
  for (let turn = 0; turn < 60 && !['offer', 'consent-contact'].includes(stepOf(one)); turn += 1) {
    const isMood = /^(phq|gad)-/.test(dataOf(lastOf(one)).instrument ?? '')
    one.say(isMood && begin.low !== false ? 'nearly-every-day' : agree(lastOf(one)))
  }
  return one
}

function stepOf(one: Talk): string {
  return dataOf(lastOf(one)).step ?? ''
}

function scoreOf(one: Talk, id: string) {
  return scoresOf(one.world, one.state).find((score) => score.instrument === id)
}

function answerUntil(one: Talk, step: string, text: string): void {
  for (let turn = 0; turn < 12 && stepOf(one) !== step; turn += 1) one.say(text)
  expect(stepOf(one)).toBe(step)
}

test('the longer forms are offered by day, with a person beside them, and never at night', () => {
  const one = offered()
  expect(stepOf(one)).toBe('offer')
  expect(dataOf(lastOf(one)).input?.options?.map((option) => option.value)).toEqual(['yes', 'no', 'person'])
  expect(stepOf(offered({ at: NIGHT }))).toBe('consent-contact')
})

test('a no to more questions asks none of them', () => {
  const one = offered()
  one.say('no')
  expect(stepOf(one)).toBe('consent-contact')
})

test('the PHQ-9 takes over what the short form asked: seven questions, nine answers, one total', () => {
  const one = offered()
  one.say('yes')
  expect(stepOf(one)).toBe('phq3')
  answerUntil(one, 'phq9', 'several days')
  one.say('Not at all')
  expect(one.state.crisis).toBeNull()
  expect(scoreOf(one, 'phq-9')).toMatchObject({ total: 12 })
  expect(one.all.filter((message) => /Feeling down, depressed/.test(message.text))).toHaveLength(1)
})

test.each(['Several days', 'More than half the days', 'Nearly every day'])(
  'item 9 answered "%s" brings the danger protocol at once, before any other question',
  (words) => {
    const one = offered()
    one.say('yes')
    answerUntil(one, 'phq9', 'not at all')
    one.say(words)
    expect(one.state.crisis).toMatchObject({ open: true })
    expect(dataOf(one.messages[0]!).resources?.[0]).toBe('us-988')
    expect(one.effects.some((effect) => effect.type === 'page-on-call')).toBe(true)
    expect(briefOf(one.world, one.state).route.primary).toBe('crisis')
    one.say('continue')
    expect(dataOf(lastOf(one)).instrument).toBeUndefined()
  },
)

test('item 9 refused is not taken for a no: the help line is shown', () => {
  const one = offered()
  one.say('yes')
  answerUntil(one, 'phq9', 'not at all')
  one.say('prefer not to say')
  expect(dataOf(one.messages[0]!).resources?.[0]).toBe('us-988')
})

test('"skip these" leaves the block from any of its questions; what is partial has no total', () => {
  const one = offered()
  one.say('yes')
  one.say('several days')
  expect(lastOf(one).suggestedActions?.actions.map((action) => action.title)).toContain('Skip these')
  one.say('Skip these')
  expect(stepOf(one)).toBe('consent-contact')
  expect(scoreOf(one, 'phq-9')).toMatchObject({ total: null })
  expect(briefOf(one.world, one.state).danger).toBeNull()
})

test('the PC-PTSD-5 asks its opening question alone, and the five only after a yes', () => {
  const one = offered({ low: false })
  one.say('yes')
  answerUntil(one, 'gate', 'not at all')
  expect(lastOf(one).text).toMatch(/Have you ever experienced this kind of event\?$/)
  const other = offered({ low: false })
  other.say('yes')
  answerUntil(other, 'gate', 'not at all')
  one.say('no')
  expect(stepOf(one)).toBe('consent-contact')
  expect(scoreOf(one, 'pc-ptsd-5')).toMatchObject({ total: 0, isPositive: false })
  other.say('yes')
  expect(stepOf(other)).toBe('ptsd1')
  expect(lastOf(other).text).toMatch(/^In the past month/)
  answerUntil(other, 'consent-contact', 'yes')
  expect(scoreOf(other, 'pc-ptsd-5')).toMatchObject({ total: 5, isPositive: true })
})

test('in Spanish the PC-PTSD-5 is not asked; one plain question of ours stands for it, unscored', () => {
  const one = offered({ locale: 'es-US' })
  one.say('sí')
  answerUntil(one, 'hard-events', 'Ningún día')
  one.say('sí')
  expect(one.all.some((message) => dataOf(message).instrument === 'pc-ptsd-5')).toBe(false)
  expect(scoreOf(one, 'pc-ptsd-5')).toBeUndefined()
  expect(answersOf(one.world, one.state).some((line) => line.answer === 'hard-events')).toBe(true)
})

test('what was answered there stands on the review page, one line each', () => {
  const one = offered()
  one.say('yes')
  answerUntil(one, 'gate', 'not at all')
  one.say('no')
  answerUntil(one, 'consent-payer', 'yes')
  one.say('no')
  expect(lastOf(one).text).toMatch(/• Mood, in more detail: Not at all · /)
})
