/**
 * Where the deployment key comes from: the port to a key service, and its adapters.
 *
 * Every adapter gives text, one key of 32 bytes as base64 a line, the newest first. The key is asked for once, at
 * the start, and held in memory: a key service that is down later disturbs nobody. Another service is
 * one more `KeySource` here, or none: whatever can print a key is reached by `KEY_COMMAND`.
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { keptOnce } from './kept-once.ts'

export interface KeySource {
  /** What to call it in a message. */
  readonly name: string
  /** @throws AdmissionsError `KEY_UNREADABLE`, never with what was read. */
  read(): string
}

const COMMAND_TIMEOUT_MS = 15_000
const OUTPUT_MAX_BYTES = 4_096

export function keySourceOf(config: Config): KeySource {
  const { key, keyFile, keyCommand } = config
  if (key !== null) return { name: 'KEY', read: () => key }
  if (keyCommand !== null) return { name: 'KEY_COMMAND', read: () => printedBy(keyCommand) }
  if (keyFile !== null) return { name: 'KEY_FILE', read: () => contentOf(keyFile) }
  return { name: 'deployment.key in DATA_DIR', read: () => madeOnce(config.dataDir) }
}

/** Runs it without a shell; what it prints on standard error may hold anything, so it is not passed on. */
function printedBy([program = '', ...args]: readonly string[]): string {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      timeout: COMMAND_TIMEOUT_MS,
      maxBuffer: OUTPUT_MAX_BYTES,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    // Not as a cause: the error of a child holds what it printed.
    throw new AdmissionsError('KEY_UNREADABLE', 'KEY_COMMAND gave no key: run it by hand as the service’s user.')
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new AdmissionsError('KEY_UNREADABLE', 'KEY_FILE cannot be read: check the path and its permissions.', {
      cause,
    })
  }
}

function madeOnce(dataDir: string): string {
  const file = join(dataDir, 'deployment.key')
  if (!existsSync(file) && existsSync(join(dataDir, 'key.mark'))) {
    throw new AdmissionsError(
      'KEY_UNREADABLE',
      'DATA_DIR holds data, but deployment.key is gone: put the key file back from its backup, or set KEY_FILE.',
    )
  }
  return keptOnce(file, () => randomBytes(32).toString('base64'))
}
