/**
 * The card for danger with the store, the queue, the model and the network down: each for real, and all at once.
 *
 * Store and queue are a real Redis that is killed; the model is an address where nobody answers; the network is
 * the service itself, ended while a page of its chat is open in Chromium.
 */
import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Service } from '../../bot/service.ts'
import { openRedisStore } from '../../bot/stores/redis.ts'
import { call, said, startTestService, type Visitor, visit } from '../bot/service-in-test.ts'
import { startChromium } from '../browser/chromium.ts'
import { freePort, type RedisServer, startRedis } from '../contracts/redis-server.ts'

const danger = 'I am going to kill myself tonight'
let redis: RedisServer
let service: Service
let browser: Browser
let page: Page
let visitor: Visitor

beforeAll(async () => {
  redis = await startRedis()
  const where = { urls: [redis.url], prefix: randomUUID(), acceptedLosses: [], replicas: 0, keyMark: 'mark' }
  const { exchange, ...store } = await openRedisStore(where)
  const nobody = `http://127.0.0.1:${await freePort()}/v1`
  service = await startTestService({ store, exchange }, { OPENAI_MODEL: 'local', OPENAI_BASE_URL: nobody })
  browser = await startChromium()
  page = await browser.newPage()
  await page.goto(`${service.address}/chat/inspira`)
  await page.locator('textarea').waitFor()
  await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/gate-')))
  visitor = await visit(service.address)
})
afterAll(async () => {
  await browser.close()
  await service.stop()
  await redis.end()
})

async function type(text: string): Promise<void> {
  await page.locator('textarea').fill(text)
  await page.locator('textarea').press('Enter')
}

const numbersShown = (): Promise<string[]> =>
  page.locator('.crisis a[href^="tel:"]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))

const kindsOf = async (one: Visitor): Promise<string[]> => {
  const url = `${service.address}/v3/directline/conversations/${one.conversation}/activities`
  const { body } = await call(url, { bearer: one.token })
  return body.activities.filter(({ channelData }) => channelData !== undefined).map((activity) => said(activity).kind)
}

test('with the model down the card, the lead and the place in the queue come as ever', async () => {
  const other = await visit(service.address)
  expect(said((await other.say(danger))[0]).kind).toBe('crisis')
  expect(await service.house.store.leadOf(other.conversation)).toMatchObject({ state: 'open' })
})

test('with store and queue down besides, a post says "again" and the card is there at the next look', async () => {
  await redis.kill()
  const { status } = await visitor.post({ type: 'message', text: danger })
  expect(status).toBeGreaterThanOrEqual(500)
  expect(await kindsOf(visitor)).toContain('crisis')
}, 30_000)

test('a page of the chat shows the numbers while store, queue and model are down', async () => {
  await type('I want to kill myself')
  await expect.poll(async () => (await numbersShown())[0], { timeout: 10_000 }).toBe('tel:988')
})

test('and with the network down besides, a graver sign, in the other language, brings a graver card', async () => {
  await page.context().setOffline(true)
  await service.stop()
  await type('mi hermano se tomó todas las pastillas y no despierta')
  await expect.poll(async () => (await numbersShown())[0], { timeout: 10_000 }).toBe('tel:911')
})
