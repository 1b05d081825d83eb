/**
 * Erasing in the embedded store: the key and the words go, and the write-ahead log forgets them too.
 *
 * Freed pages are overwritten (`secure_delete`), but the log still holds what they were before, the
 * wrapped key among it; so after an erasure the log is written home and cut to nothing.
 */
import type { DatabaseSync } from 'node:sqlite'

/** Destroys the key and content of one conversation; its lead keeps codes and times. Inside a transaction. */
export function eraseRows(database: DatabaseSync, id: string, at: string): boolean {
  const erased = database
    .prepare(
      "UPDATE conversations SET wrapped_key = NULL, state = NULL, user = '', erased_at = ? WHERE id = ? AND erased_at IS NULL",
    )
    .run(at, id)
  for (const table of ['turns', 'questions', 'consents', 'documents']) {
    database.prepare(`DELETE FROM ${table} WHERE conversation = ?`).run(id)
  }
  database.prepare('UPDATE leads SET note = NULL WHERE conversation = ?').run(id)
  return erased.changes === 1
}

const AGAIN_AFTER_MS = 1_000
const TRIES = 60

/** Cuts the log; while another program reads the old one, tries again in the background. */
export function cutLog(database: DatabaseSync, tries = TRIES): void {
  if (!database.isOpen) return
  database.exec('PRAGMA busy_timeout = 0')
  const result = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
  database.exec('PRAGMA busy_timeout = 5000')
  if (result?.busy === 1 && tries > 0) setTimeout(() => cutLog(database, tries - 1), AGAIN_AFTER_MS).unref()
}
