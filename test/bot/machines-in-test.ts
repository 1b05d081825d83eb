/**
 * Several machines for tests: services of their own in this process, on one real Redis.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import type { Service } from '../../bot/service.ts'
import { openRedisStore } from '../../bot/stores/redis.ts'
import { type RedisServer, startRedis } from '../contracts/redis-server.ts'
import { startTestService } from './service-in-test.ts'

export interface Machines {
  readonly redis: RedisServer
  readonly one: Service
  readonly other: Service
  stop(): Promise<void>
}

/** @param clock - shared by both; the system's own when absent. */
export async function startMachines(
  settings: Record<string, string> = {},
  clock?: { at: Date },
  redis?: RedisServer,
): Promise<Machines> {
  const server = redis ?? (await startRedis())
  const deploymentKey = randomBytes(32)
  const where = { urls: [server.url], prefix: `test-${randomUUID()}`, acceptedLosses: [], replicas: 0, keyMark: 'mark' }
  const start = async (): Promise<Service> => {
    const { exchange, ...store } = await openRedisStore(where)
    const parts = { store, exchange, deploymentKey, ...(clock ? { clock: { now: () => clock.at } } : {}) }
    return startTestService(parts, settings)
  }
  const [one, other] = await Promise.all([start(), start()])
  return {
    redis: server,
    one,
    other,
    async stop() {
      await Promise.all([one.stop(), other.stop()])
      if (!redis) await server.end()
    },
  }
}

/** The same address on the other machine, as a proxy without sticky sessions would send it. */
export function on(service: Service, address: string): string {
  const url = new URL(address)
  const { host } = new URL(service.address)
  url.host = host
  return url.toString()
}
