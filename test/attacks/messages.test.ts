/**
 * Attacks on Microsoft's channel: posts that nobody signed, signed by somebody else, or that want our answer elsewhere.
 *
 * Without an app id there is no such address. With one, only the SDK's own check of Microsoft's signature lets a
 * post in; whatever a post asks, its `serviceUrl` is never called before that.
 */
import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { visitorOf } from '../../bot/channels/azure.ts'
import { eraseConversation } from '../../bot/keeping/erase-conversation.ts'
import type { Service } from '../../bot/service.ts'
import { call, startTestService } from '../bot/service-in-test.ts'

const APP = '00000000-0000-4000-8000-000000000001'
let service: Service
let elsewhere: Server
let serviceUrl: string
let calls = 0

beforeAll(async () => {
  elsewhere = createServer((_request, response) => {
    calls += 1
    response.end('{}')
  }).listen(0, '127.0.0.1')
  await once(elsewhere, 'listening')
  serviceUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`
  service = await startTestService({}, { BOT_APP_ID: APP, BOT_APP_PASSWORD: 'not-a-real-password' })
})
/** The SDK prints what went wrong; a service keeps only that it spoke. */
vi.spyOn(console, 'error').mockImplementation(() => undefined)
afterAll(async () => {
  await service.stop()
  elsewhere.close()
})

const activity = () => ({
  type: 'message',
  id: 'a1',
  channelId: 'emulator',
  text: 'I want to kill myself',
  serviceUrl,
  from: { id: 'attacker' },
  recipient: { id: APP },
  conversation: { id: 'c1' },
})

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })

/** A token with everything right about it but whose it is. */
function forged(
  claims: Record<string, unknown>,
  header: Record<string, unknown> = { alg: 'RS256', kid: 'mine' },
): string {
  const now = Math.floor(Date.now() / 1000)
  const body = `${part({ typ: 'JWT', ...header })}.${part({ nbf: now - 60, exp: now + 3_600, aud: APP, serviceurl: serviceUrl, ...claims })}`
  if (header.alg === 'none') return `${body}.`
  const signature =
    header.alg === 'HS256'
      ? createHmac('sha256', 'not-a-real-password').update(body).digest('base64url')
      : sign('sha256', Buffer.from(body), privateKey).toString('base64url')
  return `${body}.${signature}`
}

const channel = { iss: 'https://api.botframework.com' }
const emulator = { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', appid: APP, ver: '1.0' }

const posts: readonly [string, Record<string, string>][] = [
  ['no signature at all', {}],
  ['an empty one', { authorization: 'Bearer ' }],
  ['a word', { authorization: 'Bearer zq9canary' }],
  ['the app’s password', { authorization: 'Bearer not-a-real-password' }],
  ['another scheme', { authorization: 'Basic YTpi' }],
  ['a key of its own', { authorization: `Bearer ${forged(channel)}` }],
  [
    'a key elsewhere',
    { authorization: `Bearer ${forged(channel, { alg: 'RS256', kid: 'mine', jku: 'URL', x5u: 'URL' })}` },
  ],
  ['alg none', { authorization: `Bearer ${forged(channel, { alg: 'none' })}` }],
  ['the password as key', { authorization: `Bearer ${forged(channel, { alg: 'HS256', kid: 'mine' })}` }],
  ['the emulator’s issuer', { authorization: `Bearer ${forged(emulator)}` }],
  ['an expired one', { authorization: `Bearer ${forged({ ...channel, exp: 1 })}` }],
  ['an issuer elsewhere', { authorization: `Bearer ${forged({ iss: 'https://evil.example' })}` }],
]

test.each(posts)(
  '%s lets nobody in, and our answer goes nowhere',
  async (_name, headers) => {
    const trail = (await service.house.store.auditTrail(1_000, null)).length
    const { status } = await call(`${service.address}/api/messages`, { body: activity(), headers })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(calls).toBe(0)
    const page = await service.house.store.aging(null, 10)
    expect(page.conversations).toEqual([])
    expect((await service.house.store.auditTrail(1_000, null)).length).toBe(trail)
  },
  30_000,
)

test('somebody whose talk was erased is heard again on the same channel, in a talk of its own', async () => {
  const { house } = service
  const first = await visitorOf(house, activity())
  expect(await visitorOf(house, activity())).toEqual(first)
  await eraseConversation(house, first.conversation, { actor: 'visitor', detail: {} })
  const second = await visitorOf(house, activity())
  expect(second.conversation).not.toBe(first.conversation)
  expect(await visitorOf(house, activity())).toEqual(second)
})

test('without an app id there is no such address', async () => {
  const plain = await startTestService()
  const answer = await call(`${plain.address}/api/messages`, { body: activity() })
  expect([answer.status, answer.body.error.code]).toEqual([404, 'NOT_FOUND'])
  expect(calls).toBe(0)
  await plain.stop()
})
