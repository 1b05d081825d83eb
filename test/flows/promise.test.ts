import { expect, test } from 'vitest'
import { promiseFor } from '../../flows/engine/promise.ts'
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
  expect(handoffOf(talk())).toMatch(/Monday.*9:05\sAM EST/)
  expect(handoffOf(talk({ locale: 'es-US' }))).toMatch(/lunes.*EST/)
})

test('without hours the hand-off says that the time is not known', () => {
  expect(handoffOf(talk({ profile: { staffedHours: {} } }))).toMatch(/do not know the exact time/)
})
