import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Store } from '../../bot/ports.ts'
import { openRedisStore } from '../../bot/stores/redis.ts'
import { deedsContract } from './deeds-contract.ts'
import { queueContract } from './queue-contract.ts'
import { type RedisServer, startRedis } from './redis-server.ts'
import { storeContract } from './store-contract.ts'

let server: RedisServer
beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server.end())

/** Each test has an installation of its own on the one server. */
function open(prefix = `test-${randomUUID()}`): Promise<Store> {
  return openRedisStore({
    urls: [server.url],
    prefix,
    acceptedLosses: [],
    replicas: 0,
    keyMark: 'mark',
  })
}

storeContract('the store of several machines', () => open())
queueContract('the queue of several machines', () => open())
deedsContract('what staff do, with several machines', async () => {
  const prefix = `test-${randomUUID()}`
  const trail = `{${prefix}}:audit`
  const redis = new Redis(server.url)
  const store = await open(prefix)
  return {
    store: { ...store, close: () => store.close().finally(() => redis.disconnect()) },
    // Of another type, it takes no entry.
    breakTrail: async () => void (await redis.set(trail, 'broken')),
    mendTrail: async () => void (await redis.del(trail)),
  }
})

test('changes are kept in an installation that begins now, and in an earlier one once it has been raised', async () => {
  const redis = new Redis(server.url)
  const fresh = await open()
  expect(fresh.keepsChanges()).toBe(true)
  await redis.set('{earlier}:form', 1)
  const earlier = await open('earlier')
  expect(earlier.keepsChanges()).toBe(false)
  await redis.set('{earlier}:form', 2)
  const raised = await open('earlier')
  expect(raised.keepsChanges()).toBe(true)
  await redis.set('{earlier}:form', 3)
  await expect(open('earlier')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  for (const store of [fresh, earlier, raised]) await store.close()
  redis.disconnect()
})
