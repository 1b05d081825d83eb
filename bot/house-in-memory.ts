/**
 * A whole house in memory, silent and without limits: for the commands that try the product on files.
 */
import { randomBytes } from 'node:crypto'
import { buildHouse, type Parts } from './build-house.ts'
import { readConfig } from './config.ts'
import type { House } from './house.ts'
import { openSqliteStore } from './stores/sqlite.ts'

/** @throws AdmissionsError `DATA_INVALID` when a script, fact or program file is wrong. */
export function houseInMemory(parts: Parts = {}): House {
  const config = { ...readConfig({}), logLevel: 'silent', rateLimitPerMinute: 0, port: 0 }
  return buildHouse(config, { store: openSqliteStore(':memory:'), deploymentKey: randomBytes(32), ...parts })
}
