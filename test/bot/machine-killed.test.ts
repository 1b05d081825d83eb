/**
 * A machine behind a proxy is killed in the middle of many chats: no acknowledged word is lost, no lead is doubled.
 *
 * `CHATS=500` makes it the large run that `docs/measured.md` reports.
 */
import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { expect, test } from 'vitest'
import { markOf } from '../../bot/keeping/deployment-key.ts'
import { openRedisStore } from '../../bot/stores/redis.ts'
import { type RedisServer, startRedis } from '../contracts/redis-server.ts'
import { call } from './service-in-test.ts'
import { type SpawnedService, spawnService } from './spawned-service.ts'
import { startProxy } from './tcp-proxy.ts'

const CHATS = Number(process.env.CHATS ?? 24)
const script = ['hello', 'I am 34', 'do you take my insurance', 'I want to kill myself', 'please help', 'still here']
const PATIENCE_MS = 60_000

interface Chat {
  readonly url: string
  readonly token: string
  readonly acknowledged: string[]
}

test('kill -9 of one of two machines: acknowledged turns lost 0, leads doubled 0', {
  timeout: 120_000 + CHATS * 1_000,
}, async () => {
  const redis = await startRedis()
  const key = randomBytes(32)
  const machines = await startBoth(redis, key)
  const living = [...machines]
  const proxy = await startProxy(() => living.map((machine) => Number(new URL(machine.address).port)))
  const chats = await Promise.all(Array.from({ length: CHATS }, () => begin(proxy.address)))
  const talking = Promise.all(chats.map((chat) => talk(chat)))
  await expect.poll(() => told(chats), { timeout: PATIENCE_MS }).toBeGreaterThan(CHATS)
  const before = told(chats)
  await living.shift()?.kill()
  await talking
  const survivor = living[0] as SpawnedService
  const counts = { ...(await count(survivor.address, chats)), ...(await leadsIn(redis, key)) }
  process.stdout.write(`${JSON.stringify({ chats: CHATS, acknowledgedBeforeTheKill: before, ...counts })}\n`)
  expect(counts).toEqual({
    acknowledged: CHATS * script.length,
    lost: 0,
    doubled: 0,
    leads: CHATS,
    conversationsWithLeads: CHATS,
  })
  proxy.close()
  await survivor.stop()
  await redis.end()
})

function startBoth(redis: RedisServer, key: Buffer): Promise<SpawnedService[]> {
  const settings = {
    REDIS_URL: redis.url,
    KEY: key.toString('base64'),
    DIRECT_LINE_SECRET: 'a-secret-for-tests-only',
    LOG_LEVEL: 'silent',
    DATA_DIR: redis.folder,
  }
  return Promise.all([spawnService(settings), spawnService(settings)])
}

async function begin(address: string): Promise<Chat> {
  const { token } = (await call(`${address}/programs/inspira/token`, { method: 'POST' })).body
  const base = `${address}/v3/directline/conversations`
  const { conversationId } = (await call(base, { bearer: token, body: {} })).body
  return { url: `${base}/${conversationId}/activities`, token, acknowledged: [] }
}

/** Says the script, each line until it is acknowledged, as the widget does; every post is a connection of its own. */
async function talk(chat: Chat): Promise<void> {
  for (const text of script) {
    const until = Date.now() + PATIENCE_MS
    while ((await post(chat, text)) !== 200) {
      if (Date.now() > until) throw new Error('a line was never acknowledged')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    chat.acknowledged.push(text)
  }
}

const agent = new Agent({ keepAlive: false, maxSockets: 64 })

function post({ url, token }: Chat, text: string): Promise<number> {
  const body = JSON.stringify({ type: 'message', text, channelData: { clientActivityID: text } })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return new Promise((resolve) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('close', () => resolve(response.complete ? (response.statusCode ?? 0) : 0))
    })
    sent.once('error', () => resolve(0))
    sent.end(body)
  })
}

const told = (chats: readonly Chat[]): number => chats.reduce((sum, chat) => sum + chat.acknowledged.length, 0)

async function count(address: string, chats: readonly Chat[]) {
  let [lost, doubled] = [0, 0]
  for (const { url, token, acknowledged } of chats) {
    const here = address + new URL(url).pathname
    const { activities } = (await call(here, { bearer: token })).body
    const stored = activities.filter((one) => one.from.role === 'user').map((one) => one.text)
    lost += acknowledged.filter((text) => !stored.includes(text)).length
    doubled += stored.length - new Set(stored).size
  }
  return { acknowledged: told(chats), lost, doubled }
}

async function leadsIn(redis: RedisServer, key: Buffer) {
  const settings = { urls: [redis.url], prefix: 'porchlight', acceptedLosses: [], replicas: 0, keyMark: markOf(key) }
  const store = await openRedisStore(settings)
  const query = { state: 'open', programs: null, limit: 10_000, after: null, at: new Date().toISOString() } as const
  const { leads } = await store.leads(query)
  await store.close()
  return { leads: leads.length, conversationsWithLeads: new Set(leads.map((lead) => lead.conversation)).size }
}
