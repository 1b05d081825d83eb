/**
 * A time for the first talk: within a day first, never twice, held, kept, moved, cancelled and taken along as a file.
 */
import { beforeEach, expect, test } from 'vitest'
import { openSlots, slotOf } from '../../bot/slots/calendar.ts'
import { freeSlots } from '../../bot/slots/free-slots.ts'
import { icsOf } from '../../bot/slots/ics.ts'
import type { Program } from '../../knowledge/program.ts'
import { agree } from '../flows/house.ts'
import { TestDesk } from './desk-in-test.ts'
import { said, type Visitor, visit, world } from './service-in-test.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await TestDesk.open()
  return () => desk.close()
})

const taken = (...starts: string[]) => ({ starts: new Set(starts), busy: [] })
const program = world.programs.get('sample-002')?.knowledge as Program

/** An agreeable visitor up to a question. */
async function upTo(step: string): Promise<Visitor> {
  const visitor = await visit(desk.service.address, 'sample-002')
  let last = (await visitor.activities()).at(-1)
  for (let turn = 0; turn < 60 && said(last).step !== step; turn += 1) {
    last = (await visitor.say(agree(last as never))).at(-1)
  }
  expect(said(last).step).toBe(step)
  return visitor
}

test('two times within a day come first, then one of each later day; nights, notice and what is held are left out', () => {
  const monday = new Date('2026-11-23T15:00:00.000Z')
  const free = freeSlots(program, taken(), monday)
  expect(free).toEqual([
    '2026-11-23T16:00:00.000Z',
    '2026-11-23T16:30:00.000Z',
    '2026-11-24T16:00:00.000Z',
    '2026-11-25T14:30:00.000Z',
  ])
  expect(freeSlots(program, taken(free[0] as string), monday)[0]).toBe('2026-11-23T16:30:00.000Z')
  expect(freeSlots(program, taken(), new Date('2026-11-21T07:10:00.000Z'))[0]).toBe('2026-11-23T14:30:00.000Z')
  expect(freeSlots({ ...program, assessments: undefined } as unknown as Program, taken(), monday)).toEqual([])
})

test('a time is offered, held, kept with the hand-off, moved and cancelled in the chat', async () => {
  const visitor = await upTo('slot')
  const { house } = desk.service
  const live = { id: visitor.conversation, program: 'sample-002' }
  const choices = said((await visitor.activities()).at(-1)).input?.options ?? []
  expect(choices[0]?.label).toMatch(/^Monday, November 23.* 11:00 AM EST$/)
  const held = await visitor.say(choices[0]?.label ?? '')
  expect(held.map(({ text }) => text).join(' ')).toMatch(/hold that time/)
  expect(await slotOf(house, live)).toBeNull()
  expect(await openSlots(house, 'sample-002')).not.toContain('2026-11-23T16:00:00.000Z')
  await visitor.say('no')
  const sent = await visitor.say('send')
  expect(sent.map(({ text }) => text).join(' ')).toMatch(/Your time for the talk is Monday, November 23/)
  expect(await slotOf(house, live)).toBe('2026-11-23T16:00:00.000Z')
  const moving = await visitor.say('move my appointment')
  expect(said(moving.at(-1)).step).toBe('slot')
  expect(await slotOf(house, live)).toBeNull()
  await visitor.say(said(moving.at(-1)).input?.options?.[1]?.label ?? '')
  expect(await slotOf(house, live)).toBe('2026-11-23T16:30:00.000Z')
  expect((await visitor.say('cancel my appointment')).at(-1)?.text).toMatch(/^That time is cancelled/)
  expect(await slotOf(house, live)).toBeNull()
})

test('staff take a kept time along as a file, and erasing gives it back', async () => {
  const visitor = await upTo('slot')
  const label = said((await visitor.activities()).at(-1)).input?.options?.[0]?.label ?? ''
  for (const text of [label, 'no', 'send']) await visitor.say(text)
  const { house } = desk.service
  const lead = await house.store.leadOf(visitor.conversation)
  const ana = await desk.as('ana')
  const file = await ana(`leads/${lead?.id}/appointment.ics`)
  expect(String(file.body.text)).toMatch(/DTSTART:20261123T160000Z[\s\S]*SUMMARY:Phone call/)
  expect(String(file.body.text)).not.toMatch(/Ana|609|assessment|program/i)
  await visitor.post({ type: 'event', name: 'porchlight/erase' })
  expect(await openSlots(house, 'sample-002')).toContain('2026-11-23T16:00:00.000Z')
})

test('of two who want the same time the second is told, and sees what is free', async () => {
  const [one, other] = [await upTo('slot'), await upTo('slot')]
  const label = said((await one.activities()).at(-1)).input?.options?.[0]?.label ?? ''
  await one.say(label)
  const told = await other.say(label)
  expect(told[0]?.text).toMatch(/taken in the meantime/)
  expect(said(told.at(-1)).input?.options?.map((option) => option.label)).not.toContain(label)
})

test('the file of an appointment says when, and nothing of what', () => {
  const text = icsOf({
    id: 'x',
    start: '2026-11-23T16:00:00.000Z',
    minutes: 30,
    summary: 'Phone call',
    now: new Date('2026-11-23T15:00:00.000Z'),
  })
  expect(text).toContain('DTSTART:20261123T160000Z\r\nDTEND:20261123T163000Z\r\nSUMMARY:Phone call\r\n')
  expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true)
  expect(text.split('\r\n').every((line) => line.length <= 75)).toBe(true)
})
