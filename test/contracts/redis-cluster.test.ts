/**
 * On a cluster of three nodes the store keeps the same contract, and what one machine says the others hear.
 */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TurnRecord } from '../../bot/ports.ts'
import { openRedisStore } from '../../bot/stores/redis.ts'
import { queueContract } from './queue-contract.ts'
import { type RedisCluster, startCluster } from './redis-cluster.ts'
import { commitOf, record, storeContract } from './store-contract.ts'

let cluster: RedisCluster
beforeAll(async () => {
  cluster = await startCluster()
})
afterAll(() => cluster.end())

const settings = (urls: readonly string[]) => ({
  urls,
  prefix: `t-${randomUUID()}`,
  acceptedLosses: [],
  replicas: 0,
  keyMark: 'mark',
})
const open = () => openRedisStore(settings(cluster.urls))

storeContract('the store on a cluster', open)
queueContract('the queue on a cluster', open)

test('turns and desk events of one machine are heard on the other, whichever nodes they listen to', async () => {
  const shared = settings(cluster.urls)
  const [one, other] = await Promise.all([openRedisStore(shared), openRedisStore(shared)])
  const heard: [string, TurnRecord][] = []
  const events: string[] = []
  other.exchange.turns.onTurn((conversation, turn) => heard.push([conversation, turn]))
  other.exchange.deskEvents.listen(({ event }) => events.push(event))
  await other.exchange.turns.follow('c1')
  await one.start(record('c1'))
  await one.commit(commitOf('c1', 1))
  one.exchange.deskEvents.emit({ event: 'message', program: 'inspira', data: { conversation: 'c1' } })
  await expect.poll(() => [heard.length, events.length]).toEqual([1, 1])
  expect(heard[0]).toMatchObject(['c1', { firstSeq: 1, lastSeq: 1, body: Buffer.from('turn 1') }])
  await Promise.all([one.close(), other.close()])
})

test('one node of a cluster alone is refused with the way to mend it', async () => {
  await expect(openRedisStore(settings(cluster.urls.slice(0, 1)))).rejects.toThrow('name two or more of its nodes')
})

test('a cluster is refused for one node that may lose writes', async () => {
  const { port } = new URL(cluster.urls[2] as string)
  const setTo = (how: string) => execFileSync('redis-cli', ['-p', port, 'config', 'set', 'appendfsync', how])
  setTo('everysec')
  await expect(open()).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  setTo('always')
  await (await open()).close()
})
