/**
 * Calendars that a program keeps elsewhere: a real CalDAV server and iCalendar feeds. What is busy there is not
 * offered; a kept time stands there without a word about anybody, moves, goes, and is never written over.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { busyTimes } from '../../bot/slots/busy-times.ts'
import { openSlots, withCalendar } from '../../bot/slots/calendar.ts'
import { Instant } from '../../flows/vocabulary.ts'
import { TestDesk } from '../bot/desk-in-test.ts'
import { said, type Visitor, visit, world } from '../bot/service-in-test.ts'
import { agree } from '../flows/house.ts'
import { eventOf, type Radicale, startRadicale } from './radicale.ts'

let radicale: Radicale
let desk: TestDesk
let feed: Server
let given: () => { status: number; text: string }
const folder = mkdtempSync(join(tmpdir(), 'porchlight-calendars-'))

beforeAll(async () => {
  radicale = await startRadicale()
  feed = createServer((_request, response) => {
    const { status, text } = given()
    response.writeHead(status, { 'content-type': 'text/calendar' }).end(text)
  })
  await new Promise<void>((resolve) => feed.listen(0, '127.0.0.1', resolve))
  const { port } = feed.address() as AddressInfo
  const caldav = { url: radicale.url, user: 'staff', password: 'calendar' }
  const feeds = [`http://127.0.0.1:${port}/team.ics`]
  writeFileSync(join(folder, 'calendars.json'), JSON.stringify({ 'sample-002': { caldav, feeds } }))
})
afterAll(async () => {
  await radicale.end()
  await new Promise<void>((resolve) => feed.close(() => resolve()))
  rmSync(folder, { recursive: true, force: true })
})

const calendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n')
const none = calendar()

beforeEach(async () => {
  given = () => ({ status: 200, text: none })
  for (const name of ['standing', 'late']) {
    const { authorization } = radicale
    await fetch(`${radicale.url}${name}.ics`, { method: 'DELETE', headers: { authorization } })
  }
  desk = await TestDesk.open({ CALENDARS: join(folder, 'calendars.json'), PUBLIC_URL: 'https://desk.example' })
  return () => desk.close()
})

/** An agreeable visitor up to the choice of a time. */
async function choosing(): Promise<Visitor> {
  const visitor = await visit(desk.service.address, 'sample-002')
  let last = (await visitor.activities()).at(-1)
  for (let turn = 0; turn < 60 && said(last).step !== 'slot'; turn += 1)
    last = (await visitor.say(agree(last as never))).at(-1)
  expect(said(last).step).toBe('slot')
  return visitor
}

/** A visitor whose time was kept. */
async function booked(): Promise<Visitor> {
  const visitor = await choosing()
  const label = said((await visitor.activities()).at(-1)).input?.options?.[0]?.label ?? ''
  for (const text of [label, 'no', 'send']) await visitor.say(text)
  return visitor
}

const ours = async (): Promise<string[]> => (await radicale.events()).filter((event) => event.includes('UID:lead_'))
const slots = (): Promise<string[]> => openSlots(desk.service.house, 'sample-002')

test('what is busy in the calendar and in a feed is not offered, with rules, exceptions and zones as they are meant', async () => {
  await radicale.put('standing', eventOf('standing', ['DTSTART:20261123T160000Z', 'DTEND:20261123T163000Z']))
  const every = 'DTSTART;TZID=America/New_York:20261102T110000'
  given = () => ({
    status: 200,
    text: eventOf('weekly', [
      every,
      'DURATION:PT90M',
      'RRULE:FREQ=WEEKLY',
      'EXDATE;TZID=America/New_York:20261130T110000',
    ]),
  })
  // Monday 11:00 stands in the calendar, 11:00 to 12:30 in the feed.
  expect((await slots())[0]).toBe('2026-11-23T17:30:00.000Z')
})

test('a calendar that gives no calendar means that no set times are offered, and the talk goes on without', async () => {
  for (const [status, text] of [
    [200, '<html>Sign in</html>'],
    [500, none],
    [200, calendar('BEGIN:VEVENT', 'UID:x', 'DTSTART:20200101T000000Z', 'RRULE:FREQ=SECONDLY', 'END:VEVENT')],
    [200, 'x'.repeat(2_100_000)],
  ] as const) {
    given = () => ({ status, text })
    expect(await slots()).toEqual([])
  }
  const visitor = await visit(desk.service.address, 'sample-002')
  let last = (await visitor.activities()).at(-1)
  for (let turn = 0; turn < 60 && said(last).step !== 'review'; turn += 1) {
    last = (await visitor.say(agree(last as never))).at(-1)
    expect(said(last).step).not.toBe('slot')
  }
  expect(said(last).step).toBe('review')
})

test('a time that was taken elsewhere while she was choosing is not held', async () => {
  const visitor = await choosing()
  const options = said((await visitor.activities()).at(-1)).input?.options ?? []
  await radicale.put('late', eventOf('late', ['DTSTART:20261123T160000Z', 'DTEND:20261123T170000Z']))
  await desk.pass(1)
  const told = await visitor.say(options[0]?.label ?? '')
  expect(told[0]?.text).toMatch(/taken in the meantime/)
  expect(said(told.at(-1)).input?.options?.map(({ label }) => label)).not.toContain(options[0]?.label)
})

test('a kept time is written as a phone call and nothing more, moves, and goes when it is cancelled', async () => {
  const visitor = await booked()
  await desk.pass(0)
  await expect.poll(ours).toHaveLength(1)
  const [event] = await ours()
  expect(event).toMatch(/DTSTART:20261123T160000Z/)
  expect(event).toMatch(/SUMMARY:Phone call/)
  expect(event).toMatch(/URL;VALUE=URI:https:\/\/desk\.example\/desk#lead_/)
  expect(event).not.toMatch(/Ana|Sam|609|sample|program|treat|assess|intensive/i)
  const moving = await visitor.say('move my appointment')
  await visitor.say(said(moving.at(-1)).input?.options?.[1]?.label ?? '')
  await desk.pass(0)
  await desk.pass(0)
  await expect
    .poll(async () => (await ours()).map((one) => /DTSTART:(\w+)/.exec(one)?.[1]))
    .toEqual(['20261123T163000Z'])
  await visitor.say('cancel my appointment')
  await desk.pass(0)
  await expect.poll(ours).toEqual([])
})

test('a permission taken back, or a talk that is erased, takes the event out of the calendar', async () => {
  const one = await booked()
  await desk.pass(0)
  await expect.poll(ours).toHaveLength(1)
  const told = await one.say('I take back my permission')
  await one.say('take back my permission')
  expect((await one.activities()).map(({ text }) => text).join(' '), told[0]?.text ?? '').toMatch(/given back/)
  await desk.pass(0)
  await expect.poll(ours).toEqual([])
  const other = await booked()
  await desk.pass(0)
  await expect.poll(ours).toHaveLength(1)
  await other.post({ type: 'event', name: 'porchlight/erase' })
  await desk.pass(0)
  await expect.poll(ours).toEqual([])
})

test('what a person changed in the calendar is not written over: it stands on the desk as not delivered', async () => {
  const visitor = await booked()
  await desk.pass(0)
  const lead = await desk.service.house.store.leadOf(visitor.conversation)
  await radicale.put(
    String(lead?.id),
    eventOf(String(lead?.id), ['DTSTART:20261123T200000Z', 'DTEND:20261123T203000Z']),
  )
  await visitor.say('cancel my appointment')
  await desk.pass(0)
  await expect.poll(ours).toHaveLength(1)
  const ana = await desk.as('ana')
  const { notices } = (await ana('undelivered')).body as unknown as { notices: { kind: string }[] }
  expect(notices).toMatchObject([{ kind: 'clear-calendar', code: 'CALENDAR_CHANGED' }])
  await fetch(`${radicale.url}${lead?.id}.ics`, {
    method: 'DELETE',
    headers: { authorization: radicale.authorization },
  })
})

test('of a hundred who want the same time at once, one holds it', async () => {
  const { house } = desk.service
  const start = (await slots())[0] as string
  const at = Instant.parse(house.clock.now().toISOString())
  const visitor = await visit(desk.service.address, 'sample-002')
  const live = await house.conversations.load(visitor.conversation)
  if (!live) throw new Error('no conversation')
  const asked = { state: live.state, messages: [], shownAs: null, answerKinds: [] }
  const effects = [{ type: 'calendar', wish: 'hold', start } as const]
  const tries = Array.from({ length: 100 }, (_, index) =>
    withCalendar(house, { live: { ...live, id: `c${index}` }, world, decision: { ...asked, effects }, at }),
  )
  const held = (await Promise.all(tries)).filter(({ state }) => state.answers['note.slot-held']?.value === start)
  expect(held).toHaveLength(1)
  expect(await slots()).not.toContain(start)
})

test('whole days, floating times, free and cancelled events and free-busy lists are read on the program’s clock', () => {
  const span = {
    from: new Date('2026-11-23T00:00:00.000Z'),
    to: new Date('2026-12-01T00:00:00.000Z'),
    timeZone: 'America/Los_Angeles',
  }
  const read = (...lines: string[]) =>
    busyTimes(eventOf('x', lines), span).map(({ from, to }) =>
      [from, to].map((at) => new Date(at).toISOString().slice(0, 16)),
    )
  expect(read('DTSTART;VALUE=DATE:20261125')).toEqual([['2026-11-25T08:00', '2026-11-26T08:00']])
  expect(read('DTSTART:20261126T090000', 'DURATION:PT1H')).toEqual([['2026-11-26T17:00', '2026-11-26T18:00']])
  expect(read('DTSTART:20261126T090000Z', 'DURATION:PT1H', 'TRANSP:TRANSPARENT')).toEqual([])
  expect(read('DTSTART:20261126T090000Z', 'DURATION:PT1H', 'STATUS:CANCELLED')).toEqual([])
  const list = calendar('BEGIN:VFREEBUSY', 'UID:f', 'FREEBUSY;FBTYPE=BUSY:20261127T120000Z/PT1H', 'END:VFREEBUSY')
  expect(busyTimes(list, span)).toMatchObject([{ from: Date.parse('2026-11-27T12:00:00.000Z') }])
  expect(() => busyTimes('nothing', span)).toThrow(/could not be read/)
})
