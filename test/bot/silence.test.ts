/**
 * Silence through the whole service: a reminder is stored, due by time, said once, on both stores and after a restart.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { House } from '../../bot/house.ts'
import { houseInMemory } from '../../bot/house-in-memory.ts'
import { eraseConversation } from '../../bot/keeping/erase-conversation.ts'
import { performDue } from '../../bot/outbox/perform.ts'
import type { Store } from '../../bot/ports.ts'
import { openRedisStore } from '../../bot/stores/redis.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { begin } from '../../bot/turn/begin.ts'
import { takeTurn } from '../../bot/turn/turn.ts'
import { startRedis } from '../contracts/redis-server.ts'
import { startTestService, visit, world } from './service-in-test.ts'

const START = Date.parse('2026-11-21T07:10:00.000Z')
const MINUTE = 60_000

/** Houses that share a store and its key, as machines or as one before and after a restart. */
function housesOn(deploymentKey = randomBytes(32)) {
  const clock = { at: START }
  return {
    clock,
    open: (store: Store): House =>
      houseInMemory({ world, store, deploymentKey, clock: { now: () => new Date(clock.at) } }),
  }
}

async function talkTo(house: House, id: string, texts: readonly string[]): Promise<void> {
  await begin(house, { id, program: 'inspira', user: 'dl_1', locale: 'en-US' })
  await takeTurn(house, { conversation: id, activity: { type: 'conversationUpdate' } })
  for (const text of texts) await takeTurn(house, { conversation: id, activity: { type: 'message', text } })
}

async function textsOf(house: House, id: string): Promise<string[]> {
  const live = await house.conversations.load(id)
  return live ? (await house.conversations.after(live, 0)).activities.map((one) => one.text ?? '') : []
}

const reminders = async (house: House, id: string): Promise<number> =>
  (await textsOf(house, id)).filter((text) => /Take your time|There is no hurry/.test(text)).length

const atAge = ['screening', 'self'] as const

test('the embedded store keeps the reminder over a restart and says it once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-silence-'))
  const { clock, open } = housesOn()
  const before = open(openSqliteStore(join(folder, 'porchlight.db')))
  await talkTo(before, 'c1', atAge)
  await performDue(before)
  expect(await reminders(before, 'c1')).toBe(0)
  await before.store.close()
  clock.at = START + 6 * MINUTE
  const after = open(openSqliteStore(join(folder, 'porchlight.db')))
  await Promise.all([performDue(after), performDue(after)])
  await performDue(after)
  expect(await reminders(after, 'c1')).toBe(1)
  clock.at = START + 30 * MINUTE
  await performDue(after)
  clock.at = START + 300 * MINUTE
  await performDue(after)
  expect(await reminders(after, 'c1')).toBe(2)
  expect(await after.store.pendingEffects('9999', 10)).toEqual([])
  await after.store.close()
  rmSync(folder, { recursive: true })
})

test('a wake that was carried out and not crossed off, as by a crash, says nothing twice', async () => {
  const { clock, open } = housesOn()
  const house = open(openSqliteStore(':memory:'))
  await talkTo(house, 'c1', atAge)
  const [wake] = await house.store.pendingEffects('9999', 10)
  clock.at = START + 6 * MINUTE
  await performDue(house)
  await house.store.putEffect({ ...wake!, id: 'again' })
  await performDue(house)
  expect(await reminders(house, 'c1')).toBe(1)
  await house.store.close()
})

test('an answer that comes before the reminder moves it on', async () => {
  const { clock, open } = housesOn()
  const house = open(openSqliteStore(':memory:'))
  await talkTo(house, 'c1', atAge)
  clock.at = START + 4 * MINUTE
  await takeTurn(house, { conversation: 'c1', activity: { type: 'message', text: '34' } })
  clock.at = START + 6 * MINUTE
  await performDue(house)
  expect(await reminders(house, 'c1')).toBe(0)
  clock.at = START + 9 * MINUTE
  await performDue(house)
  expect(await reminders(house, 'c1')).toBe(1)
  await house.store.close()
})

test('an erased conversation is not woken', async () => {
  const { clock, open } = housesOn()
  const house = open(openSqliteStore(':memory:'))
  await talkTo(house, 'c1', atAge)
  await eraseConversation(house, 'c1', { actor: 'visitor', detail: {} })
  clock.at = START + 6 * MINUTE
  await performDue(house)
  expect(await house.store.pendingEffects('9999', 10)).toEqual([])
  await house.store.close()
})

test('on Redis two machines that wake at once say it once', async () => {
  const redis = await startRedis()
  const { clock, open } = housesOn()
  const where = { urls: [redis.url], prefix: `test-${randomUUID()}`, acceptedLosses: [], replicas: 0, keyMark: 'mark' }
  const stores = await Promise.all([openRedisStore(where), openRedisStore(where)])
  const [one, other] = stores.map(open) as [House, House]
  for (const id of ['c1', 'c2', 'c3']) await talkTo(one, id, atAge)
  clock.at = START + 6 * MINUTE
  await Promise.all([performDue(one), performDue(other), performDue(one), performDue(other)])
  for (const id of ['c1', 'c2', 'c3']) expect(await reminders(other, id)).toBe(1)
  await Promise.all(stores.map((store) => store.close()))
  await redis.end()
})

test('the visitor gets the reminder over the network like any message, with the question that waits', async () => {
  const clock = { at: START }
  const service = await startTestService({ clock: { now: () => new Date(clock.at) } })
  const talk = await visit(service.address)
  await talk.say('screening')
  await talk.say('self')
  clock.at = START + 6 * MINUTE
  await vi.waitFor(
    async () =>
      expect((await talk.activities()).at(-1)?.text).toBe('Take your time. I am still here.\nHow old are you?'),
    { timeout: 8_000, interval: 100 },
  )
  expect((await talk.activities()).filter((one) => /Take your time/.test(one.text ?? ''))).toHaveLength(1)
  await service.stop()
})
