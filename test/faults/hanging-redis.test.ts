/**
 * A Redis that neither answers nor fails: paused, or behind a network through which nothing comes.
 *
 * The card for danger does not wait for it, over the stream and over polling; nothing that was acknowledged is lost, what was
 * sent again is taken once, and readiness tells the truth all along.
 */

import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Service } from '../../bot/service.ts'
import { openRedisStore } from '../../bot/stores/redis.ts'
import type { StoredActivity } from '../../bot/turn/stored-activity.ts'
import { call, said, startTestService, type Visitor, visit } from '../bot/service-in-test.ts'
import { type RedisServer, startRedis } from '../contracts/redis-server.ts'
import { wireTo } from './wire.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function serviceOn(url: string): Promise<Service> {
  const settings = { urls: [url], prefix: `test-${randomUUID()}`, acceptedLosses: [], replicas: 0, keyMark: 'mark' }
  const { exchange, ...store } = await openRedisStore(settings)
  const service = await startTestService({ store, exchange })
  ends.push(service.stop)
  return service
}

async function redis(): Promise<RedisServer> {
  const server = await startRedis()
  ends.push(server.end)
  return server
}

const isCard = (one: StoredActivity): boolean => one.from.role === 'bot' && said(one).kind === 'crisis'

/** What the visitor's socket hears. */
async function listen(visitor: Visitor): Promise<StoredActivity[]> {
  const heard: StoredActivity[] = []
  const socket = new WebSocket(visitor.streamUrl)
  ends.push(() => socket.terminate())
  socket.on('message', (data) => {
    const text = String(data)
    if (text !== '') heard.push(...(JSON.parse(text) as { activities: StoredActivity[] }).activities)
  })
  await once(socket, 'open')
  return heard
}

const post = (visitor: Visitor, text: string) =>
  visitor.post({ type: 'message', text, channelData: { clientActivityID: text } })

async function liveThrough(service: Service, hang: () => void, mend: () => void): Promise<void> {
  const [onSocket, polling] = [await visit(service.address), await visit(service.address)]
  const heard = await listen(onSocket)
  for (const one of [onSocket, polling]) expect((await post(one, 'hello')).status).toBe(200)
  hang()
  const posts = [onSocket, polling].map((one) => post(one, 'I want to kill myself'))
  // Well before the store's own time is over: the post is still waiting for it.
  const answered = Promise.race(posts).then(() => 'answered')
  const card = expect
    .poll(() => heard.some(isCard), { interval: 20 })
    .toBe(true)
    .then(() => 'card')
  expect(await Promise.race([card, answered])).toBe('card')
  expect((await polling.activities()).some(isCard)).toBe(true)
  expect((await call(`${service.address}/healthz`)).status).toBe(200)
  const statuses = (await Promise.all(posts)).map(({ status }) => status)
  expect(statuses).toEqual([503, 503])
  expect((await call(`${service.address}/readyz`)).status).toBe(503)
  mend()
  await expect.poll(async () => (await call(`${service.address}/readyz`)).status, { timeout: 20_000 }).toBe(200)
  for (const one of [onSocket, polling]) {
    expect((await post(one, 'I want to kill myself')).status).toBe(200)
    expect((await post(one, 'hello')).status).toBe(200)
    const kept = (await one.activities()).filter(({ from }) => from.role === 'user').map(({ text }) => text)
    expect(kept).toEqual(['hello', 'I want to kill myself'])
    expect((await one.activities()).filter(isCard).length).toBeGreaterThan(0)
  }
  const leads = await service.house.store.leads({ state: 'open', programs: null, limit: 9, after: null, at: '9' })
  expect(leads.leads).toHaveLength(2)
}

test('paused: the card comes at once, and everything else when it goes on', async () => {
  const server = await redis()
  const service = await serviceOn(server.url)
  await liveThrough(
    service,
    () => process.kill(server.pid(), 'SIGSTOP'),
    () => process.kill(server.pid(), 'SIGCONT'),
  )
}, 60_000)

test('cut off by the network: the card comes at once, and everything else when the line is back', async () => {
  const server = await redis()
  const wire = await wireTo(server.port)
  ends.push(wire.end)
  const service = await serviceOn(`redis://127.0.0.1:${wire.port}`)
  await liveThrough(
    service,
    () => wire.cut(true),
    () => wire.cut(false),
  )
}, 60_000)
