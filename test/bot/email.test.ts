/**
 * Mail to staff, through a real mail server on this machine: neutral, thin, tried again, never lost in silence.
 */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addStaff } from '../../bot/console/staff-accounts.ts'
import { performDue } from '../../bot/outbox/perform.ts'
import type { Service } from '../../bot/service.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { PASSWORD } from './desk-in-test.ts'
import { call, startTestService, visit } from './service-in-test.ts'

interface Mail {
  readonly to: readonly string[]
  readonly text: string
}

let server: SMTPServer
let service: Service
let mails: Mail[]
let refuses: boolean
const clock = { at: new Date('2026-11-23T15:00:00.000Z') }

beforeEach(async () => {
  mails = []
  refuses = false
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
      stream.on('end', () => {
        if (refuses) return done(Object.assign(new Error(`no room for ${text}`), { responseCode: 452 }))
        mails.push({ to: session.envelope.rcptTo.map((one) => one.address), text })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const store = openSqliteStore(':memory:')
  await addStaff(store, { name: 'ana', role: 'admissions', programs: null }, PASSWORD)
  await addStaff(store, { name: 'ben', role: 'admissions', programs: ['jagruti'] }, PASSWORD)
  service = await startTestService(
    { store, clock: { now: () => clock.at } },
    {
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      SMTP_FROM: 'desk@example.org',
      ON_CALL_EMAIL: 'night@example.org, second@example.org',
      LEADS_EMAIL: 'team@example.org',
    },
  )
  return async () => {
    await service.stop()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
})
afterEach(() => {
  clock.at = new Date('2026-11-23T15:00:00.000Z')
})

test('danger is mailed to the person on call: an id and nothing of what was written', async () => {
  const visitor = await visit(service.address)
  await visitor.say('my name is Zorblatt and I want to kill myself')
  await performDue(service.house)
  // The service's own round may have it under way already.
  await expect.poll(() => mails.length).toBe(2)
  const page = mails.find((mail) => mail.to.includes('night@example.org'))
  expect(page?.to).toEqual(['night@example.org', 'second@example.org'])
  expect(page?.text).toContain(visitor.conversation)
  expect(page?.text).not.toMatch(/zorblatt|kill|suicid|inspira|drink|treatment|recovery|health/i)
  expect(mails.filter((mail) => mail.to.includes('team@example.org'))).toHaveLength(1)
})

test('a mail that the server refuses is tried again as the same mail, and its refusal holds no words', async () => {
  refuses = true
  await (await visit(service.address)).say('I want to kill myself')
  await performDue(service.house)
  expect(mails).toEqual([])
  refuses = false
  clock.at = new Date(clock.at.getTime() + 10 * 60_000)
  await performDue(service.house)
  clock.at = new Date(clock.at.getTime() + 10 * 60_000)
  await performDue(service.house)
  const ids = mails
    .filter((mail) => mail.to.includes('night@example.org'))
    .map((mail) => /message-id: <([^@]+)@/i.exec(mail.text)?.[1])
  expect(ids.length).toBeGreaterThan(1)
  expect(new Set(ids).size).toBe(1)
})

test('a notice that never went through stands on the desk, for its program only, until it is sent again', async () => {
  refuses = true
  await (await visit(service.address)).say('I want to kill myself')
  for (let day = 0; day < 12; day += 1) {
    await performDue(service.house)
    clock.at = new Date(clock.at.getTime() + 25 * 3_600_000)
  }
  const api = `${service.address}/desk/api`
  const as = async (name: string) => {
    const answer = await call(`${api}/session`, { body: { name, password: PASSWORD } })
    return { cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] as string }
  }
  const ana = await as('ana')
  const shown = (await call(`${api}/undelivered`, { headers: ana })).body.notices as { id: string; kind: string }[]
  expect(shown).toMatchObject([{ kind: 'announce-lead' }])
  const ben = await as('ben')
  expect((await call(`${api}/undelivered`, { headers: ben })).body.notices).toEqual([])
  expect((await call(`${api}/undelivered/${shown[0]?.id}/again`, { method: 'POST', headers: ben })).status).toBe(404)
  refuses = false
  expect((await call(`${api}/undelivered/${shown[0]?.id}/again`, { method: 'POST', headers: ana })).status).toBe(200)
  await performDue(service.house)
  await expect.poll(() => mails.some((mail) => mail.to.includes('team@example.org'))).toBe(true)
  expect((await call(`${api}/undelivered`, { headers: ana })).body.notices).toEqual([])
})

test('a notice that somebody saw to is taken off the desk and not sent, and the trail says by whom', async () => {
  refuses = true
  await (await visit(service.address)).say('I want to kill myself')
  for (let day = 0; day < 12; day += 1) {
    await performDue(service.house)
    clock.at = new Date(clock.at.getTime() + 25 * 3_600_000)
  }
  const answer = await call(`${service.address}/desk/api/session`, { body: { name: 'ana', password: PASSWORD } })
  const ana = { cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] as string }
  const at = `${service.address}/desk/api/undelivered`
  const [notice] = (await call(at, { headers: ana })).body.notices as { id: string }[]
  refuses = false
  expect((await call(`${at}/${notice?.id}/dismiss`, { method: 'POST', headers: ana })).status).toBe(200)
  expect((await call(`${at}/${notice?.id}/dismiss`, { method: 'POST', headers: ana })).status).toBe(404)
  await performDue(service.house)
  expect(mails.some((mail) => mail.to.includes('team@example.org'))).toBe(false)
  const trail = await service.house.store.auditTrail(50, null)
  expect(trail.find(({ event }) => event === 'notice.dismissed')).toMatchObject({
    actor: 'ana',
    detail: { kind: 'announce-lead' },
  })
})
