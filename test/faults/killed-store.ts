/**
 * What a service that is killed stands on: the embedded file, or a real Redis with a replica, to which things happen too.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RedisPair, startRedisPair } from './redis-pair.ts'

export type StoreName = 'sqlite' | 'redis'

/** Who is hit: the service, Redis with it as in a power cut, or Redis alone in one of four ways. */
export type Victim = 'service' | 'both' | RedisFault
export type RedisFault = 'killed' | 'failed-over' | 'paused' | 'cut-off'

export interface KilledStore {
  readonly settings: Record<string, string>
  readonly redis: RedisPair | null
  /** Who is hit at the kill of this number, counted from 0. */
  victims(kill: number): Victim
  end(): Promise<void>
}

const onRedis = ['service', 'both', 'failed-over', 'killed', 'service', 'paused', 'cut-off', 'failed-over'] as const

export async function openKilledStore(name: StoreName): Promise<KilledStore> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-kills-'))
  const redis = name === 'redis' ? await startRedisPair() : null
  const shared = redis && {
    ...redis.settings,
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
