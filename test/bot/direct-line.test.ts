/**
 * Direct Line 3.0 over real HTTP and WebSocket, as the wire contract states it.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Service } from '../../bot/service.ts'
import { call, SECRET, said, startTestService, visit } from './service-in-test.ts'

let service: Service
let line: string
const clock = { at: new Date('2026-11-21T07:10:00Z') }

beforeAll(async () => {
  service = await startTestService({ clock: { now: () => clock.at } })
  line = `${service.address}/v3/directline`
})
afterAll(() => service.stop())

function claims(token: string): { user?: string; exp: number } {
  return JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString())
}

test('the bot greets first, and its last words carry an input', async () => {
  const visitor = await visit(service.address)
  const activities = await visitor.activities()
  expect(activities.length).toBeGreaterThan(0)
  expect(said(activities.at(-1)).input).toBeDefined()
})

test('a message is echoed before its answer, with its id, channelData and the user of the token', async () => {
  const visitor = await visit(service.address)
  const before = await visitor.activities()
  const channelData = { clientActivityID: 'c-1', nested: { keep: [1, 'two'] } }
  const { body } = await visitor.post({ type: 'message', text: 'hello', from: { id: 'dl_forged' }, channelData })
  const [echo, answer] = (await visitor.activities()).slice(before.length)
  expect(echo).toMatchObject({
    id: body.id,
    text: 'hello',
    channelData,
    from: { id: claims(visitor.token).user, role: 'user' },
  })
  expect(answer).toMatchObject({ replyToId: body.id, from: { role: 'bot' }, channelId: 'directline' })
})

test('the same client id is one turn, however often and however fast it is posted', async () => {
  const visitor = await visit(service.address)
  const before = await visitor.activities()
  const activity = { type: 'message', text: 'hello', channelData: { clientActivityID: 'again' } }
  const answers = await Promise.all(Array.from({ length: 8 }, () => visitor.post(activity)))
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
  const echoes = (await visitor.activities()).slice(before.length).filter((one) => one.from.role === 'user')
  expect(echoes).toHaveLength(1)
})

test('different messages at once are different turns and none is lost', async () => {
  const visitor = await visit(service.address)
  const texts = Array.from({ length: 10 }, (_, index) => `message ${index}`)
  const answers = await Promise.all(texts.map((text) => visitor.post({ type: 'message', text })))
  expect(answers.every((answer) => answer.status === 200)).toBe(true)
  const echoed = (await visitor.activities()).filter((one) => one.from.role === 'user').map((one) => one.text)
  expect(echoed.toSorted()).toEqual(texts.toSorted())
})

test('a watermark gives what came after it; at the end nothing, and the same watermark', async () => {
  const visitor = await visit(service.address)
  const url = `${line}/conversations/${visitor.conversation}/activities`
  const first = await call(url, { bearer: visitor.token })
  await visitor.post({ type: 'message', text: 'later' })
  const second = await call(`${url}?watermark=${first.body.watermark}`, { bearer: visitor.token })
  expect(second.body.activities[0]?.text).toBe('later')
  const third = await call(`${url}?watermark=${second.body.watermark}`, { bearer: visitor.token })
  expect(third.body).toEqual({ activities: [], watermark: second.body.watermark })
})

test.each([
  ['no token', undefined, 401, 'Unauthorized'],
  ['nonsense', 'a.b.c', 403, 'Forbidden'],
  [
    'a token without a signature',
    `${btoa('{"alg":"none"}')}.${btoa('{"conv":"x","program":"inspira","exp":9999999999}')}.`,
    403,
    'Forbidden',
  ],
])('%s opens nothing', async (_name, bearer, status, code) => {
  const answer = await call(`${line}/conversations`, { method: 'POST', ...(bearer ? { bearer } : {}) })
  expect([answer.status, answer.body.error.code]).toEqual([status, code])
})

test('a token opens its own conversation only', async () => {
  const [mine, other] = [await visit(service.address), await visit(service.address)]
  const url = `${line}/conversations/${other.conversation}`
  const answers = [
    await call(url, { bearer: mine.token }),
    await call(`${url}/activities`, { bearer: mine.token }),
    await call(`${url}/activities`, { bearer: mine.token, body: { type: 'message', text: 'x' } }),
  ]
  expect(answers.map((answer) => answer.status)).toEqual([403, 403, 403])
})

test('a token is refreshed while it lives and not after; the old one works until its end', async () => {
  const visitor = await visit(service.address)
  const fresh = await call(`${line}/tokens/refresh`, { method: 'POST', bearer: visitor.token })
  expect(claims(fresh.body.token).user).toBe(claims(visitor.token).user)
  const url = `${line}/conversations/${visitor.conversation}/activities`
  expect((await call(url, { bearer: visitor.token })).status).toBe(200)
  clock.at = new Date(clock.at.getTime() + 1_801_000)
  for (const [method, address] of [
    ['GET', url],
    ['POST', `${line}/tokens/refresh`],
  ] as const) {
    const late = await call(address, { method, bearer: visitor.token })
    expect([late.status, late.body.error.code]).toEqual([403, 'TokenExpired'])
  }
})

test('the secret makes tokens for a program and a user; a user id must start with dl_', async () => {
  const generate = (body?: unknown) =>
    call(`${line}/tokens/generate`, { method: 'POST', bearer: SECRET, ...(body ? { body } : {}) })
  expect((await generate()).body).toMatchObject({ conversationId: expect.any(String), expires_in: 1800 })
  expect(claims((await generate({ User: { Id: 'dl_pascal' } })).body.token).user).toBe('dl_pascal')
  expect((await generate({ user: { id: 'eve' } })).body.error.code).toBe('BadArgument')
  expect((await generate({ program: 'nowhere' })).body.error.code).toBe('PROGRAM_NOT_FOUND')
  expect((await call(`${line}/tokens/generate`, { method: 'POST', bearer: 'wrong' })).status).toBe(403)
})

test.each([
  [{ text: 'no type' }, 400, 'MissingProperty'],
  [{ type: 'message', text: 'x'.repeat(8_001) }, 413, 'MessageSizeTooBig'],
  [{ type: 'message', text: 'x'.repeat(400_000) }, 413, 'MessageSizeTooBig'],
  [{ type: 'message', text: 7 }, 400, 'MalformedData'],
])('what is no activity is refused and nothing is stored', async (activity, status, code) => {
  const visitor = await visit(service.address)
  const before = await visitor.activities()
  const answer = await visitor.post(activity as Record<string, unknown>)
  expect([answer.status, answer.body.error.code]).toEqual([status, code])
  expect(await visitor.activities()).toEqual(before)
})

test('an upload before its permission is refused in words, without losing the conversation', async () => {
  const visitor = await visit(service.address)
  const url = `${line}/conversations/${visitor.conversation}/upload?userId=x`
  const empty = await call(url, { bearer: visitor.token, body: {} })
  expect([empty.status, empty.body.error.code]).toEqual([400, 'BadArgument'])
  const headers = { authorization: `Bearer ${visitor.token}`, 'content-type': 'text/plain' }
  const early = await fetch(url, { method: 'POST', headers, body: 'hello' })
  expect([early.status, ((await early.json()) as typeof empty.body).error.code]).toEqual([415, 'NotSupported'])
})

test('a page elsewhere is refused, its preflight and its errors can still be read', async () => {
  const visitor = await visit(service.address)
  const url = `${line}/conversations/${visitor.conversation}/activities`
  const headers = { origin: 'https://elsewhere.example' }
  const refused = await call(url, { bearer: visitor.token, headers })
  expect([refused.status, refused.body.error.code]).toEqual([403, 'ORIGIN_NOT_ALLOWED'])
  expect(refused.headers.get('access-control-allow-origin')).toBe('https://elsewhere.example')
  const preflight = await call(url, { method: 'OPTIONS', headers })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-headers')).toContain('x-requested-with')
  expect((await call(`${service.address}/programs/inspira/token`, { method: 'POST', headers })).status).toBe(403)
  expect((await call(`${service.address}/programs/nowhere/token`, { method: 'POST' })).body.error.code).toBe(
    'PROGRAM_NOT_FOUND',
  )
})

test('the stream replays, goes on live, and a second socket leaves the first alone', async () => {
  const visitor = await visit(service.address)
  await visitor.post({ type: 'message', text: 'before the socket' })
  const [one, other] = [await listen(visitor.streamUrl), await listen(visitor.streamUrl)]
  await visitor.post({ type: 'message', text: 'while it is open' })
  await expect.poll(() => one.texts()).toEqual(expect.arrayContaining(['before the socket', 'while it is open']))
  await expect.poll(() => other.texts()).toContain('while it is open')
  expect(new Set(one.ids()).size).toBe(one.ids().length)
  one.socket.close()
  other.socket.close()
})

test('reconnecting with a watermark replays what was missed, without one only what follows', async () => {
  const visitor = await visit(service.address)
  const url = `${line}/conversations/${visitor.conversation}`
  const { body } = await call(`${url}/activities`, { bearer: visitor.token })
  await visitor.post({ type: 'message', text: 'while away' })
  const replayed = await listen(
    (await call(`${url}?watermark=${body.watermark}`, { bearer: visitor.token })).body.streamUrl,
  )
  await expect.poll(() => replayed.texts()[0]).toBe('while away')
  const later = await listen((await call(url, { bearer: visitor.token })).body.streamUrl)
  await visitor.post({ type: 'message', text: 'from now on' })
  await expect.poll(() => later.texts()[0]).toBe('from now on')
  replayed.socket.close()
  later.socket.close()
})

test('a forged, foreign or missing stream token is refused', async () => {
  const [mine, other] = [await visit(service.address), await visit(service.address)]
  const foreign = new URL(other.streamUrl)
  foreign.pathname = new URL(mine.streamUrl).pathname
  const forged = new URL(mine.streamUrl)
  forged.searchParams.set('t', 'nonsense')
  for (const url of [foreign.href, forged.href, mine.streamUrl.split('?')[0] as string]) {
    await expect(listen(url)).rejects.toThrow()
  }
  await expect(listen(mine.streamUrl, 'https://elsewhere.example')).rejects.toThrow()
})

test('an erased conversation is over: 404 everywhere, and it cannot be started again', async () => {
  const visitor = await visit(service.address)
  expect((await visitor.post({ type: 'event', name: 'porchlight/erase' })).status).toBe(200)
  expect((await call(`${line}/conversations/${visitor.conversation}`, { bearer: visitor.token })).status).toBe(404)
  expect((await visitor.post({ type: 'message', text: 'x' })).status).toBe(404)
  expect((await call(`${line}/conversations`, { method: 'POST', bearer: visitor.token })).status).toBe(404)
})

async function listen(url: string, origin?: string) {
  const socket = new WebSocket(url, origin === undefined ? {} : { origin })
  const activities: { id: string; text?: string }[] = []
  socket.on('message', (frame) => {
    if (String(frame) !== '') activities.push(...JSON.parse(String(frame)).activities)
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return { socket, texts: () => activities.map((one) => one.text), ids: () => activities.map((one) => one.id) }
}
