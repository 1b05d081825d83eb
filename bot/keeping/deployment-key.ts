/**
 * The deployment key: 32 bytes that wrap every conversation's key.
 *
 * It comes from where `key-source.ts` finds it, or is made once in DATA_DIR. A key that does not fit the
 * stored data stops the start with a clear sentence, before anything is written under a second key.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { keptOnce } from './kept-once.ts'
import { type KeyRing, parseRing, writeSafely } from './key-ring.ts'
import { keySourceOf } from './key-source.ts'

/** @throws AdmissionsError `KEY_UNREADABLE` when the key is missing, malformed or another one than before. */
export function readKeyRing(config: Config): KeyRing {
  // With several machines the data, and the mark of its key, are in Redis: DATA_DIR is not needed.
  const isHere = config.redis === null
  if (isHere) prepareDataDir(config)
  const source = keySourceOf(config)
  const ring = parseRing(source.read(), source.name)
  if (isHere) holdToMark(config, ring)
  return ring
}

/** The key that wraps today. */
export function readDeploymentKey(config: Config): Buffer {
  return readKeyRing(config).current
}

/** The Direct Line secret: from the setting, or made once and kept in DATA_DIR. */
export function readDirectLineSecret(config: Config): string {
  if (config.directLineSecret !== null) return config.directLineSecret
  return keptOnce(join(config.dataDir, 'direct-line.secret'), () => randomBytes(32).toString('base64url'))
}

function prepareDataDir(config: Config): void {
  try {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new AdmissionsError('STORE_UNAVAILABLE', 'DATA_DIR cannot be made: choose a folder that can be written.', {
      cause,
    })
  }
}

/** `key.mark` is a fingerprint of the key that wrote this folder. */
function holdToMark(config: Config, ring: KeyRing): void {
  const kept = keptOnce(join(config.dataDir, 'key.mark'), () => markOf(ring.current))
  if (![ring.current, ...ring.former].some((key) => markOf(key) === kept)) {
    throw new AdmissionsError(
      'KEY_UNREADABLE',
      'This key is not the one that sealed the data in DATA_DIR: set the former key.',
    )
  }
}

/** Says which key the folder belongs to from now on. */
export function markKey(config: Config, key: Buffer): void {
  writeSafely(join(config.dataDir, 'key.mark'), `${markOf(key)}\n`)
}

/** A fingerprint of the key, kept beside what it seals. */
export function markOf(key: Buffer): string {
  return createHmac('sha256', key).update('porchlight key mark').digest('hex')
}
