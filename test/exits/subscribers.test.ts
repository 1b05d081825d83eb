/**
 * Subscribers and hubs: thin signed messages, secrets that can be changed, and no way into the network.
 */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Permit } from '../../bot/outbox/exits.ts'
import { postSigned } from '../../bot/providers/signed-post.ts'
import { isInternal } from '../../bot/subscribers/inside-guard.ts'
import { isSigned, signedHeaders } from '../../bot/subscribers/sign.ts'
import { TestDesk } from '../bot/desk-in-test.ts'
import { call, visit } from '../bot/service-in-test.ts'
import { agreeToAll } from './agreeable.ts'

const [oldSecret, newSecret] = [1, 2].map((fill) => `whsec_${Buffer.alloc(32, fill).toString('base64')}`) as [
  string,
  string,
]
const taken: { path: string; headers: IncomingHttpHeaders; body: string }[] = []
let redirects = 0
const server = createServer(async (request, response) => {
  if (request.url === '/away') {
    redirects += 1
    return response.writeHead(307, { location: '/inside' }).end()
  }
  taken.push({ path: request.url ?? '', headers: request.headers, body: await text(request) })
  response.writeHead(204).end()
})
const permit = {} as Permit
let desk: TestDesk
let address: string

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  desk = await TestDesk.open({
    WEBHOOK_URL: `${address}/hook`,
    WEBHOOK_SECRETS: `${newSecret}, ${oldSecret}`,
    HUB_URL: `${address}/hub`,
    HUB_SECRETS: newSecret,
  })
})
afterAll(async () => {
  await desk.close()
  server.close()
})

const typesOf = (path: string) =>
  taken.filter((one) => one.path === path).map((one) => (JSON.parse(one.body) as { type: string; name?: string }).type)

test('a lead from its beginning to its end is told, signed by both secrets, with ids and times only', async () => {
  const visitor = await visit(desk.service.address)
  await visitor.post({ type: 'event', name: 'porchlight/open' })
  await agreeToAll(visitor)
  const lead = await desk.service.house.store.leadOf(visitor.conversation)
  if (!lead) throw new Error('no lead')
  const ana = await desk.as('ana')
  const fence = await desk.claim(ana, lead)
  await ana(`leads/${lead.id}/close`, { body: { fence, disposition: 'booked', note: 'words' } })
  await expect
    .poll(() => typesOf('/hook').sort(), { timeout: 10_000 })
    .toEqual(['lead.assigned', 'lead.closed', 'lead.created'])
  for (const { headers, body } of taken.filter((one) => one.path === '/hook')) {
    const now = desk.service.house.clock.now()
    for (const secret of [oldSecret, newSecret]) expect(isSigned(headers, body, { secrets: [secret], now })).toBe(true)
    expect(isSigned(headers, `${body} `, { secrets: [newSecret], now })).toBe(false)
    expect(isSigned(headers, body, { secrets: [newSecret], now: new Date(now.getTime() + 600_000) })).toBe(false)
    expect(body).not.toMatch(/Ana|609|drink|words/)
  }
  const [handoff] = taken.filter((one) => one.path === '/hub')
  expect(JSON.parse(handoff?.body ?? '{}')).toMatchObject({
    type: 'event',
    name: 'handoff.initiate',
    conversation: { id: visitor.conversation },
    relatesTo: { conversation: { id: visitor.conversation } },
    value: { lead: lead.id, priority: 'asap' },
  })
  expect(JSON.stringify(await visitor.activities())).not.toContain('handoff.initiate')
})

async function tellStatus(conversation: string, state: string, more: Record<string, string> = {}) {
  const body = JSON.stringify({
    type: 'event',
    name: 'handoff.status',
    conversation: { id: conversation },
    value: { state, message: 'for the bot' },
    unknown: 1,
  })
  const timestamp = String(Math.floor(desk.service.house.clock.now().getTime() / 1000))
  const headers = { ...signedHeaders({ id: `msg_${state}`, timestamp, body }, [newSecret]), ...more }
  return fetch(`${desk.service.address}/hub/handoff`, { method: 'POST', headers, body })
}

test('a hub says how far it is: the visitor sees the state alone, a replay and a forgery nothing', async () => {
  const visitor = await visit(desk.service.address)
  expect((await tellStatus(visitor.conversation, 'accepted')).status).toBe(202)
  const event = (await visitor.activities()).find((one) => one.name === 'handoff.status')
  expect(event).toMatchObject({ type: 'event', value: { state: 'accepted' } })
  expect(JSON.stringify(event)).not.toContain('for the bot')
  expect((await tellStatus(visitor.conversation, 'accepted')).status).toBe(401)
  expect((await tellStatus(visitor.conversation, 'failed', { 'webhook-signature': 'v1,AAAA' })).status).toBe(401)
  expect((await tellStatus(visitor.conversation, 'completed', { 'webhook-timestamp': '1000' })).status).toBe(401)
  expect((await tellStatus(visitor.conversation, 'pondering')).status).toBe(202)
  expect((await tellStatus('nobody', 'failed')).status).toBe(404)
  expect((await call(`${desk.service.address}/hub/handoff`, { body: {} })).body.error.code).toBe('SIGNATURE_INVALID')
})

test('a redirect is not followed, and what it leads to is never asked', async () => {
  const target = { url: `${address}/away`, secrets: [newSecret], allowInside: ['127.0.0.1'] }
  const message = { id: 'msg_1', body: '{}', now: new Date() }
  expect((await postSigned(target, message, permit)).status).toBe(307)
  expect(redirects).toBe(1)
  expect(taken.some((one) => one.path === '/inside')).toBe(false)
})

test.each([
  'http://127.0.0.1:9/',
  'http://localhost:9/',
  'http://[::1]:9/',
  'http://[::ffff:10.0.0.1]/',
  'http://169.254.169.254/latest/meta-data',
  'http://2130706433/',
  'http://0x7f.1/',
])('%s is refused before anything is sent', async (url) => {
  const target = { url, secrets: [newSecret], allowInside: [] }
  const sent = postSigned(target, { id: 'msg_1', body: '{}', now: new Date() }, permit)
  await expect(sent).rejects.toMatchObject({ code: 'ADDRESS_INTERNAL' })
})

test('a public name that resolves to an inside address is refused; one that changes its answer is called where it was judged', async () => {
  const inside = async () => [{ address: '10.0.0.7', family: 4 }]
  const message = { id: 'msg_1', body: '{}', now: new Date() }
  const target = { url: 'http://hooks.example/', secrets: [newSecret], allowInside: [], resolve: inside }
  await expect(postSigned(target, message, permit)).rejects.toMatchObject({ code: 'ADDRESS_INTERNAL' })
  const port = new URL(address).port
  const answers = [[{ address: '127.0.0.1', family: 4 }], [{ address: '10.0.0.7', family: 4 }]]
  const rebinding = { url: `http://hooks.example:${port}/hook`, secrets: [newSecret], allowInside: ['hooks.example'] }
  const resolve = async () => answers.shift() ?? []
  expect((await postSigned({ ...rebinding, resolve }, message, permit)).status).toBe(204)
})

test('inside and outside addresses are told apart', () => {
  const inside = [
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:127.0.0.1',
    '64:ff9b::a00:1',
    'nonsense',
  ]
  const outside = ['93.184.216.34', '8.8.8.8', '172.32.0.1', '2606:4700::1111']
  expect([inside.map(isInternal), outside.map(isInternal)]).toEqual([inside.map(() => true), outside.map(() => false)])
})
