/**
 * The installation of `docs/deploy.md` for real: the files of `deploy/` for Redis, nginx and HAProxy, and a visitor
 * who talks through them while machines come and go.
 */
import { Agent, request } from 'node:https'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { StoredActivity } from '../../bot/turn/stored-activity.ts'
import { type Installation, install } from './installation-in-test.ts'

let installation: Installation
let agent: Agent
beforeAll(async () => {
  installation = await install()
  agent = new Agent({ ca: installation.certificate, keepAlive: true })
})
afterAll(async () => {
  agent.destroy()
  await installation.end()
})

interface Answered {
  readonly status: number
  readonly body: { conversationId: string; token: string; streamUrl: string; activities: StoredActivity[] }
}

function call(url: string, asked: { method?: string; bearer?: string; body?: object } = {}): Promise<Answered> {
  const headers: Record<string, string> = asked.bearer ? { authorization: `Bearer ${asked.bearer}` } : {}
  if (asked.body) headers['content-type'] = 'application/json'
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: asked.method ?? (asked.body ? 'POST' : 'GET'), headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 0, body: text.startsWith('{') ? JSON.parse(text) : {} })
      })
    })
    sent.once('error', reject)
    sent.end(asked.body ? JSON.stringify(asked.body) : undefined)
  })
}

async function visitThrough(port: number) {
  const base = `https://localhost:${port}`
  const granted = (await call(`${base}/programs/inspira/token`, { method: 'POST' })).body
  const started = (await call(`${base}/v3/directline/conversations`, { bearer: granted.token, body: {} })).body
  const heard: StoredActivity[] = []
  const socket = new WebSocket(started.streamUrl, { ca: installation.certificate })
  socket.on('message', (data) => {
    if (String(data) !== '') heard.push(...JSON.parse(String(data)).activities)
  })
  await new Promise((resolve) => socket.once('open', resolve))
  const url = `${base}/v3/directline/conversations/${started.conversationId}/activities`
  const say = (text: string) => call(url, { bearer: started.token, body: { type: 'message', text } })
  const stored = async () => (await call(url, { bearer: started.token })).body.activities
  return { base, heard, socket, say, stored, scheme: new URL(started.streamUrl).protocol }
}

/** Turns that each machine has taken, by its own count. */
async function turnsOf(index: 0 | 1): Promise<number> {
  const text = await (await fetch(`${installation.machines[index].address}/metrics`)).text()
  return Number(/porchlight_turns_total\{outcome="taken"\} (\d+)/.exec(text)?.[1] ?? 0)
}

describe.each(['nginx', 'haproxy'] as const)('behind %s', (name) => {
  test('both machines take the turns of one chat, its socket hears all of them, the inside stays inside', async () => {
    const before = [await turnsOf(0), await turnsOf(1)] as const
    const visitor = await visitThrough(await installation.proxy(name))
    expect(visitor.scheme).toBe('wss:')
    for (let count = 0; count < 8; count += 1) expect((await visitor.say(`line ${count}`)).status).toBe(200)
    const stored = await visitor.stored()
    await expect.poll(() => visitor.heard.map((one) => one.id)).toEqual(stored.map((one) => one.id))
    expect(await turnsOf(0)).toBeGreaterThan(before[0])
    expect(await turnsOf(1)).toBeGreaterThan(before[1])
    expect((await call(`${visitor.base}/metrics`)).status).toBe(404)
    visitor.socket.terminate()
  })
})

test('a machine leaves while people talk: not ready first, then gone, and no message is refused', async () => {
  const visitor = await visitThrough(await installation.proxy('haproxy'))
  const [leaving] = installation.machines
  const statuses: number[] = []
  let left = false
  const stopping = leaving.stop().then(() => {
    left = true
  })
  await expect.poll(async () => (await fetch(`${leaving.address}/readyz`)).status).toBe(503)
  while (!left) statuses.push((await visitor.say(`line ${statuses.length}`)).status)
  await stopping
  for (let count = 0; count < 5; count += 1) statuses.push((await visitor.say('still here')).status)
  expect(new Set(statuses)).toEqual(new Set([200]))
  expect((await visitor.stored()).filter((one) => one.from.role === 'user')).toHaveLength(statuses.length)
  visitor.socket.terminate()
})
