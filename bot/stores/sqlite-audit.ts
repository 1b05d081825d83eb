/**
 * The audit trail in the embedded store: a chain in which every entry carries the hash of the one before.
 *
 * Changing or removing an entry breaks every later hash, so the trail can be checked from its first
 * entry to its last.
 */
import type { DatabaseSync } from 'node:sqlite'
import { chain } from '../keeping/audit-chain.ts'
import type { AuditEvent, AuditLog } from '../ports.ts'
import type { GroupCommit } from './group-commit.ts'

/** A writer for use inside a transaction. */
export function auditWriter(database: DatabaseSync): (event: AuditEvent) => void {
  const last = database.prepare('SELECT hash FROM audit ORDER BY seq DESC LIMIT 1')
  const insert = database.prepare(
    'INSERT INTO audit (at, event, actor, conversation, lead, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  return (event) => {
    const previous = (last.get()?.hash as string | undefined) ?? ''
    const { at, actor, conversation, lead } = event
    const detail = JSON.stringify(event.detail)
    insert.run(at, event.event, actor, conversation, lead, detail, chain(previous, event))
  }
}

/** What was changed is written down in the same transaction; what was not, is not. */
export function withEntry(
  write: ReturnType<typeof auditWriter>,
  event: AuditEvent | undefined,
  isChanged: boolean,
): boolean {
  if (isChanged && event) write(event)
  return isChanged
}

export function sqliteAudit(database: DatabaseSync, group: GroupCommit): AuditLog {
  const write = auditWriter(database)
  const page = database.prepare('SELECT * FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?')
  return {
    async record(event) {
      await group.run(() => write(event))
    },
    async auditTrail(limit, before) {
      return page.all(before ?? Number.MAX_SAFE_INTEGER, limit).map((row) => ({
        seq: row.seq as number,
        at: row.at as string,
        event: row.event as string,
        actor: row.actor as string,
        conversation: row.conversation as string | null,
        lead: row.lead as string | null,
        detail: JSON.parse(row.detail as string),
        hash: row.hash as string,
      }))
    },
  }
}
