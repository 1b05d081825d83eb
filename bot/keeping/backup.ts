/**
 * Backups of the embedded store: content and keys apart, so that erasing reaches them.
 *
 * `backup FILE` writes the content without a single conversation key, and beside it the keys of today as
 * `porchlight.keys`, which takes the place of the one before. A person's words in any older FILE are
 * unreadable once her key is gone and a newer `porchlight.keys` stands there: keep as many contents as
 * you like, and only the newest keys.
 */
import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { AdmissionsError } from '../errors.ts'
import { rowEraser } from '../stores/sqlite-erasing.ts'
import { openDatabase } from '../stores/sqlite-schema.ts'
import { writeSafely } from './key-ring.ts'
import { makePrivate } from './private-file.ts'
import type { Vault } from './vault.ts'

const FIRST_LINE = 'porchlight keys 1'

export const keysBeside = (file: string): string => join(dirname(file), 'porchlight.keys')

/** Works while the service runs: one read transaction, no writer waits. @throws AdmissionsError `REQUEST_INVALID`. */
export function backUp(store: string, file: string): { conversations: number } {
  if (existsSync(file)) throw new AdmissionsError('REQUEST_INVALID', 'The file exists: name a new one.')
  if (!statSync(dirname(file), { throwIfNoEntry: false })?.isDirectory())
    throw new AdmissionsError('REQUEST_INVALID', 'The folder of the backup does not exist: make it, or name another.')
  const fresh = `${file}.new`
  rmSync(fresh, { force: true })
  const keys = copyInto(store, fresh)
  writeSafely(keysBeside(file), [FIRST_LINE, ...keys, ''].join('\n'))
  renameSync(fresh, file)
  return { conversations: keys.length }
}

/** The content without keys; returns the keys, one `id base64` a line. */
function copyInto(store: string, file: string): string[] {
  const source = openDatabase(store)
  try {
    makePrivate(file)
    source.prepare('VACUUM INTO ?').run(file)
  } catch (cause) {
    throw new AdmissionsError('STORE_UNAVAILABLE', 'The backup cannot be written: check folder and free space.', {
      cause,
    })
  } finally {
    source.close()
  }
  const copy = new DatabaseSync(file)
  copy.exec('PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON;')
  const keys = copy
    .prepare('SELECT id, wrapped_key FROM conversations WHERE wrapped_key IS NOT NULL')
    .all()
    .map((row) => `${row.id} ${Buffer.from(row.wrapped_key as Uint8Array).toString('base64')}`)
  copy.exec('UPDATE conversations SET wrapped_key = NULL; DELETE FROM sessions;')
  copy.close()
  return keys
}

export interface Restored {
  readonly conversations: number
  /** Erased since the backup was made: they stay erased. */
  readonly erased: number
  /** Where the replaced database stands now, if there was one. */
  readonly kept: string | null
}

export interface RestoreFrom {
  readonly file: string
  readonly keys: string
  /** Names the replaced database. */
  readonly at: string
}

/**
 * Puts a backup in the place of the store, whole or not at all. The service must be stopped.
 *
 * @throws AdmissionsError `REQUEST_INVALID` (not a backup, no keys), `KEY_UNREADABLE`, `STORE_UNAVAILABLE` (in use).
 */
export function restore(store: string, from: RestoreFrom, vault: Vault): Restored {
  const keys = readKeys(from.keys)
  const gone = erasedIn(store)
  const fresh = `${store}.restoring`
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(fresh + suffix, { force: true })
  copyWhole(from.file, fresh)
  const counts = putKeys(fresh, { keys, gone, at: from.at }, vault)
  const kept = existsSync(store) ? `${store}.replaced-${from.at.replaceAll(/[:.]/g, '-')}` : null
  if (kept !== null) for (const suffix of ['', '-wal', '-shm']) moveIfThere(store + suffix, kept + suffix)
  renameSync(fresh, store)
  return { ...counts, kept }
}

function readKeys(file: string): Map<string, Buffer> {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const [first, ...lines] = text.split('\n')
  if (first !== FIRST_LINE)
    throw new AdmissionsError('REQUEST_INVALID', 'There is no porchlight.keys beside the backup: name it with --keys.')
  return new Map(
    lines
      .filter((line) => line !== '')
      .map((line) => {
        const [id = '', key = ''] = line.split(' ')
        return [id, Buffer.from(key, 'base64')]
      }),
  )
}

/** Conversations that the present store knows as erased; none when there is no store or it does not open. */
function erasedIn(store: string): string[] {
  if (!existsSync(store)) return []
  let database: DatabaseSync | null = null
  try {
    database = new DatabaseSync(store, { timeout: 0 })
    database.exec('PRAGMA journal_mode = DELETE')
    return database
      .prepare('SELECT id FROM conversations WHERE erased_at IS NOT NULL')
      .all()
      .map((row) => row.id as string)
  } catch (cause) {
    if (cause instanceof Error && /locked|busy/.test(cause.message))
      throw new AdmissionsError('STORE_UNAVAILABLE', 'The store is in use: stop the service, then restore.', { cause })
    return []
  } finally {
    database?.close()
  }
}

function copyWhole(file: string, fresh: string): void {
  if (!existsSync(file)) throw new AdmissionsError('REQUEST_INVALID', 'There is no such backup file.')
  try {
    const backup = new DatabaseSync(file, { readOnly: true })
    const found = backup.prepare('PRAGMA integrity_check').get()
    backup.prepare("SELECT value FROM meta WHERE name = 'schema'").get()
    makePrivate(fresh)
    backup.prepare('VACUUM INTO ?').run(fresh)
    backup.close()
    if (found?.integrity_check !== 'ok') throw new Error('integrity check failed')
  } catch (cause) {
    rmSync(fresh, { force: true })
    throw new AdmissionsError('REQUEST_INVALID', 'This file is no whole backup: nothing was changed.', { cause })
  }
}

function putKeys(
  fresh: string,
  from: { keys: ReadonlyMap<string, Buffer>; gone: readonly string[]; at: string },
  vault: Vault,
): { conversations: number; erased: number } {
  const database = openDatabase(fresh)
  try {
    const alive = database.prepare('SELECT id FROM conversations WHERE erased_at IS NULL').all()
    const put = database.prepare('UPDATE conversations SET wrapped_key = ? WHERE id = ?')
    const gone = new Set(from.gone)
    const eraseRows = rowEraser(database)
    const release = database.prepare('DELETE FROM reservations WHERE holder = ?')
    let erased = 0
    database.exec('BEGIN')
    for (const { id } of alive as { id: string }[]) {
      const key = gone.has(id) ? undefined : from.keys.get(id)
      if (key) {
        unwrapFromBackup(vault, id, key)
        put.run(key, id)
      } else {
        eraseRows(id, from.at)
        release.run(id)
        erased += 1
      }
    }
    database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)')
    return { conversations: alive.length - erased, erased }
  } catch (error) {
    database.close()
    for (const suffix of ['', '-wal', '-shm']) rmSync(fresh + suffix, { force: true })
    throw error
  } finally {
    if (database.isOpen) database.close()
  }
}

function unwrapFromBackup(vault: Vault, id: string, key: Uint8Array): void {
  try {
    vault.unwrap(id, key)
  } catch (cause) {
    throw new AdmissionsError(
      'KEY_UNREADABLE',
      'The keys of this backup are of another deployment key, as before a rotate-key: restore a newer backup, or set KEY_FILE to the key of that day. Nothing was changed.',
      { cause },
    )
  }
}

function moveIfThere(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to)
}
