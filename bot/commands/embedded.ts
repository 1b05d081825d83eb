/**
 * What the commands on the embedded store share: its file, and a refusal where there is none.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { openSqliteStore } from '../stores/sqlite.ts'

/** What one does on Redis instead; each is a section of `docs/deploy.md`. */
const onRedis = {
  backup:
    'Redis makes its own backup while people talk: redis-cli --rdb FILE. Keep the deployment key elsewhere (docs/deploy.md, Backup).',
  restore:
    'Redis reads its backup at its start: stop the machines, put the file in place, start Redis with appendonly no, then CONFIG SET appendonly yes, then the machines (docs/deploy.md, Backup).',
  rotate:
    'On Redis the deployment key stays as it is in this version, because every machine would have to hold the new one before the first conversation is wrapped in it; whom you no longer trust with it, you keep away from Redis and its backups (docs/deploy.md, Backup).',
} as const

/**
 * The embedded store's file.
 *
 * @throws AdmissionsError `REQUEST_INVALID` with several machines, saying what to do on Redis instead.
 */
export function embeddedStore(config: Config, deed: keyof typeof onRedis): string {
  if (config.redis !== null)
    throw new AdmissionsError(
      'REQUEST_INVALID',
      `REDIS_URL is set, and this works on the embedded store only. ${onRedis[deed]}`,
    )
  return join(config.dataDir, 'porchlight.sqlite')
}

export function existingStore(config: Config, deed: keyof typeof onRedis): string {
  const file = embeddedStore(config, deed)
  if (!existsSync(file)) throw new AdmissionsError('REQUEST_INVALID', 'DATA_DIR holds no database yet.')
  return file
}

/** Writes down in the audit trail that an operator did this. */
export async function recordDeed(
  file: string,
  event: string,
  detail: Readonly<Record<string, string | number | boolean>>,
): Promise<void> {
  const store = openSqliteStore(file)
  await store.record({
    event,
    at: new Date().toISOString(),
    actor: 'command',
    conversation: null,
    lead: null,
    detail,
  })
  await store.close()
}
