/**
 * What is written to a visitor: a reminder before her time, and a copy when she asks; neutral, allowed at that very
 * moment, kept over a restart, and not sent for a time that is gone.
 */

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { beforeEach, expect, test } from 'vitest'
import { performDue } from '../../bot/outbox/perform.ts'
import type { Texting } from '../../bot/outbox/texting.ts'
import type { Store } from '../../bot/ports.ts'
import type { Service } from '../../bot/service.ts'
import { reminderTimes } from '../../bot/slots/booked-effects.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { said, startTestService, type Visitor, visit } from '../bot/service-in-test.ts'
import { agree } from '../flows/house.ts'

const KEY = randomBytes(32)
const clock = { at: new Date() }
let mails: { to: readonly string[]; text: string }[]
let texts: { to: string; words: string }[]
let store: Store
let service: Service
let settings: Record<string, string>

beforeEach(async () => {
  clock.at = new Date('2026-11-23T15:00:00.000Z')
  mails = []
  texts = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map((one) => one.address)
        mails.push({ to, text: text.replaceAll('=\r\n', '').replaceAll('=3D', '=') })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  settings = {
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    SMTP_FROM: 'no-reply@example.org',
    PUBLIC_URL: 'https://chat.example',
  }
  store = openSqliteStore(':memory:')
  await open()
  return async () => {
    await service.stop()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
})

const carrier: Texting = {
  send: async ({ to, words }) => {
    texts.push({ to, words })
  },
}

async function open(texting?: Texting): Promise<void> {
  const parts = { store, deploymentKey: KEY, clock: { now: () => clock.at }, ...(texting && { texting }) }
  service = await startTestService(parts, settings)
}

/** A visitor who is reached either way, has chosen the given of the offered times, and has sent it. */
async function booked(which: number, answers: Record<string, string> = {}, locale = 'en-US'): Promise<Visitor> {
  const visitor = await visit(service.address, 'sample-002', locale)
  let last = (await visitor.activities()).at(-1)
  const given: Record<string, string> = {
    'reach-by': 'both',
    email: 'ana@example.org',
    'consent-texting': 'no',
    ...answers,
  }
  for (let turn = 0; turn < 70 && said(last).step !== 'slot'; turn += 1)
    last = (await visitor.say(given[said(last).step ?? ''] ?? agree(last as never))).at(-1)
  const label = said(last).input?.options?.[which]?.label ?? ''
  last = (await visitor.say(label)).at(-1)
  for (let turn = 0; turn < 30 && said(last).step !== 'review'; turn += 1)
    last = (await visitor.say(said(last).input?.type === 'consent' ? 'no' : agree(last as never))).at(-1)
  await visitor.say('send')
  return visitor
}

/** Lets time go by until a moment, an hour at a time, and the service do what is due. */
async function until(moment: string): Promise<void> {
  while (clock.at.toISOString() < moment) {
    clock.at = new Date(Math.min(Date.parse(moment), clock.at.getTime() + 3_600_000))
    await performDue(service.house)
  }
}

/** Each once: a mail that is sent a second time keeps its Message-ID, and the clock leaps here while one is under way. */
const toHer = () => [
  ...new Map(
    mails
      .filter(({ to }) => to.includes('ana@example.org'))
      .map((mail) => [/message-id: (\S+)/i.exec(mail.text)?.[1], mail]),
  ).values(),
]

test('reminders come a day and two hours before, by day only, and none for a time that is near', () => {
  const zone = 'America/New_York'
  expect(reminderTimes('2026-11-25T19:00:00.000Z', '2026-11-23T15:00:00.000Z', zone)).toEqual([
    '2026-11-24T19:00:00.000Z',
    '2026-11-25T17:00:00.000Z',
  ])
  // Two hours before half past nine is before eight: it waits for eight.
  expect(reminderTimes('2026-11-25T14:30:00.000Z', '2026-11-24T20:00:00.000Z', zone)).toEqual([
    '2026-11-25T13:00:00.000Z',
  ])
  expect(reminderTimes('2026-11-23T16:00:00.000Z', '2026-11-23T15:00:00.000Z', zone)).toEqual([])
})

test('a reminder by mail survives a restart, says when, and nothing of who, where or what for', async () => {
  await service.stop()
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-reminders-'))
  const file = join(folder, 'kept.sqlite')
  store = openSqliteStore(file)
  await open()
  const visitor = await booked(3)
  expect((await visitor.activities()).map(({ text }) => text).join(' ')).toMatch(/short reminder comes by e-mail/)
  await service.stop()
  store = openSqliteStore(file)
  await open()
  await until('2026-11-25T14:00:00.000Z')
  await expect.poll(() => toHer().length).toBe(2)
  const [first] = toHer()
  expect(first?.text).toMatch(/Subject: A reminder/)
  expect(first?.text).toMatch(/You asked for a call: Wednesday, November 25/)
  expect(first?.text).not.toMatch(/Ana\b(?!@)|sample|program|treat|recover|health|drink|609/i)
  rmSync(folder, { recursive: true, force: true })
})

test('no reminder comes for a time that was cancelled, moved away, or whose permission has ended', async () => {
  const one = await booked(3)
  await one.say('cancel my appointment')
  const other = await booked(3)
  await other.say('take back my permission')
  await until('2026-11-25T15:00:00.000Z')
  expect(toHer()).toEqual([])
  expect(await store.pendingEffects('9999', 50)).toEqual([])
})

test('with a carrier and her yes to texts the reminder is a text, by day and with the way to end it', async () => {
  await service.stop()
  store = openSqliteStore(':memory:')
  await open(carrier)
  await booked(3, { 'consent-texting': 'yes' })
  await until('2026-11-25T14:00:00.000Z')
  expect(toHer()).toEqual([])
  expect(texts).toHaveLength(2)
  expect(texts[0]?.to).toMatch(/^\+1\d{10}$/)
  expect(texts[0]?.words).toMatch(/^You asked for a call: .* Reply STOP/)
})

test('a copy goes out only when she asks, with the time as a file and without a word that she wrote', async () => {
  const visitor = await booked(3)
  await performDue(service.house)
  expect(toHer()).toEqual([])
  expect((await visitor.say('can I get a copy'))[0]?.text).toMatch(/on its way/)
  await performDue(service.house)
  await expect.poll(() => toHer().length).toBe(1)
  const { text = '' } = toHer()[0] ?? {}
  expect(text).toMatch(/Subject: Your copy/)
  expect(text).toMatch(/You asked for this copy/)
  expect(text).toMatch(/Your time for the call: Wednesday, November 25/)
  expect(text).toContain('https://chat.example/permission?t=')
  expect(text).toMatch(/call\.ics/)
  expect(text).not.toMatch(/sample|treat|recover|health|drink|alcohol|609|assess/i)
  for (let count = 0; count < 5; count += 1) await visitor.say('send me a copy')
  await performDue(service.house)
  await expect.poll(() => toHer().length).toBe(3)
})

test('without mail, an address or anything sent, who asks for a copy hears what is possible', async () => {
  const early = await visit(service.address, 'sample-002', 'es-US')
  await early.activities()
  expect((await early.say('envíeme una copia'))[0]?.text).toMatch(/cuando esto se haya enviado/)
  const phoneOnly = await booked(0, { 'reach-by': 'phone' })
  expect((await phoneOnly.say('email me a copy'))[0]?.text).toMatch(/no e-mail address of yours/)
  await service.stop()
  settings = {}
  store = openSqliteStore(':memory:')
  await open()
  const visitor = await booked(0)
  expect((await visitor.activities()).map(({ text }) => text).join(' ')).not.toMatch(/reminder|send me a copy/)
  expect((await visitor.say('send me a copy'))[0]?.text).toMatch(/cannot send mail here/)
})

test('pronouns are noted when they are offered, can be changed, and are never asked for', async () => {
  const steps = async (one: Visitor) =>
    (await one.activities()).filter(({ from }) => from.role === 'bot').map((told) => said(told).step)
  const visitor = await booked(0, { name: 'Sam, they/them', review: 'change' })
  const review = (await visitor.activities()).find(({ text }) => text?.includes('Pronouns: '))
  expect(review?.text).toMatch(/Name to use: Sam\n• Pronouns: they\/them/)
  await visitor.say('change my pronouns')
  expect((await steps(visitor)).at(-1)).toBe('pronouns')
  await visitor.say('she/her')
  const lead = await service.house.store.leadOf(visitor.conversation)
  const live = await service.house.conversations.load(lead?.conversation ?? '')
  expect(live?.state.answers.pronouns?.value).toBe('she/her')
  expect(await steps(await booked(0))).not.toContain('pronouns')
})
