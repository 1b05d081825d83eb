/**
 * The desk's API over real HTTP, as the wire contract states it.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addStaff, disableStaff } from '../../bot/console/staff-accounts.ts'
import type { Service } from '../../bot/service.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { call, said, startTestService, visit } from './service-in-test.ts'

const PASSWORD = 'a long passphrase'
const clock = { at: new Date('2026-11-23T15:00:00Z') }
let service: Service
let desk: string

beforeAll(async () => {
  const store = openSqliteStore(':memory:')
  await addStaff(store, { name: 'ana', role: 'admissions', programs: null }, PASSWORD)
  await addStaff(store, { name: 'ben', role: 'admissions', programs: ['jagruti'] }, PASSWORD)
  await addStaff(store, { name: 'chef', role: 'admin', programs: null }, PASSWORD)
  service = await startTestService({ store, clock: { now: () => clock.at } })
  desk = `${service.address}/desk/api`
})
afterAll(() => service.stop())

async function signIn(name: string, password = PASSWORD) {
  return call(`${desk}/session`, { body: { name, password } })
}

async function as(name: string) {
  const answer = await signIn(name)
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] as string
  return (path: string, init: { method?: string; body?: unknown; headers?: Record<string, string> } = {}) =>
    call(`${desk}/${path}`, { ...init, headers: { cookie, ...init.headers } })
}

async function leadInDanger() {
  const visitor = await visit(service.address)
  await visitor.say('I want to kill myself')
  const lead = await service.house.store.leadOf(visitor.conversation)
  if (!lead) throw new Error('no lead was opened')
  return { visitor, lead }
}

test('signing in gives a cookie that no script and no other site can use', async () => {
  const answer = await signIn('ana')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Strict/)
  expect((await signIn('ana', 'a wrong passphrase')).body.error.code).toBe('SIGN_IN_FAILED')
  expect((await signIn('nobody')).body.error.code).toBe('SIGN_IN_FAILED')
  expect((await call(`${desk}/leads`)).body.error.code).toBe('SIGNED_OUT')
})

test('a row says what was heard last, not only what brought the lead', async () => {
  const { visitor, lead } = await leadInDanger()
  const ana = await as('ana')
  const label = async () => (await ana(`leads/rows?ids=${lead.id}`)).body.leads
  expect(await label()).toMatchObject([{ label: 'suicide_active' }])
  await visitor.say('I took all the pills')
  expect(await label()).toMatchObject([{ label: expect.stringMatching(/imminent|overdose/) }])
})

test('a desk reads the rows that changed alone, as the list has them, and none of another program', async () => {
  const { lead } = await leadInDanger()
  const [ana, ben] = [await as('ana'), await as('ben')]
  const list = (await ana('leads')).body.leads as { id: string; place: number }[]
  const rows = (await ana(`leads/rows?ids=${lead.id},lead_of_nobody,${lead.id}`)).body.leads
  expect(rows).toEqual(list.filter(({ id }) => id === lead.id))
  expect(list.map(({ place }) => place)).toEqual(list.map(({ place }) => place).sort())
  expect((await ben(`leads/rows?ids=${lead.id}`)).body.leads).toEqual([])
  const many = Array.from({ length: 51 }, (_, index) => `lead_${index}`).join(',')
  expect((await ana(`leads/rows?ids=${many}`)).body.error.code).toBe('REQUEST_INVALID')
})

test('a lead in danger stands first, with ids and times only in its contract line', async () => {
  const { lead, visitor } = await leadInDanger()
  const ana = await as('ana')
  const { body } = await ana('leads?state=open')
  const [first] = body.leads as Record<string, unknown>[]
  expect(first).toMatchObject({ program: 'inspira', state: 'open', claimedBy: null })
  expect((body.leads as { id: string }[]).some((one) => one.id === lead.id)).toBe(true)
  const view = (await ana(`leads/${lead.id}`)).body
  expect(JSON.stringify(view.transcript)).toContain('I want to kill myself')
  expect(view).toMatchObject({ conversation: visitor.conversation, brief: { danger: { who: 'self' } } })
})

test('exactly one of a hundred claims wins; who lost is told by whom and until when', async () => {
  const { lead } = await leadInDanger()
  const [ana, chef] = [await as('ana'), await as('chef')]
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) => (index % 2 ? ana : chef)(`leads/${lead.id}/claim`, { method: 'POST' })),
  )
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
  const lost = answers.find((answer) => answer.status === 409)
  expect(lost?.body.error).toMatchObject({
    code: 'LEAD_ALREADY_CLAIMED',
    message: expect.stringMatching(/(ana|chef).*2026-11-23T15:15/),
  })
})

test('under the lease: renew, live chat, close; with an old fence nothing', async () => {
  const { lead, visitor } = await leadInDanger()
  const ana = await as('ana')
  const { fence } = (await ana(`leads/${lead.id}/claim`, { method: 'POST' })).body.lease as { fence: number }
  for (const deed of ['renew', 'release', 'close', 'messages', 'takeover', 'hand-back']) {
    const refused = await ana(`leads/${lead.id}/${deed}`, {
      body: { fence: fence + 1, text: 'x', disposition: 'nonsense' },
    })
    expect([deed, refused.status, refused.body.error.code]).toEqual([deed, 409, 'LEASE_LOST'])
  }
  expect((await ana(`leads/${lead.id}/renew`, { body: { fence } })).status).toBe(200)
  await ana(`leads/${lead.id}/takeover`, { body: { fence } })
  await ana(`leads/${lead.id}/messages`, { body: { fence, text: 'Hi, this is Ana from admissions.' } })
  const staffLine = (await visitor.activities()).at(-1)
  expect(staffLine).toMatchObject({ text: 'Hi, this is Ana from admissions.', from: { id: 'staff:ana', role: 'bot' } })
  expect(said(staffLine).kind).toBe('staff')
  expect(await visitor.say('thank you')).toEqual([])
  expect(said((await visitor.say('he has a gun and he is going to shoot me'))[0]).kind).toBe('crisis')
  await ana(`leads/${lead.id}/hand-back`, { body: { fence } })
  expect(said((await visitor.activities()).at(-1)).input).toBeDefined()
  expect((await ana(`leads/${lead.id}/close`, { body: { fence, disposition: 'reached', note: '' } })).status).toBe(200)
  expect((await ana(`leads/${lead.id}/claim`, { method: 'POST' })).body.error.code).toBe('LEAD_CLOSED')
})

test('a lapsed lease returns the lead to the queue', async () => {
  const { lead } = await leadInDanger()
  const ana = await as('ana')
  const { fence } = (await ana(`leads/${lead.id}/claim`, { method: 'POST' })).body.lease as { fence: number }
  clock.at = new Date(clock.at.getTime() + 16 * 60_000)
  const open = (await ana('leads?state=open&limit=1000')).body.leads as { id: string }[]
  expect(open.some((one) => one.id === lead.id)).toBe(true)
  expect((await ana(`leads/${lead.id}/renew`, { body: { fence } })).body.error.code).toBe('LEASE_LOST')
})

test('programs are apart: the leads of others do not exist', async () => {
  const { lead } = await leadInDanger()
  const ben = await as('ben')
  expect((await ben('leads')).body.leads).toEqual([])
  for (const path of [`leads/${lead.id}`, 'leads/lead_none'])
    expect((await ben(path)).body.error.code).toBe('LEAD_NOT_FOUND')
  expect((await ben(`leads/${lead.id}/claim`, { method: 'POST' })).status).toBe(404)
})

test('another site may neither read nor change, cookie or not', async () => {
  const { lead } = await leadInDanger()
  const ana = await as('ana')
  const headers = { origin: 'https://elsewhere.example' }
  expect((await ana(`leads/${lead.id}/claim`, { method: 'POST', headers })).body.error.code).toBe('CROSS_SITE')
  expect((await ana('leads', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
})

test('the audit trail is for admins and names every look', async () => {
  const { lead } = await leadInDanger()
  const [ana, chef] = [await as('ana'), await as('chef')]
  await ana(`leads/${lead.id}`)
  expect((await ana('audit')).body.error.code).toBe('NOT_PERMITTED')
  const events = (await chef('audit?limit=50')).body.events as { event: string; actor: string; lead: string | null }[]
  expect(events).toContainEqual(expect.objectContaining({ event: 'lead.viewed', actor: 'ana', lead: lead.id }))
})

test('an unanswered question reaches the desk', async () => {
  const visitor = await visit(service.address)
  await visitor.say('how much does parking cost at your building')
  await visitor.say('is there parking')
  const { body } = await (await as('ana'))('unanswered')
  const questions = body.questions as { question: string }[]
  const clusters = body.clusters as { program: string; topic: string; count: number }[]
  expect(questions.map((one) => one.question).join(' ')).toContain('parking')
  expect(clusters[0]).toMatchObject({ topic: 'parking', count: 2 })
})

test('events arrive while the desk is open, and resume after the last one heard', async () => {
  const answer = await signIn('ana')
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] as string
  const first = await listen(cookie)
  await leadInDanger()
  await expect.poll(() => first.text()).toContain('event: lead.opened')
  first.stop()
  const lastId = [...first.text().matchAll(/^id: (\d+)/gm)].at(-1)?.[1] as string
  await leadInDanger()
  const second = await listen(cookie, lastId)
  await expect.poll(() => second.text()).toContain('event: lead.opened')
  expect(first.text() + second.text()).not.toContain('kill')
  second.stop()
})

async function listen(cookie: string, lastEventId?: string) {
  const stop = new AbortController()
  const headers: Record<string, string> = { cookie, ...(lastEventId ? { 'last-event-id': lastEventId } : {}) }
  const response = await fetch(`${desk}/events`, { headers, signal: stop.signal })
  let text = ''
  const read = async () => {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
      text += new TextDecoder().decode(chunk)
  }
  void read().catch(() => undefined)
  return { text: () => text, stop: () => stop.abort() }
}

test('after five wrong passwords the name waits; a disabled account is out at once', async () => {
  const chef = await as('chef')
  for (let count = 0; count < 5; count += 1) await signIn('ben', 'a wrong passphrase')
  const locked = await signIn('ben')
  expect([locked.status, locked.body.error.code]).toEqual([429, 'SIGN_IN_LOCKED'])
  expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0)
  await disableStaff(service.house.store, 'chef')
  expect((await chef('leads')).body.error.code).toBe('SIGNED_OUT')
})
