/**
 * What lies outside hangs or lies: visitors do not notice, and the alarm of the next person is not held up.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Service } from '../../bot/service.ts'
import { said, startTestService, visit } from '../bot/service-in-test.ts'

let outside: Server
let service: Service
let calls: number

async function startOver(answer: 'never' | 'redirect'): Promise<void> {
  calls = 0
  outside = createServer((_request, response) => {
    calls += 1
    if (answer === 'redirect') response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
  })
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve))
  service = await startTestService(
    {},
    {
      ON_CALL_WEBHOOK: `http://127.0.0.1:${(outside.address() as AddressInfo).port}/`,
      ON_CALL_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    },
  )
}

beforeEach(() => {
  calls = 0
})

afterEach(async () => {
  outside.closeAllConnections()
  outside.close()
  await service.stop()
})

test('a webhook that never answers keeps neither the card nor the alarm of the next person waiting', async () => {
  await startOver('never')
  const alarms = new Set<unknown>()
  service.house.deskEvents.listen(({ event, data }) => {
    if (event === 'alarm') alarms.add(data.conversation)
  })
  for (let count = 1; count <= 3; count += 1) {
    const one = await visit(service.address)
    const [card] = await one.say('I want to kill myself tonight')
    expect(said(card).kind).toBe('crisis')
    await expect.poll(() => alarms.has(one.conversation), { timeout: 10_000 }).toBe(true)
  }
  expect(calls).toBeGreaterThanOrEqual(3)
}, 40_000)

test('a webhook that sends us elsewhere is not followed, and the page stays to be tried again', async () => {
  await startOver('redirect')
  const one = await visit(service.address)
  await one.say('I want to kill myself tonight')
  await expect.poll(() => calls, { timeout: 10_000 }).toBeGreaterThan(0)
  const later = new Date(Date.now() + 24 * 3_600_000).toISOString()
  await expect
    .poll(async () => (await service.house.store.pendingEffects(later, 10)).some(({ attempts }) => attempts > 0), {
      timeout: 10_000,
    })
    .toBe(true)
}, 30_000)
