/**
 * What was read and found good is kept as it was read: the next start finds it and parses nothing.
 *
 * Reading and checking scripts and facts is a third of a start. What is kept stands under a hash of every
 * file that it was read from, the code that reads them among them, so that it is never stale, and under a
 * keyed one of itself, so that nobody without the deployment key writes what the bot says. Whatever does not
 * fit is read anew. It holds no word of a visitor.
 */
import { createHash, createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'

const SEAL_BYTES = 32

export interface Kept {
  /** A file in a folder of ours; a folder that cannot be written keeps nothing. */
  readonly file: string
  /** Files, and folders with all that is in them, that the reading depends on. */
  readonly from: readonly string[]
  readonly key: KeyObject
}

/** @param read - gives a value of plain objects, maps and sets, and whether it is good. */
export function readOnce<T>({ file, from, key }: Kept, read: () => { value: T; isGood: boolean }): T {
  const mark = markOf(from)
  const sealOf = (body: Uint8Array): Buffer => createHmac('sha256', key).update(mark).update(body).digest()
  const kept = keptUnder<T>(sealOf, file)
  if (kept !== null) return kept
  const { value, isGood } = read()
  if (isGood) keep(file, sealOf, serialize(value))
  return value
}

type SealOf = (body: Uint8Array) => Buffer

/** null when nothing is kept, when it is of other files or not ours, or cannot be read. */
function keptUnder<T>(sealOf: SealOf, file: string): T | null {
  try {
    const bytes = readFileSync(file)
    const body = bytes.subarray(SEAL_BYTES)
    return timingSafeEqual(bytes.subarray(0, SEAL_BYTES), sealOf(body)) ? (deserialize(body) as T) : null
  } catch {
    return null
  }
}

function keep(file: string, sealOf: SealOf, body: Buffer): void {
  try {
    const next = `${file}.${process.pid}`
    writeFileSync(next, Buffer.concat([sealOf(body), body]), { mode: 0o600 })
    renameSync(next, file)
  } catch {
    // The next start reads the files themselves, as this one did.
  }
}

function markOf(from: readonly string[]): Buffer {
  const hash = createHash('sha256').update(process.version)
  for (const path of from.flatMap(filesIn)) {
    const text = contentOf(path)
    hash.update(`\n${path} ${text.length}\n`).update(text)
  }
  return hash.digest()
}

function filesIn(path: string): string[] {
  try {
    const inside = readdirSync(path, { recursive: true, withFileTypes: true })
    return inside
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
  } catch {
    return [path]
  }
}

/** A file that is missing is said by whoever reads it. */
function contentOf(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}
