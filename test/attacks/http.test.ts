/**
 * Attacks on the HTTP door itself: bombs, traversal, smuggling, slow senders, strange hosts. Each is
 * answered or cut off, and the service goes on for everybody else.
 */
import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Service } from '../../bot/service.ts'
import { call, startTestService, type Visitor, visit } from '../bot/service-in-test.ts'
import { rawRequest, statusesIn } from './raw-request.ts'

let service: Service
let visitor: Visitor

beforeAll(async () => {
  service = await startTestService()
  visitor = await visit(service.address)
})

afterAll(() => service.stop())

afterEach(async () => {
  expect((await call(`${service.address}/readyz`)).status).toBe(200)
})

const port = (): number => Number(new URL(service.address).port)
const activitiesAt = (): string => `/v3/directline/conversations/${visitor.conversation}/activities`

const raw = (bytes: string): Promise<string> => rawRequest(port(), bytes)

function post(body: string, type = 'application/json'): Promise<{ status: number; text: string }> {
  return fetch(service.address + activitiesAt(), {
    method: 'POST',
    headers: { authorization: `Bearer ${visitor.token}`, 'content-type': type },
    body,
  }).then(async (response) => ({ status: response.status, text: await response.text() }))
}

test.each([
  ['an array in an array, 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['an object in an object, 20,000 deep', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
  [
    'channelData 5,000 deep',
    `{"type":"message","text":"hi","channelData":{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}}`,
  ],
  ['a number without end', `{"type":"message","text":${'9'.repeat(100_000)}}`],
  ['no JSON', '<activity/>'],
  ['nothing', ''],
  ['a string', '"hello"'],
  ['null', 'null'],
])('%s is refused or taken whole, and never breaks anything', async (_name, body) => {
  const { status, text } = await post(body)
  expect(status).toBeGreaterThanOrEqual(200)
  expect(status).toBeLessThan(500)
  if (status >= 400) expect(JSON.parse(text).error.code).toMatch(/^\w+$/)
})

test('a form is as long as a message may be, all its fields together', async () => {
  for (const value of [
    ' '.repeat(250_000),
    { a: ' '.repeat(250_000) },
    Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`field-${at}`, 'word '.repeat(20)])),
  ]) {
    const { status, text } = await post(JSON.stringify({ type: 'message', value }))
    expect(status).toBe(413)
    expect(JSON.parse(text).error.code).toBe('MessageSizeTooBig')
  }
  expect((await post(JSON.stringify({ type: 'message', value: { note: 'no '.repeat(2_000) } }))).status).toBe(200)
})

test('of a key given twice the gate and the talk read the same one', async () => {
  const { status } = await post('{"type":"message","text":"hello","text":"I want to kill myself"}')
  expect(status).toBe(200)
  const all = await visitor.activities()
  expect(all.findLast((one) => one.from.role === 'user')?.text).toBe('I want to kill myself')
  expect(
    all.some((one) => (one.channelData as { porchlight?: { kind?: string } })?.porchlight?.kind === 'crisis'),
  ).toBe(true)
})

test('a body cannot reach the prototype of anything', async () => {
  await post(
    '{"type":"message","text":"hi","__proto__":{"polluted":"yes"},"channelData":{"__proto__":{"polluted":"yes"}}}',
  )
  await post('{"type":"message","text":"hi","constructor":{"prototype":{"polluted":"yes"}}}')
  await call(`${service.address}/programs/__proto__/token`, { method: 'POST' })
  await call(`${service.address}/programs/constructor/token`, { method: 'POST' })
  await fetch(`${service.address}/?program=__proto__&__proto__[polluted]=yes`)
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

test.each(['__proto__', 'constructor', 'toString', '..', '%2e%2e', 'inspira%00', 'INSPIRA', "inspira'--"])(
  'the program "%s" does not exist',
  async (program) => {
    const answer = await call(`${service.address}/programs/${program}/token`, { method: 'POST' })
    expect(answer.status).toBe(404)
  },
)

test.each([
  '/widget/../../package.json',
  '/widget/..%2f..%2fpackage.json',
  '/widget/%2e%2e/%2e%2e/package.json',
  '/widget/....//....//package.json',
  '/widget/..%5c..%5cpackage.json',
  '/widget/%00/../../package.json',
  '/../data/deployment.key',
  '/widget//etc/passwd',
])('no path leads out of the folder: %s', async (path) => {
  const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
  expect(statusesIn(answer)[0]).toBeGreaterThanOrEqual(400)
  expect(answer).not.toContain('"devDependencies"')
  expect(answer).not.toContain('root:')
})

test('headers, addresses and numbers of headers beyond all reason are refused', async () => {
  const big = await raw(`GET /healthz HTTP/1.1\r\nHost: x\r\nX-Bomb: ${'a'.repeat(100_000)}\r\n\r\n`)
  expect(statusesIn(big)).toEqual([431])
  const long = await raw(`GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)
  expect(statusesIn(long)).toEqual([431])
  const many = `GET /healthz HTTP/1.1\r\nHost: x\r\n${'a: b\r\n'.repeat(20_000)}\r\n`
  expect(statusesIn(await raw(many))).toEqual([431])
})

test('two lengths of one body are no second request', async () => {
  const smuggled = 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n'
  const at = activitiesAt()
  const both = `POST ${at} HTTP/1.1\r\nHost: x\r\nContent-Length: ${smuggled.length + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`
  expect(statusesIn(await raw(both))).toEqual([400])
  const twice = `POST ${at} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 0\r\n\r\n${smuggled}`
  expect(statusesIn(await raw(twice))).toEqual([400])
  const odd = `POST ${at} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`
  expect(statusesIn(await raw(odd)).filter((status) => status === 200)).toEqual([])
  const spaced = `POST ${at} HTTP/1.1\r\nHost: x\r\nContent-Length : 5\r\n\r\nhello`
  expect(statusesIn(await raw(spaced))).toEqual([400])
})

test('who sends slowly is cut off: the time for headers and for a whole request has an end', () => {
  const { server } = service
  expect(server.headersTimeout).toBeGreaterThan(0)
  expect(server.headersTimeout).toBeLessThanOrEqual(20_000)
  expect(server.requestTimeout).toBeGreaterThan(0)
  expect(server.requestTimeout).toBeLessThanOrEqual(60_000)
  expect(server.maxHeadersCount).toBeLessThanOrEqual(200)
})

test('a Host made of commands does not end up in a policy, a redirect or a page', async () => {
  for (const host of ['evil.example; script-src *', 'evil.example"><script>', "a' 'unsafe-inline"]) {
    const answer = await raw(`GET /chat/inspira HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    expect(answer).not.toContain('script-src *')
    expect(answer).not.toContain('evil.example')
    expect(answer).not.toContain('unsafe-inline')
  }
})

test('another method than an address has is refused, and no header changes it', async () => {
  for (const method of ['PUT', 'PATCH', 'TRACE', 'PROPFIND']) {
    const answer = await raw(
      `${method} ${activitiesAt()} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${visitor.token}\r\nConnection: close\r\n\r\n`,
    )
    expect(statusesIn(answer)[0]).toBeGreaterThanOrEqual(400)
  }
  const bent = await call(service.address + activitiesAt(), {
    bearer: visitor.token,
    headers: { 'x-http-method-override': 'DELETE' },
  })
  expect(bent.status).toBe(200)
})

test('a socket that is reset while its upgrade is looked at takes nobody else down', async () => {
  for (const path of ['/x', `/v3/directline/conversations/${visitor.conversation}/stream?t=no`]) {
    const upgrade = `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`
    const resets = Array.from({ length: 20 }, () => {
      return new Promise<void>((closed) => {
        const socket = connect(port(), '127.0.0.1', () => socket.write(upgrade, () => socket.resetAndDestroy()))
        socket.on('error', () => undefined)
        socket.on('close', () => closed())
      })
    })
    await Promise.all(resets)
  }
  expect((await visitor.post({ type: 'message', text: 'still there?' })).status).toBe(200)
})

test('an error never repeats what was sent', async () => {
  const marked = 'zebrafish-in-the-request'
  const answers = [
    await call(`${service.address}/${marked}`),
    await call(`${service.address}/chat/${marked}`),
    await call(`${service.address}/programs/${marked}/token`, { method: 'POST' }),
    await call(`${service.address}/v3/directline/${marked}`, { bearer: marked }),
    await visitor.post({ type: marked }),
    await visitor.post({ type: 'message', text: 3, [marked]: marked }),
    await call(`${service.address}/desk/api/session`, { body: { name: 3, password: marked } }),
  ]
  for (const answer of answers) {
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(JSON.stringify(answer.body)).not.toContain(marked)
  }
})

test('every answer tells caches, sniffers and other sites to keep out', async () => {
  for (const path of [
    '/',
    '/healthz',
    '/chat/inspira',
    '/desk',
    '/desk/api/leads',
    '/safety',
    '/permission?t=x',
    '/nothing-here',
    '/v3/directline/conversations/x/activities',
  ]) {
    const { headers } = await fetch(service.address + path)
    expect([path, headers.get('cache-control')]).toEqual([path, 'no-store'])
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-powered-by')).toBeNull()
    const policy = headers.get('content-security-policy')
    for (const directive of ["default-src 'none'", "object-src 'none'", "base-uri 'none'", 'frame-ancestors '])
      expect([path, policy]).toEqual([path, expect.stringContaining(directive)])
  }
})
