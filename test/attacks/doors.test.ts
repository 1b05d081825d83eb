/**
 * Ways in beside the usual ones: requests for another protocol, rows of the queue without the queue, streams by the hundred.
 */
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestDesk } from '../bot/desk-in-test.ts'

let desk: TestDesk
beforeAll(async () => {
  desk = await TestDesk.open()
})
afterAll(() => desk.close())

/** What a socket hears to these lines, until the other side ends it. */
function heard(...lines: string[]): Promise<string> {
  const { hostname, port } = new URL(desk.service.address)
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(Number(port), hostname, () => socket.write(`${lines.join('\r\n')}\r\n\r\n`))
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.once('error', reject)
    socket.once('close', () => resolve(text))
  })
}

test.each(['h2c', 'TLS/1.3', 'anything, else'])(
  'a client that would rather speak %s is answered in HTTP/1.1, and no door opens by it',
  async (protocol) => {
    const asking = ['Host: x', `Upgrade: ${protocol}`, 'Connection: close, Upgrade']
    expect(await heard('GET /healthz HTTP/1.1', ...asking)).toMatch(/^HTTP\/1\.1 200 /)
    expect(await heard('GET /desk/api/leads HTTP/1.1', ...asking)).toMatch(/^HTTP\/1\.1 401 /)
  },
)

test.each([
  '/desk/api/events',
  '//[',
  '/v3/directline/conversations/x/stream/../../../desk',
  '/v3/directline/conversations/x/stream',
])('a WebSocket is not to be had at %s', async (path) => {
  const asking = ['Host: x', 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13']
  const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='
  expect(await heard(`GET ${path} HTTP/1.1`, ...asking, key)).toMatch(/^HTTP\/1\.1 40[34] Refused/)
})

test('rows of the queue, with the words in them, are a look at the queue, and only at one’s own', async () => {
  const { lead } = await desk.leadInDanger()
  const [ana, ben] = [await desk.as('ana'), await desk.as('ben')]
  const looks = async () =>
    (await desk.service.house.store.auditTrail(100, null)).filter(
      ({ event, actor }) => event === 'queue.viewed' && actor === 'ana',
    )
  expect(await looks()).toHaveLength(0)
  expect((await ana(`leads/rows?ids=${lead.id}`)).body.leads).toHaveLength(1)
  expect(await looks()).toHaveLength(1)
  expect((await ben(`leads/rows?ids=${lead.id}`)).body.leads).toHaveLength(0)
})

test('one cookie holds sixteen streams at most: the oldest ends, the newest hears', async () => {
  const ana = await desk.as('ana')
  const streams: Awaited<ReturnType<TestDesk['listen']>>[] = []
  for (let count = 0; count < 18; count += 1) streams.push(await desk.listen(ana))
  await expect.poll(() => streams.filter((one) => one.ended()).length).toBe(2)
  expect(streams.findIndex((one) => !one.ended())).toBe(2)
  expect(streams.at(-1)?.ended()).toBe(false)
  for (const one of streams) one.stop()
})
