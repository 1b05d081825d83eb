/**
 * Sealed documents and reservations in the embedded store.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { DocumentRecord, DocumentStore, Reservation, ReservationStore } from './document-port.ts'
import type { GroupCommit } from './group-commit.ts'
import { auditWriter, withEntry } from './sqlite-audit.ts'
import { notHeld } from './sqlite-retention.ts'

type Row = Record<string, unknown>

export function sqliteDocuments(database: DatabaseSync, group: GroupCommit): DocumentStore {
  const put = database.prepare(
    'INSERT OR REPLACE INTO documents SELECT ?, id, ?, ?, ?, ? FROM conversations WHERE id = ? AND erased_at IS NULL',
  )
  const list = database.prepare('SELECT * FROM documents WHERE conversation = ? ORDER BY at, id')
  const drop = database.prepare('DELETE FROM documents WHERE conversation = ? AND id = ?')
  const consents = database.prepare('SELECT id, body FROM consents WHERE conversation = ?')
  const write = auditWriter(database)
  const dropExpired = database.prepare(`DELETE FROM documents WHERE expires_at <= ? AND ${notHeld('conversation')}`)
  return {
    putDocument: ({ id, conversation, kind, at, expiresAt, body }, event) =>
      group.run(() => withEntry(write, event, put.run(id, kind, at, expiresAt, body, conversation).changes === 1)),
    async documents(conversation) {
      return list.all(conversation).map(toDocument)
    },
    async dropDocument(conversation, id) {
      return (await group.run(() => drop.run(conversation, id).changes)) === 1
    },
    async consentLedger(conversation) {
      return consents.all(conversation).map((row) => ({ id: row.id as string, body: row.body as Uint8Array }))
    },
    async dropExpired(at) {
      return Number(await group.run(() => dropExpired.run(at).changes))
    },
  }
}

export function sqliteReservations(database: DatabaseSync, group: GroupCommit): ReservationStore {
  const write = auditWriter(database)
  const lapse = database.prepare('DELETE FROM reservations WHERE key = ? AND until <= ?')
  const take = database.prepare(
    'INSERT INTO reservations VALUES (?1, ?2, ?3) ON CONFLICT (key) DO UPDATE SET until = excluded.until WHERE holder = excluded.holder',
  )
  const giveBack = database.prepare('DELETE FROM reservations WHERE key = ? AND holder = ?')
  const list = database.prepare(
    'SELECT * FROM reservations WHERE key >= ?1 AND key < ?1 || char(1114111) AND (until IS NULL OR until > ?2) ORDER BY key',
  )
  return {
    async reserve({ key, holder, until }, at, event) {
      const isMine = await group.run(() => {
        lapse.run(key, at)
        return withEntry(write, event, take.run(key, holder, until).changes === 1)
      })
      return isMine ? 'reserved' : 'taken'
    },
    giveBack: (key, holder, event) => group.run(() => withEntry(write, event, giveBack.run(key, holder).changes === 1)),
    async reservations(prefix, at) {
      return list.all(prefix, at).map(toReservation)
    },
  }
}

function toDocument(row: Row): DocumentRecord {
  return {
    id: row.id as string,
    conversation: row.conversation as string,
    kind: row.kind as string,
    at: row.at as string,
    expiresAt: row.expires_at as string | null,
    body: row.body as Uint8Array,
  }
}

function toReservation(row: Row): Reservation {
  return { key: row.key as string, holder: row.holder as string, until: row.until as string | null }
}
