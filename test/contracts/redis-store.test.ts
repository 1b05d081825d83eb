import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import type { Store } from '../../bot/ports.ts'
import { openRedisStore } from '../../bot/stores/redis.ts'
import { queueContract } from './queue-contract.ts'
import { type RedisServer, startRedis } from './redis-server.ts'
import { storeContract } from './store-contract.ts'

let server: RedisServer
beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server.end())

/** Each test has an installation of its own on the one server. */
function open(): Promise<Store> {
  return openRedisStore({
    urls: [server.url],
    prefix: `test-${randomUUID()}`,
    acceptedLosses: [],
    replicas: 0,
    keyMark: 'mark',
  })
}

storeContract('the store of several machines', open)
queueContract('the queue of several machines', open)
