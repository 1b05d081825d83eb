/**
 * Requests that a proxy and this service could read in two ways: each is refused, and what is sent along behind it is
 * neither answered nor done.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Service } from '../../bot/service.ts'
import { startTestService, type Visitor, visit } from '../bot/service-in-test.ts'
import { rawRequest, statusesIn } from './raw-request.ts'

let service: Service
let visitor: Visitor

beforeAll(async () => {
  service = await startTestService()
  visitor = await visit(service.address)
})
afterAll(() => service.stop())

const activitiesAt = (): string => `/v3/directline/conversations/${visitor.conversation}/activities`
const raw = (bytes: string): Promise<string> => rawRequest(Number(new URL(service.address).port), bytes)

/** A typing sign, framed in one odd way: `[head, body]` after the usual lines. */
const typing = '{"type":"typing"}'
const chunked = `${typing.length.toString(16)}\r\n${typing}\r\n0\r\n\r\n`
const framed = (head: string, body: string): string =>
  `POST ${activitiesAt()} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${visitor.token}\r\nContent-Type: application/json\r\n${head}\r\n\r\n${body}`
const length = `Content-Length: ${typing.length}`
const asked = (...lines: string[]): string => `${lines.join('\r\n')}\r\n\r\n`

test('a request that is framed plainly is taken', async () => {
  const last = 'Connection: close\r\n'
  expect(statusesIn(await raw(framed(last + length, typing)))).toEqual([200])
  expect(statusesIn(await raw(framed(`${last}Transfer-Encoding: chunked`, chunked)))).toEqual([200])
  for (const host of ['localhost', '127.0.0.1:3978', '[::1]:3978', 'chat.example.org', 'my_service'])
    expect(statusesIn(await raw(asked('GET /healthz HTTP/1.1', `Host: ${host}`, 'Connection: close')))).toEqual([200])
})

test.each([
  ['a length and chunks', () => framed(`${length}\r\nTransfer-Encoding: chunked`, chunked)],
  ['chunks and a length', () => framed(`Transfer-Encoding: chunked\r\n${length}`, chunked)],
  ['the same length twice', () => framed(`${length}\r\n${length}`, typing)],
  ['two lengths', () => framed(`${length}\r\nContent-Length: 3`, typing)],
  ['a list of lengths', () => framed(`${length}, ${typing.length}`, typing)],
  ['a length with a sign', () => framed(`Content-Length: +${typing.length}`, typing)],
  ['a length in another base', () => framed('Content-Length: 0x11', typing)],
  ['an empty length', () => framed('Content-Length: ', typing)],
  ['chunks, called identity first', () => framed('Transfer-Encoding: identity, chunked', chunked)],
  ['chunks of another coding', () => framed('Transfer-Encoding: gzip, chunked', chunked)],
  ['chunks that are not last', () => framed('Transfer-Encoding: chunked, identity', chunked)],
  ['chunks twice', () => framed('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked', chunked)],
  ['chunks behind a vertical tab', () => framed('Transfer-Encoding:\x0bchunked', chunked)],
  ['chunks in HTTP/1.0', () => framed('Transfer-Encoding: chunked', chunked).replace('HTTP/1.1', 'HTTP/1.0')],
  ['a folded line', () => framed(`X-Long: one\r\n two\r\n${length}`, typing)],
  ['a folded framing', () => framed('Transfer-Encoding:\r\n chunked', chunked)],
  ['lines that end in LF alone', () => framed(length, typing).replaceAll('\r\n', '\n')],
  ['one line that ends in LF alone', () => framed(`X-Odd: a\n${length}`, typing)],
  ['a line that ends in CR alone', () => framed(`X-Odd: a\r${length}`, typing)],
  ['a NUL', () => framed(`X-Odd: a\0b\r\n${length}`, typing)],
  ['a chunk whose line ends in LF alone', () => framed('Transfer-Encoding: chunked', chunked.replace('\r\n', '\n'))],
  ['a chunk of a size in another form', () => framed('Transfer-Encoding: chunked', `0x${chunked}`)],
  ['a chunk larger than any number', () => framed('Transfer-Encoding: chunked', `10000000000000011${chunked}`)],
  ['Host twice', () => asked('GET /healthz HTTP/1.1', 'Host: x', 'Host: y')],
  ['Host twice, the same', () => asked('GET /healthz HTTP/1.1', 'Host: x', 'host: x')],
  ['Host twice, for a message', () => framed(`hOST: y\r\n${length}`, typing)],
  ['Host twice, expecting something odd', () => framed(`Host: y\r\nExpect: odd\r\n${length}`, typing)],
  [
    'Host twice, for a stream',
    () =>
      asked(
        `GET ${activitiesAt().replace('activities', 'stream')}?t=x HTTP/1.1`,
        'Host: x',
        'Host: y',
        'Connection: Upgrade',
        'Upgrade: websocket',
      ),
  ],
  ['a list of hosts', () => asked('GET /healthz HTTP/1.1', 'Host: x, y')],
  ['a host with an account', () => asked('GET /healthz HTTP/1.1', 'Host: a@b')],
  ['no host', () => asked('GET /healthz HTTP/1.1')],
  ['no protocol', () => asked('GET /healthz')],
])('%s is refused with 400, and nothing behind it is read', async (_odd, bytes) => {
  const before = (await visitor.activities()).length
  const said = '{"type":"message","text":"smuggled"}'
  const behind = framed(`Content-Length: ${said.length}`, said)
  expect(statusesIn(await raw(bytes() + behind))).toEqual([400])
  expect(await visitor.activities()).toHaveLength(before)
})
