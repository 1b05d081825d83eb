/**
 * What the commands on the embedded store share: its file, and a refusal where there is none.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { openSqliteStore } from '../stores/sqlite.ts'

/** @throws AdmissionsError `REQUEST_INVALID` with several machines: Redis has its own backup (`docs/deploy.md`). */
export function embeddedStore(config: Config): string {
  if (config.redis !== null)
    throw new AdmissionsError('REQUEST_INVALID', 'This works on the embedded store; REDIS_URL names another one.')
  return join(config.dataDir, 'porchlight.sqlite')
}

export function existingStore(config: Config): string {
  const file = embeddedStore(config)
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
