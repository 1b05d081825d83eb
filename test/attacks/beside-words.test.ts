/**
 * Attacks by what a client may put beside its words: all of it is stored and echoed, so it must be little.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Service } from '../../bot/service.ts'
import { startTestService, type Visitor, visit } from '../bot/service-in-test.ts'

let service: Service
let visitor: Visitor

beforeAll(async () => {
  service = await startTestService()
  visitor = await visit(service.address)
})
afterAll(() => service.stop())

test('what is stored and echoed beside the words is 16 K at most, however it is packed, and Microsoft’s own remarks are far below', async () => {
  const much = 'x'.repeat(16_400)
  const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`k${at}`, true]))
  for (const aside of [
    { channelData: { clientActivityID: 'big', more: much } },
    { channelData: many },
    { channelData: { a: { b: [{ c: 'x'.repeat(200_000) }] } } },
    { channelData: { quotes: '"'.repeat(8_300) } },
    { value: { nested: { deeper: much } } },
    { value: [[much]] },
    { entities: [{ type: 'x', much }] },
    { channelData: { a: 'x'.repeat(9_000) }, entities: [{ b: 'x'.repeat(9_000) }] },
  ]) {
    const { status, body } = await visitor.post({ type: 'message', text: 'hello', ...aside })
    const { code, message } = body.error
    expect([status, code]).toEqual([413, 'MessageSizeTooBig'])
    expect(message).toMatch(/channelData.*16384.*send less/)
    expect(message).not.toContain('xxx')
  }
  const remarks = {
    clientActivityID: 'fitting',
    'webchat:sequence-id': 1,
    'webchat:fallback-text': 'x'.repeat(4_000),
    more: 'x'.repeat(12_000),
  }
  expect((await visitor.post({ type: 'message', text: 'hello', channelData: remarks })).status).toBe(200)
  const all = await visitor.activities()
  expect(all.findLast((one) => one.from.role === 'user')?.channelData).toEqual(remarks)
})
