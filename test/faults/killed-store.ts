/**
 * What a service that is killed stands on: the embedded file, or a real Redis that syncs each write and is killed too.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RedisServer, startRedis } from '../contracts/redis-server.ts'

export type StoreName = 'sqlite' | 'redis'

export interface KilledStore {
  readonly settings: Record<string, string>
  readonly redis: RedisServer | null
  /** Who dies at the kill of this number, counted from 0. */
  victims(kill: number): 'service' | 'redis' | 'both'
  end(): Promise<void>
}

/** Of four kills one takes Redis alone, one both together, as a power cut does. */
const onRedis = ['service', 'both', 'service', 'redis'] as const

export async function openKilledStore(name: StoreName): Promise<KilledStore> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-kills-'))
  const redis = name === 'redis' ? await startRedis() : null
  const shared = redis && {
    REDIS_URL: redis.url,
    KEY: randomBytes(32).toString('base64'),
    DIRECT_LINE_SECRET: randomBytes(32).toString('base64'),
  }
  return {
    settings: { DATA_DIR: folder, LOG_LEVEL: 'silent', ...shared },
    redis,
    victims: (kill) => (redis === null ? 'service' : (onRedis[kill % onRedis.length] ?? 'service')),
    async end() {
      await redis?.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
