/**
 * The primary Redis is gone and its replica takes over, twice: what was acknowledged is there once, danger has its card
 * meanwhile, readiness tells the truth. The long run, under load and with kills of the service, is `npm run faults -- N --store redis`.
 */
import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { openRedisStore } from '../../bot/stores/redis.ts'
import { call, startTestService, visit } from '../bot/service-in-test.ts'
import { cryOut, untilKept } from './in-danger.ts'
import { startRedisPair } from './redis-pair.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

test('failed over to its replica and back, nothing acknowledged is missing or doubled, and the card comes meanwhile', async () => {
  const pair = await startRedisPair()
  ends.push(pair.end)
  const where = { urls: [pair.settings.REDIS_URL as string], prefix: randomUUID(), acceptedLosses: [], keyMark: 'mark' }
  const { exchange, ...store } = await openRedisStore({ ...where, replicas: 1 })
  const service = await startTestService({ store, exchange })
  ends.push(service.stop)
  const ready = async () => (await call(`${service.address}/readyz`)).status
  const visitor = await visit(service.address)
  const said: string[] = []
  for (const text of ['one', 'two']) {
    const inDanger = await visit(service.address)
    const post = () => visitor.post({ type: 'message', text, channelData: { clientActivityID: text } })
    expect((await post()).status).toBe(200)
    said.push(text)
    await pair.kill()
    expect(await ready()).toBe(503)
    const { cardMs, posted } = await cryOut(inDanger)
    expect([cardMs === null, await posted]).toEqual([false, 503])
    await pair.failOver()
    await expect.poll(ready, { timeout: 20_000 }).toBe(200)
    expect(await untilKept(inDanger)).toEqual({ times: 1, hasCard: true })
    expect(await service.house.store.leadOf(inDanger.conversation)).toMatchObject({ state: 'open' })
    expect((await post()).status).toBe(200)
    const kept = (await visitor.activities()).filter(({ from }) => from.role === 'user')
    expect(kept.map((one) => one.text)).toEqual(said)
  }
  const { leads } = await service.house.store.leads({ state: 'open', programs: null, limit: 9, after: null, at: '9' })
  expect(leads).toHaveLength(2)
}, 60_000)
