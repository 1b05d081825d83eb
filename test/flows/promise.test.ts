import { expect, test } from 'vitest'
import { answersOf, scoresOf } from '../../flows/brief.ts'
import { isStaffed, promiseFor } from '../../flows/engine/promise.ts'
import { spokenPromise } from '../../flows/engine/zones.ts'
import { Instant } from '../../flows/vocabulary.ts'
import { agree, dataOf, lastOf, programOf, talk } from './house.ts'

const at = (iso: string) => Instant.parse(iso)

test.each([
  ['a Saturday night waits for Monday morning', '2026-11-21T07:10:00Z', 'iop-fit', '2026-11-23T14:05:00.000Z'],
  ['inside hours the minutes run at once', '2026-11-20T15:00:00Z', 'iop-fit', '2026-11-20T15:05:00.000Z'],
  ['minutes left at closing time go on the next day', '2026-11-19T21:50:00Z', 'higher', '2026-11-20T14:20:00.000Z'],
  ['danger is due at once, day and night', '2026-11-21T07:10:00Z', 'emergency', '2026-11-21T07:10:00.000Z'],
] as const)('%s', (_, now, route, due) => {
  expect(promiseFor(programOf('inspira'), route, at(now)).dueAt).toBe(due)
})

test('over the night when clocks change, nine in the morning is still nine in the morning', () => {
  const program = programOf('inspira', { staffedHours: { '7': ['09:00', '17:00'] } })
  expect(promiseFor(program, 'iop-fit', at('2026-11-01T02:00:00Z')).dueAt).toBe('2026-11-01T14:05:00.000Z')
  expect(promiseFor(program, 'iop-fit', at('2026-03-08T02:00:00Z')).dueAt).toBe('2026-03-08T13:05:00.000Z')
})

test('a program that gives no minutes or no hours promises no time', () => {
  expect(
    promiseFor(programOf('inspira', { promiseMinutes: {} }), 'iop-fit', at('2026-11-20T15:00:00Z')).dueAt,
  ).toBeNull()
  expect(promiseFor(programOf('inspira', { staffedHours: {} }), 'iop-fit', at('2026-11-20T15:00:00Z')).dueAt).toBeNull()
})

function handoffOf(one: ReturnType<typeof talk>): string {
  for (let turn = 0; turn < 50 && one.state.disposition === null; turn += 1) one.say(agree(lastOf(one)))
  return one.all.find((message) => dataOf(message).kind === 'handoff')!.text
}

test('the hand-off names the day and the time in the visitor’s own zone', () => {
  expect(handoffOf(talk())).toMatch(/by 9:15 AM on Monday \(EST\)/)
  expect(handoffOf(talk({ locale: 'es-US' }))).toMatch(/el lunes, a más tardar a la 1:00 p\.m\. \(EST\)/)
})

test.each([
  ['2026-11-20T15:02:00Z', 'by 10:15 AM today (EST)', 'hoy, a más tardar a las 10:15 a.m. (EST)'],
  ['2026-11-20T18:01:00Z', 'by 1:15 PM today (EST)', 'hoy, a más tardar a la 1:15 p.m. (EST)'],
  ['2026-11-21T04:50:00Z', 'by 12:00 AM tomorrow (EST)', 'mañana, a más tardar a las 12:00 a.m. (EST)'],
] as const)('a promise for %s is said as a person would say it', (due, en, es) => {
  const now = at('2026-11-20T15:00:00Z')
  expect(spokenPromise(at(due), 'America/New_York', { locale: 'en-US', now })).toBe(en)
  expect(spokenPromise(at(due), 'America/New_York', { locale: 'es-US', now })).toBe(es)
})

test('the review says who reads it, who calls and when; an instrument is one line, left out at one word', () => {
  const one = talk()
  const isReview = () => dataOf(lastOf(one)).step === 'review'
  for (let turn = 0; turn < 60 && !isReview(); turn += 1) one.say(agree(lastOf(one)))
  const page = lastOf(one).text
  expect(page).toMatch(/admissions team of .* reads it, and nobody else/)
  expect(page).toMatch(/will contact you by 9:15 AM on Monday/)
  expect(page).toMatch(/• Safety questions: No · No/)
  expect(scoresOf(one.world, one.state).map(({ title }) => title)).toContain('Ask Suicide-Screening Questions (ASQ)')
  one.say('Leave a line out')
  one.say('Safety questions')
  expect(lastOf(one).text).not.toContain('Safety questions')
  expect(one.state.crisis).toBeNull()
  expect(scoresOf(one.world, one.state).map(({ title }) => title)).not.toContain(
    'Ask Suicide-Screening Questions (ASQ)',
  )
  expect(answersOf(one.world, one.state).some(({ answer }) => answer.startsWith('asq.'))).toBe(false)
})

test('a holiday is no staffed day: the promise moves past it', () => {
  const program = programOf('inspira', { holidays: ['2026-11-26', '2026-11-27'] })
  const due = (at: string) => promiseFor(program, 'iop-fit', Instant.parse(at)).dueAt
  expect(due('2026-11-25T23:30:00.000Z')).toBe('2026-11-30T14:05:00.000Z')
  expect(isStaffed(program, Instant.parse('2026-11-26T16:00:00.000Z'))).toBe(false)
})

test('without hours the hand-off says that the time is not known', () => {
  expect(handoffOf(talk({ profile: { staffedHours: {} } }))).toMatch(/do not know the exact time/)
})
