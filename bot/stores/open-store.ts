/**
 * Opens the store that the settings name: Redis for several machines, else the embedded file.
 */
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { markOf } from '../keeping/deployment-key.ts'
import type { Store } from '../ports.ts'
import type { Exchange } from '../turn/exchange.ts'
import { openSqliteStore } from './sqlite.ts'

/** @param key - the deployment key. @throws AdmissionsError `STORE_UNAVAILABLE`, `CONFIG_INVALID` for a Redis that must not be used. */
export async function openStore(config: Config, key: Buffer): Promise<{ store: Store; exchange: Exchange | null }> {
  if (config.redis === null)
    return { store: openSqliteStore(join(config.dataDir, 'porchlight.sqlite')), exchange: null }
  // Loaded only when it is asked for: its client costs a start on one machine time and memory.
  const { openRedisStore } = await import('./redis.ts')
  const { exchange, ...store } = await openRedisStore({ ...config.redis, keyMark: markOf(key) })
  return { store, exchange }
}
