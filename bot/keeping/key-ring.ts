/**
 * The key ring: the deployment key that wraps today, and while keys are being changed the one before.
 *
 * A key file has one key a line, the newest first. A running service looks at its file now and then,
 * so that `rotate-key` needs no restart: it wraps under the newest and still opens what the former wrapped.
 */
import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Config } from '../config.ts'
import { AdmissionsError } from '../errors.ts'

export interface KeyRing {
  readonly current: Buffer
  readonly former: readonly Buffer[]
}

/** How often a running service looks whether its key file has changed. */
export const LOOK_EVERY_MS = 1_000

/** Where the ring is kept; null when the key comes from the environment or a key service and cannot be changed here. */
export function keyFileOf(config: Config): string | null {
  if (config.key !== null || config.keyCommand !== null) return null
  return config.keyFile ?? join(config.dataDir, 'deployment.key')
}

/** @param origin - what to call the place in a message. @throws AdmissionsError `KEY_UNREADABLE`. */
export function parseRing(text: string, origin: string): KeyRing {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const [current, ...former] = lines.map((line) => decodeKey(line, origin))
  if (!current) throw new AdmissionsError('KEY_UNREADABLE', `${origin} does not hold 32 bytes as base64.`)
  return { current, former }
}

function decodeKey(value: string, origin: string): Buffer {
  const key = Buffer.from(value.trim(), 'base64')
  if (key.length !== 32) throw new AdmissionsError('KEY_UNREADABLE', `${origin} does not hold 32 bytes as base64.`)
  return key
}

/** Puts a whole new file in the place of the old one; a crash leaves one or the other. */
export function writeSafely(file: string, content: string): void {
  const fresh = `${file}.new`
  const handle = openSync(fresh, 'w', 0o600)
  try {
    writeSync(handle, content)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(fresh, file)
  const folder = openSync(dirname(file), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

export function writeRing(file: string, ring: KeyRing): void {
  writeSafely(file, [ring.current, ...ring.former].map((key) => `${key.toString('base64')}\n`).join(''))
}

export function freshKey(): Buffer {
  return randomBytes(32)
}

/** Looks for a changed key file while the service runs; what cannot be read now is looked at again. */
export function watchRing(file: string | null, changed: (ring: KeyRing) => void): { stop(): void } {
  if (file === null) return { stop: () => undefined }
  let seen = changedAt(file)
  const timer = setInterval(() => {
    const now = changedAt(file)
    if (now === seen || now === null) return
    try {
      changed(parseRing(readFileSync(file, 'utf8'), 'the key file'))
      seen = now
    } catch {
      // Half of a change was seen: the next look sees the whole.
    }
  }, LOOK_EVERY_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

function changedAt(file: string): string | null {
  try {
    const { mtimeMs, ino } = statSync(file)
    return `${ino} ${mtimeMs}`
  } catch {
    return null
  }
}
