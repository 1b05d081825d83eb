/**
 * Erasing in the embedded store: the key and the words go, and the write-ahead log forgets them too.
 *
 * Freed pages are overwritten (`secure_delete`), but the log still holds what they were before, the
 * wrapped key among it; so after an erasure the log is written home and cut to nothing. That it is to be cut is
 * noted with the erasure itself: where a crash came between the two, the next start cuts it.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { ErasedTogether, EraseResult } from './retention-port.ts'
import { auditWriter } from './sqlite-audit.ts'

/** The same in every database, so that a start which finds it cuts the log first. */
const NOTE = "('log-to-cut', 'yes')"

type Erase = (id: string, at: string, together?: ErasedTogether) => EraseResult

/** Destroys the key and content of one conversation; its lead keeps codes and times. Inside a transaction. */
export function rowEraser(database: DatabaseSync): (id: string, at: string) => boolean {
  const forget = database.prepare(
    "UPDATE conversations SET wrapped_key = NULL, state = NULL, user = '', erased_at = ? WHERE id = ? AND erased_at IS NULL",
  )
  const drops = ['turns', 'questions', 'consents', 'documents'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE conversation = ?`),
  )
  const dropNote = database.prepare('UPDATE leads SET note = NULL WHERE conversation = ?')
  return (id, at) => {
    const { changes } = forget.run(at, id)
    for (const drop of drops) drop.run(id)
    dropNote.run(id)
    return changes === 1
  }
}

/** The same unless a legal hold keeps it, with all that goes along. Inside a transaction. */
export function eraser(database: DatabaseSync): Erase {
  const held = database.prepare('SELECT 1 FROM reservations WHERE key = ?')
  const eraseRows = rowEraser(database)
  const noteCut = cutNoter(database)
  const takeAlong = alongside(database)
  return (id, at, together) => {
    if (held.get(`hold/${id}`)) return 'held'
    if (!eraseRows(id, at)) return 'none'
    noteCut()
    if (together) takeAlong(id, together)
    return 'erased'
  }
}

function alongside(database: DatabaseSync): (id: string, together: ErasedTogether) => void {
  const giveBack = database.prepare('DELETE FROM reservations WHERE key = ? AND holder = ?')
  const putEffect = database.prepare('INSERT OR IGNORE INTO effects VALUES (?, ?, ?, ?, ?, ?, NULL)')
  const writeAudit = auditWriter(database)
  return (holder, { givenBack, effects, audit }) => {
    for (const key of givenBack) giveBack.run(key, holder)
    for (const { id, kind, conversation, detail, dueAt, attempts } of effects)
      putEffect.run(id, kind, conversation, JSON.stringify(detail), dueAt, attempts)
    for (const event of audit) writeAudit(event)
  }
}

/** To be called within the transaction that drops something. */
export function cutNoter(database: DatabaseSync): () => void {
  const note = database.prepare(`INSERT OR IGNORE INTO meta VALUES ${NOTE}`)
  return () => void note.run()
}

const AGAIN_AFTER_MS = 1_000
const TRIES = 60

/** Cuts the log; while another program reads the old one, tries again in the background. @returns whether it is cut. */
export function cutLog(database: DatabaseSync, tries = TRIES): boolean {
  if (!database.isOpen) return false
  database.exec('PRAGMA busy_timeout = 0')
  const result = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
  database.exec('PRAGMA busy_timeout = 5000')
  if (result?.busy === 1 && tries > 0) setTimeout(() => cutLog(database, tries - 1), AGAIN_AFTER_MS).unref()
  return result?.busy === 0
}

/** What was dropped before this start, and may stand in the log still. The note stays where the log cannot be cut yet. */
export function cutWhatWasLeft(database: DatabaseSync): void {
  const left = database.prepare("SELECT 1 FROM meta WHERE name = 'log-to-cut'").get()
  if (left && cutLog(database)) database.exec("DELETE FROM meta WHERE name = 'log-to-cut'")
}
