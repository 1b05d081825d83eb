/**
 * Two machines on one Redis: whichever a request reaches, it is the same service.
 */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { addStaff } from '../../bot/console/staff-accounts.ts'
import type { Service } from '../../bot/service.ts'
import type { StoredActivity } from '../../bot/turn/stored-activity.ts'
import { PASSWORD } from './desk-in-test.ts'
import { type Machines, on, startMachines } from './machines-in-test.ts'
import { type Answer, call, type Visitor, visit } from './service-in-test.ts'

let machines: Machines
let pages: string[]
let pager: Server

beforeAll(async () => {
  pages = []
  pager = createServer((request, response) => {
    pages.push(String(request.headers['webhook-id']))
    setTimeout(() => response.end('{}'), 50)
  }).listen(0, '127.0.0.1')
  await once(pager, 'listening')
  const url = `http://127.0.0.1:${(pager.address() as AddressInfo).port}/`
  machines = await startMachines({
    ON_CALL_WEBHOOK: url,
    ON_CALL_WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  })
  await addStaff(machines.one.house.store, { name: 'ana', role: 'admissions', programs: null }, PASSWORD)
})
afterAll(async () => {
  await machines.stop()
  pager.close()
})

const activitiesOf = (visitor: Visitor) => `/v3/directline/conversations/${visitor.conversation}/activities`

function post(service: Service, visitor: Visitor, activity: object): Promise<Answer> {
  return call(service.address + activitiesOf(visitor), {
    bearer: visitor.token,
    body: { type: 'message', ...activity },
  })
}

async function read(service: Service, visitor: Visitor): Promise<string[]> {
  const { body } = await call(service.address + activitiesOf(visitor), { bearer: visitor.token })
  return body.activities.filter((one) => one.from.role === 'user').map((one) => one.text ?? '')
}

/** A socket on one machine; collects what it is given, in order. */
async function listen(service: Service, visitor: Visitor): Promise<{ heard: StoredActivity[]; close(): void }> {
  const url = `${service.address}/v3/directline/conversations/${visitor.conversation}?watermark=`
  const { streamUrl } = (await call(url, { bearer: visitor.token })).body
  const socket = new WebSocket(on(service, streamUrl))
  const heard: StoredActivity[] = []
  socket.on('message', (data) => {
    if (String(data) !== '') heard.push(...JSON.parse(String(data)).activities)
  })
  await new Promise((resolve) => socket.once('open', resolve))
  return { heard, close: () => socket.terminate() }
}

test('a socket on one machine hears every turn, in order and once, wherever it was taken', async () => {
  const { one, other } = machines
  const visitor = await visit(one.address)
  const socket = await listen(one, visitor)
  for (let count = 0; count < 12; count += 1) {
    await post(count % 2 === 0 ? other : one, visitor, { text: `line ${count}` })
  }
  await Promise.all(
    Array.from({ length: 24 }, (_, index) => post(index % 2 ? one : other, visitor, { text: `at once ${index}` })),
  )
  const stored = (await call(one.address + activitiesOf(visitor), { bearer: visitor.token })).body.activities
  // What a machine says while the store keeps it waiting stands nowhere.
  const kept = () => socket.heard.map(({ id }) => id).filter((id) => !id.includes('|unstored-'))
  await expect.poll(kept).toEqual(stored.map((activity) => activity.id))
  expect(await read(other, visitor)).toHaveLength(36)
  socket.close()
})

test('a repeated message is one turn, whichever machine it reaches', async () => {
  const { one, other } = machines
  const visitor = await visit(one.address)
  const activity = { text: 'I am 34', channelData: { clientActivityID: 'first' } }
  const answers = await Promise.all([one, other, one, other].map((machine) => post(machine, visitor, activity)))
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200])
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
  expect(await read(one, visitor)).toEqual(['I am 34'])
})

test('what is erased on one machine is gone on the other at once', async () => {
  const { one, other } = machines
  const visitor = await visit(one.address)
  await post(one, visitor, { text: 'hello' })
  await post(other, visitor, { text: 'hello again' })
  await post(one, visitor, { type: 'event', name: 'porchlight/erase' })
  const after = await call(other.address + activitiesOf(visitor), { bearer: visitor.token })
  expect(after.status).toBe(404)
  expect((await post(other, visitor, { text: 'still there?' })).status).toBe(404)
})

test('the key of what is erased on one machine is in the memory of no other', async () => {
  const { one, other } = machines
  const visitors = [await visit(one.address), await visit(one.address)] as const
  for (const visitor of visitors) await post(other, visitor, { text: 'hello' })
  const keysThere = (): Promise<unknown[]> =>
    Promise.all(visitors.map(({ conversation }) => other.house.conversations.keyOf(conversation)))
  expect(await keysThere()).toEqual([expect.anything(), expect.anything()])
  await post(one, visitors[0], { type: 'event', name: 'porchlight/erase' })
  // A copy in memory is given without asking the store: so none is there any more.
  await expect.poll(keysThere).toEqual([null, expect.anything()])
})

async function signIn(service: Service): Promise<string> {
  const answer = await call(`${service.address}/desk/api/session`, { body: { name: 'ana', password: PASSWORD } })
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] as string
}

test('a session, a lead, its claim and a live chat are the same on both machines', async () => {
  const { one, other } = machines
  const cookie = await signIn(one)
  const desk = (service: Service, path: string, body?: object) =>
    call(`${service.address}/desk/api/${path}`, { headers: { cookie }, ...(body ? { body } : {}) })
  const visitor = await visit(one.address)
  await post(one, visitor, { text: 'I want to kill myself' })
  const lead = await other.house.store.leadOf(visitor.conversation)
  expect((await desk(other, `leads/${lead?.id}`)).status).toBe(200)
  const claims = await Promise.all([one, other].map((service) => desk(service, `leads/${lead?.id}/claim`, {})))
  expect(claims.map((claim) => claim.status).sort()).toEqual([200, 409])
  await desk(other, `leads/${lead?.id}/takeover`, { fence: 1 })
  expect((await desk(one, `leads/${lead?.id}/messages`, { fence: 1, text: 'I am here.' })).body).toEqual({ sent: true })
  await post(one, visitor, { text: 'thank you' })
  const { activities } = (await call(other.address + activitiesOf(visitor), { bearer: visitor.token })).body
  expect(activities.slice(-2).map((activity) => activity.text)).toEqual(['I am here.', 'thank you'])
})

test('a desk hears every machine, and resumes on the other one where it was', async () => {
  const { one, other } = machines
  const cookie = await signIn(other)
  const events = async (service: Service, last: string) => {
    const stop = new AbortController()
    const headers = { cookie, 'last-event-id': last }
    const response = await fetch(`${service.address}/desk/api/events`, { headers, signal: stop.signal })
    let text = ''
    void (async () => {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
        text += new TextDecoder().decode(chunk)
    })().catch(() => undefined)
    return { text: () => text, stop: () => stop.abort() }
  }
  const first = await events(one, '')
  const visitor = await visit(other.address)
  await post(other, visitor, { text: 'I want to kill myself' })
  await expect.poll(first.text).toContain('event: lead.opened')
  const before = /id: (\d+)\nevent: lead.opened/.exec(first.text())?.[1] ?? ''
  first.stop()
  await post(one, visitor, { text: 'please help' })
  await expect.poll(() => other.house.deskEvents.lastId()).toBeGreaterThan(Number(before) + 1)
  const second = await events(other, before)
  await expect.poll(second.text).toContain(`"conversation":"${visitor.conversation}"`)
  expect(second.text()).not.toContain('event: lead.opened')
  second.stop()
})

test('on-call is paged once for each effect, though both machines look for what is due', async () => {
  pages.length = 0
  const visitors = await Promise.all(Array.from({ length: 6 }, () => visit(machines.one.address)))
  await Promise.all(visitors.map((visitor) => post(machines.other, visitor, { text: 'I am going to kill myself' })))
  // A page of an earlier test may still come: what counts is that none comes twice.
  const paged = () => pages.filter((id) => id.startsWith('page_')).length
  await expect.poll(paged, { timeout: 15_000 }).toBeGreaterThanOrEqual(6)
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  expect(new Set(pages).size).toBe(pages.length)
})

test('a machine whose clock is not that of the store says by how much, and the other does not', async () => {
  const { one, other } = machines
  const ahead = vi.spyOn(Date, 'now').mockImplementation(() => performance.timeOrigin + performance.now() + 7_000)
  await one.house.store.check()
  ahead.mockRestore()
  await other.house.store.check()
  const skewOf = async (address: string): Promise<number> =>
    (await call(`${address}/readyz`)).body.clockSkewMs as number
  const skews = [one, other].map(({ house }) => house.exchange?.clockSkewMs() ?? 0)
  expect(skews[0]).toBeGreaterThan(5_000)
  expect(Math.abs(skews[1] as number)).toBeLessThan(2_000)
  expect(Math.abs(await skewOf(other.address))).toBeLessThan(2_000)
})
