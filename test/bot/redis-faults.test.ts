/**
 * What may befall a Redis, on the real one: stated errors, nothing half done, and the card for danger goes on.
 */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { tryErase } from '../../bot/keeping/erase-conversation.ts'
import type { Store } from '../../bot/ports.ts'
import type { Service } from '../../bot/service.ts'
import { openRedisStore } from '../../bot/stores/redis.ts'
import { freePort, type RedisServer, startRedis } from '../contracts/redis-server.ts'
import { commitOf, record } from '../contracts/store-contract.ts'
import { call, said, startTestService, type Visitor, visit } from './service-in-test.ts'

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const where = (server: { url: string }) => ({
  urls: [server.url],
  prefix: `test-${randomUUID()}`,
  acceptedLosses: [],
  replicas: 0,
  keyMark: 'mark',
})

async function redis(settings: Record<string, string> = {}): Promise<RedisServer> {
  const server = await startRedis(settings)
  ends.push(server.end)
  return server
}

async function storeOn(server: RedisServer): Promise<Store> {
  const store = await openRedisStore(where(server))
  ends.push(store.close)
  return store
}

async function serviceOn(server: { url: string }, settings = where(server)): Promise<Service> {
  const { exchange, ...store } = await openRedisStore(settings)
  const service = await startTestService({ store, exchange })
  ends.push(service.stop)
  return service
}

function cli(server: RedisServer, ...command: string[]): string {
  return execFileSync('redis-cli', ['-p', String(server.port), ...command], { encoding: 'utf8' })
}

describe('a Redis that can lose what it has acknowledged is refused by name, unless that is accepted by name', () => {
  test.each([
    [{ appendonly: 'no' }, 'appendonly'],
    [{ appendfsync: 'everysec' }, 'appendfsync'],
    [{ 'maxmemory-policy': 'allkeys-lru' }, 'eviction'],
  ] as const)('%o', async (settings, weakness) => {
    const server = await redis(settings)
    const refused = openRedisStore(where(server))
    await expect(refused).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
    await expect(refused).rejects.toThrow(`REDIS_ACCEPT_LOSS=${weakness}`)
    const store = await openRedisStore({ ...where(server), acceptedLosses: [weakness] })
    await store.check()
    await store.close()
  })

  test('a machine with another deployment key', async () => {
    const server = await redis()
    const settings = where(server)
    const store = await openRedisStore(settings)
    await expect(openRedisStore({ ...settings, keyMark: 'another' })).rejects.toMatchObject({ code: 'KEY_UNREADABLE' })
    await store.close()
  })
})

test('a flushed script cache is noticed by nobody', async () => {
  const server = await redis()
  const store = await storeOn(server)
  await store.start(record('c1'))
  expect(await store.commit(commitOf('c1', 1))).toBe('committed')
  cli(server, 'script', 'flush')
  const both = await Promise.all([store.commit(commitOf('c1', 2)), store.load('c1')])
  expect(both[0]).toBe('committed')
  expect((await store.load('c1'))?.version).toBe(3)
})

/** A sentence of danger brings the card even while nothing can be kept, and the post says that it was not. */
async function expectCardWithoutStore(service: Service, visitor: Visitor): Promise<void> {
  const { status, body } = await visitor.post({ type: 'message', text: 'I want to kill myself' })
  expect([status, body.error.code]).toEqual([503, 'STORE_UNAVAILABLE'])
  const ready = await call(`${service.address}/readyz`)
  expect([ready.status, ready.body.fault]).toEqual([503, 'store'])
}

async function expectMended(service: Service, visitor: Visitor, texts: readonly string[]): Promise<void> {
  await expect.poll(async () => (await call(`${service.address}/readyz`)).status, { timeout: 10_000 }).toBe(200)
  const kept = (await visitor.activities()).filter((one) => one.from.role === 'user').map((one) => one.text)
  expect(kept).toEqual(texts)
  expect((await visitor.say('hello again')).length).toBeGreaterThan(0)
}

test('stopped and started again: refused in between, nothing lost, the line mends itself', async () => {
  const server = await redis()
  const service = await serviceOn(server)
  const visitor = await visit(service.address)
  await visitor.say('hello')
  await server.kill()
  await expectCardWithoutStore(service, visitor)
  const shown = await visitor.activities()
  expect(shown.some((one) => said(one).kind === 'crisis')).toBe(true)
  await server.restart()
  await expectMended(service, visitor, ['hello'])
})

test('out of memory: nothing of a turn is kept, reading and erasing go on', async () => {
  const server = await redis()
  const settings = where(server)
  const service = await serviceOn(server, settings)
  const visitor = await visit(service.address)
  const erasable = await visit(service.address)
  for (const one of [visitor, erasable]) await one.say('hello')
  cli(server, 'config', 'set', 'maxmemory', '1mb')
  await expectCardWithoutStore(service, visitor)
  expect((await visitor.activities()).filter((one) => one.from.role === 'user')).toHaveLength(1)
  expect(await service.house.store.leadOf(visitor.conversation)).toBeNull()
  // What makes room goes all the same.
  const other = erasable.conversation
  const later = await openRedisStore(settings)
  expect(await tryErase({ ...service.house, store: later }, other, { actor: 'ana', detail: {} })).toBe('erased')
  await later.close()
  expect((await service.house.store.auditTrail(1, null))[0]).toMatchObject({
    event: 'conversation.erased',
    conversation: other,
  })
  cli(server, 'config', 'set', 'maxmemory', '0')
  await expectMended(service, visitor, ['hello'])
})

test('read-only, as a replica is after a failover: refused as a whole, and mended when it is not', async () => {
  const server = await redis()
  const service = await serviceOn(server)
  const visitor = await visit(service.address)
  await visitor.say('hello')
  const nobody = String(await freePort())
  cli(server, 'replicaof', '127.0.0.1', nobody)
  await expectCardWithoutStore(service, visitor)
  cli(server, 'replicaof', 'no', 'one')
  await expectMended(service, visitor, ['hello'])
})

test('not there at the start: the service answers, says that it is not ready, and is when Redis comes', async () => {
  const server = await redis()
  await server.kill()
  const service = await serviceOn(server)
  expect((await call(`${service.address}/readyz`)).status).toBe(503)
  expect((await call(`${service.address}/healthz`)).status).toBe(200)
  await server.restart()
  await expect.poll(async () => (await call(`${service.address}/readyz`)).status, { timeout: 10_000 }).toBe(200)
  const visitor = await visit(service.address)
  expect((await visitor.say('hello')).length).toBeGreaterThan(0)
}, 30_000)

test('a primary that takes no write when the line opens, for want of its replica, is used once it has one', async () => {
  const [first, second] = [
    await redis({ 'min-replicas-to-write': '1', 'repl-diskless-sync-delay': '0' }),
    await redis(),
  ]
  const service = await serviceOn(first)
  expect((await call(`${service.address}/readyz`)).status).toBe(503)
  cli(second, 'replicaof', '127.0.0.1', String(first.port))
  await expect.poll(async () => (await call(`${service.address}/readyz`)).status, { timeout: 20_000 }).toBe(200)
}, 30_000)

test('with replicas, a turn counts as kept once they have it, and survives the loss of the first', async () => {
  const [first, second] = [await redis({ 'repl-diskless-sync-delay': '0' }), await redis()]
  cli(second, 'replicaof', '127.0.0.1', String(first.port))
  const linked = () => cli(second, 'info', 'replication')
  await expect.poll(linked, { timeout: 20_000, interval: 100 }).toContain('master_link_status:up')
  const settings = { ...where(first), replicas: 1 }
  const store = await openRedisStore(settings)
  await store.start(record('c1'))
  expect(await store.commit(commitOf('c1', 1))).toBe('committed')
  await first.kill()
  await store.close()
  cli(second, 'replicaof', 'no', 'one')
  const alone = await openRedisStore({ ...settings, urls: [second.url] })
  ends.push(alone.close)
  expect((await alone.turnsAfter('c1', 0)).map((turn) => turn.lastSeq)).toEqual([1])
  await expect(alone.commit(commitOf('c1', 2))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
})

test('a turn that was committed while its answer was lost is one turn', async () => {
  const server = await redis()
  const store = await storeOn(server)
  await store.start(record('c1'))
  const acknowledged: number[] = []
  let version = 1
  const killing = (async () => {
    for (let count = 0; count < 5; count += 1) {
      await new Promise((resolve) => setTimeout(resolve, 40))
      cli(server, 'client', 'kill', 'type', 'normal')
    }
  })()
  let broken = false
  void killing.then(() => {
    broken = true
  })
  while (!broken) {
    const result = await store.commit(commitOf('c1', version)).catch(() => 'failed')
    expect(result).not.toBe('conflict')
    if (result === 'committed') acknowledged.push(version)
    version = (await store.load('c1').catch(() => null))?.version ?? version
  }
  const turns = (await store.turnsAfter('c1', 0)).map((turn) => turn.lastSeq)
  expect(new Set(turns).size).toBe(turns.length)
  expect(turns).toEqual(expect.arrayContaining(acknowledged))
})
