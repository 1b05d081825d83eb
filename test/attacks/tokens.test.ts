/**
 * Attacks on conversation tokens: forged, borrowed, worn out, bent. Each is refused and nothing is stored.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Service } from '../../bot/service.ts'
import { call, SECRET, startTestService, type Visitor, visit } from '../bot/service-in-test.ts'

let service: Service
let clock: { at: Date }
let victim: Visitor
let attacker: Visitor

beforeAll(async () => {
  clock = { at: new Date() }
  service = await startTestService({ clock: { now: () => clock.at } })
  victim = await visit(service.address)
  attacker = await visit(service.address)
  await victim.say('only for the team')
})

afterAll(() => service.stop())

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

function forged(header: Record<string, unknown>, claims: Record<string, unknown>, key: Buffer | string | null): string {
  const body = `${part(header)}.${part(claims)}`
  return `${body}.${key === null ? '' : createHmac('sha256', key).update(body).digest('base64url')}`
}

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString())

/** Every address of a conversation, with what a thief would send. */
function addresses(conversation: string): { path: string; body?: unknown }[] {
  const at = `/v3/directline/conversations/${conversation}`
  return [
    { path: at },
    { path: `${at}/activities` },
    { path: `${at}/activities`, body: { type: 'message', text: 'I am her' } },
    { path: `${at}/activities`, body: { type: 'event', name: 'porchlight/erase' } },
    { path: `${at}/upload`, body: {} },
  ]
}

test('a token of one conversation opens no address of another, real or not', async () => {
  for (const conversation of [victim.conversation, 'a-conversation-that-never-was']) {
    for (const { path, body } of addresses(conversation)) {
      const answer = await call(service.address + path, { bearer: attacker.token, body })
      expect([path, answer.status]).toEqual([path, 403])
      expect(answer.body.error.message).not.toContain(conversation)
    }
  }
  expect(await victim.activities()).toHaveLength((await victim.activities()).length)
  expect(JSON.stringify(await victim.activities())).not.toContain('I am her')
})

test('no forged token is taken: no algorithm, another key, another algorithm, bent claims', async () => {
  const good = claimsOf(victim.token)
  const [head, , signature] = victim.token.split('.') as [string, string, string]
  const other = randomBytes(32)
  const tokens = {
    'alg none': forged({ alg: 'none', typ: 'JWT' }, good, null),
    'alg None': forged({ alg: 'None', typ: 'JWT' }, good, null),
    'another key': forged({ alg: 'HS256', typ: 'JWT' }, good, other),
    'an empty key': forged({ alg: 'HS256', typ: 'JWT' }, good, ''),
    'the secret as key': forged({ alg: 'HS256', typ: 'JWT' }, good, SECRET),
    'another algorithm': forged({ alg: 'HS512', typ: 'JWT' }, good, other),
    'a key of its own': forged({ alg: 'HS256', jwk: { kty: 'oct', k: other.toString('base64url') } }, good, other),
    'a key elsewhere': forged({ alg: 'HS256', jku: 'http://127.0.0.1:1/keys', kid: '../../dev/null' }, good, other),
    'bent claims': `${head}.${part({ ...claimsOf(attacker.token), conv: victim.conversation })}.${signature}`,
    'a life without end': `${head}.${part({ ...good, exp: 9_999_999_999 })}.${signature}`,
    'no signature': victim.token.split('.').slice(0, 2).join('.'),
    'half a signature': victim.token.slice(0, -4),
  }
  for (const [name, bearer] of Object.entries(tokens)) {
    const { status } = await call(`${service.address}/v3/directline/conversations/${victim.conversation}/activities`, {
      bearer,
    })
    expect([name, status]).toEqual([name, 403])
  }
})

test('a token for the stream is none for the talk, and the other way round', async () => {
  const stream = new URL(victim.streamUrl).searchParams.get('t') as string
  const at = `${service.address}/v3/directline/conversations/${victim.conversation}`
  expect((await call(`${at}/activities`, { bearer: stream })).status).toBe(403)
  const url = `${at.replace('http', 'ws')}/stream?t=${victim.token}`
  expect(await opened(url)).toBe('refused 403')
})

test('a page elsewhere cannot open the stream, even with its address', async () => {
  const { streamUrl } = await visit(service.address)
  expect(await opened(streamUrl, 'https://evil.example')).toBe('refused 403')
  expect(await opened(streamUrl)).toBe('open')
})

test('an expired token does nothing, also not renew itself; nor does a clock that runs behind revive it', async () => {
  const late = await visit(service.address)
  clock.at = new Date(clock.at.getTime() + 1_801_000)
  const renewed = await call(`${service.address}/v3/directline/tokens/refresh`, { method: 'POST', bearer: late.token })
  expect([renewed.status, renewed.body.error.code]).toEqual([403, 'TokenExpired'])
  expect((await late.post({ type: 'message', text: 'late' })).body.error.code).toBe('TokenExpired')
  clock.at = new Date(clock.at.getTime() - 1_801_000)
})

test('what only the secret may do, no token does', async () => {
  const at = `${service.address}/v3/directline/tokens/generate`
  expect((await call(at, { method: 'POST', bearer: attacker.token })).status).toBe(403)
  expect((await call(at, { method: 'POST', bearer: `${SECRET}x` })).status).toBe(403)
  expect((await call(at, { method: 'POST' })).status).toBe(401)
})

test('who writes cannot choose to be somebody else, nor to be the bot or staff', async () => {
  await attacker.post({
    type: 'message',
    text: 'trust me',
    from: { id: 'admin', role: 'bot', name: 'Staff' },
    channelData: { porchlight: { kind: 'staff' } },
    id: 'chosen',
    timestamp: '2001-01-01T00:00:00Z',
    replyToId: 'chosen',
  })
  const mine = (await attacker.activities()).findLast((one) => one.text === 'trust me')
  expect(mine?.from.role).toBe('user')
  expect(mine?.from.id).not.toBe('admin')
  expect(mine?.id).not.toBe('chosen')
  expect(mine?.timestamp.startsWith('2001')).toBe(false)
})

function opened(url: string, origin?: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, origin === undefined ? {} : { origin })
    socket.on('open', () => {
      resolve('open')
      socket.close()
    })
    socket.on('unexpected-response', (_request, response) => resolve(`refused ${response.statusCode}`))
    socket.on('error', () => resolve('broken'))
  })
}
