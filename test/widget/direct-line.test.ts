import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DirectLine, type LineStatus, type Ticket } from '../../widget/shared/direct-line.ts'
import type { SendState } from '../../widget/shared/outbox.ts'
import { FakeService, type Trouble } from './fake-service.ts'

let service: FakeService
let line: DirectLine
let texts: string[]
let states: Map<string, SendState>
let statuses: LineStatus[]
let tickets: (Ticket | null)[]

function connect(ticket: Ticket | null = null): DirectLine {
  return new DirectLine({
    base: service.base,
    program: 'inspira',
    locale: () => 'es-US',
    ticket,
    onActivities: (activities) =>
      texts.push(...activities.flatMap(({ type, text }) => (type === 'message' ? [text ?? ''] : []))),
    onStatus: (status) => statuses.push(status),
    onSent: (clientId, state) => states.set(clientId, state),
    onTicket: (kept) => tickets.push(kept),
  })
}

const see = (text: string) => vi.waitFor(() => expect(texts).toContain(text), { timeout: 12_000 })
const message = (text: string) => ({ type: 'message', text, locale: 'en-US' }) as const
const fail = (path: RegExp, kind: Trouble, times = 1) => {
  service.trouble = { path, kind, times }
}
const POSTS = /\/activities$/

beforeEach(async () => {
  service = await FakeService.start((text) => [{ text: text === null ? 'welcome' : `heard ${text}` }])
  ;[texts, states, statuses, tickets] = [[], new Map(), [], []]
  line = connect()
})

afterEach(async () => {
  line.close()
  await service.stop()
})

test('a conversation starts in the visitor’s language and its answers arrive over the socket', async () => {
  line.open()
  await see('welcome')
  await line.send('c1', message('hello'))
  await see('heard hello')
  expect(texts).toEqual(['welcome', 'hello', 'heard hello'])
  expect(states.get('c1')).toBe('sent')
  expect(service.received.find(({ path }) => path.endsWith('/conversations'))?.body.locale).toBe('es-US')
})

test('behind a proxy without sockets everything arrives by asking', async () => {
  service.hasSockets = false
  line.open()
  await see('welcome')
  await line.send('c1', message('hello'))
  await see('heard hello')
  expect(texts).toEqual(['welcome', 'hello', 'heard hello'])
})

test('words written before there is a line go out when there is one, in their order', async () => {
  void line.send('c1', message('one'))
  void line.send('c2', message('two'))
  line.open()
  await see('heard two')
  expect(service.said).toEqual(['one', 'two'])
})

test.each(['hang-up', 'busy', 'down', 'portal'] as const)('a %s loses no word and repeats none', async (kind) => {
  line.open()
  await see('welcome')
  fail(POSTS, kind, 2)
  void line.send('c1', message('one'))
  await vi.waitFor(() => expect(states.get('c1')).toBe('failed'))
  expect(statuses.at(-1)).toBe(kind === 'hang-up' ? 'offline' : kind === 'portal' ? 'down' : kind)
  await see('heard one')
  expect(service.said).toEqual(['one'])
  expect(states.get('c1')).toBe('sent')
  expect(statuses.at(-1)).toBe('online')
})

test('sending again, however often, is one message', async () => {
  line.open()
  await see('welcome')
  fail(POSTS, 'down')
  void line.send('c1', message('one'))
  await vi.waitFor(() => expect(states.get('c1')).toBe('failed'))
  for (let i = 0; i < 5; i++) line.resend()
  await see('heard one')
  expect(service.said).toEqual(['one'])
})

test('a broken socket is opened again and what was said meanwhile arrives once', async () => {
  line.open()
  await see('welcome')
  service.hangUp()
  service.push({ text: 'while you were away' })
  await see('while you were away')
  expect(texts.filter((text) => text === 'welcome')).toHaveLength(1)
})

test('an activity that comes twice is heard once', async () => {
  line.open()
  await see('welcome')
  service.push({ id: 'twice', text: 'again' })
  service.push({ id: 'twice', text: 'again' })
  service.push({ text: 'after' })
  await see('after')
  expect(texts.filter((text) => text === 'again')).toHaveLength(1)
})

test('a reload goes on with the same conversation and hears it from its start', async () => {
  line.open()
  await see('welcome')
  await line.send('c1', message('hello'))
  await see('heard hello')
  const ticket = tickets.findLast((kept) => kept !== null) ?? null
  line.close()
  texts = []
  line = connect(ticket)
  line.open()
  await see('heard hello')
  expect(texts).toEqual(['welcome', 'hello', 'heard hello'])
  expect(service.talks.size).toBe(1)
})

test.each(['denied', 'gone'] as const)(
  'a conversation that is %s gives way to a new one, and the words go there',
  async (kind) => {
    line.open()
    await see('welcome')
    fail(POSTS, kind)
    void line.send('c1', message('one'))
    await see('heard one')
    expect(service.talks.size).toBe(2)
    expect(tickets).toContain(null)
    expect(states.get('c1')).toBe('sent')
  },
)

test('a service that is not there at the start is waited for', async () => {
  fail(/token$/, 'down', 2)
  line.open()
  await vi.waitFor(() => expect(statuses).toContain('down'))
  await see('welcome')
})

test('the last word of a page that leaves is taken', async () => {
  line.open()
  await see('welcome')
  expect(await line.sendLast({ type: 'event', name: 'porchlight/erase', locale: 'en-US' })).toBe(true)
  expect(service.received.at(-1)?.body.name).toBe('porchlight/erase')
})
