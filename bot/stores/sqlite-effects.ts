/**
 * Stored effects in the embedded store.
 *
 * One process has the file, so what it has taken is known in its memory alone: a crash forgets it, and
 * it is due again at the next start without a wait.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { ConversationStore, StoredEffect } from '../ports.ts'
import type { GroupCommit } from './group-commit.ts'
import { auditWriter, withEntry } from './sqlite-audit.ts'

type Effects = Pick<ConversationStore, 'pendingEffects' | 'takeEffects' | 'settleEffect' | 'deadEffects' | 'putEffect'>

export function sqliteEffects(database: DatabaseSync, group: GroupCommit): Effects {
  const pending = database.prepare(
    'SELECT * FROM effects WHERE done_at IS NULL AND due_at <= ? ORDER BY due_at LIMIT ?',
  )
  // `never` sorts after every time, so a given-up effect is due at none.
  const dead = database.prepare("SELECT * FROM effects WHERE done_at IS NULL AND due_at = 'never' ORDER BY id LIMIT ?")
  const retry = database.prepare('UPDATE effects SET due_at = ?, attempts = attempts + 1 WHERE id = ?')
  const explain = database.prepare("UPDATE effects SET detail = json_set(detail, '$.code', ?) WHERE id = ?")
  const finish = database.prepare(
    "UPDATE effects SET done_at = strftime('%Y-%m-%dT%H:%M:%fZ'), attempts = attempts + 1 WHERE id = ?",
  )
  const insert = database.prepare('INSERT OR IGNORE INTO effects VALUES (?, ?, ?, ?, ?, ?, NULL)')
  const write = auditWriter(database)
  const taken = new Map<string, string>()
  return {
    pendingEffects: async (dueBy, limit) => pending.all(dueBy, limit).map(toEffect),
    async takeEffects({ at, until }, limit) {
      for (const [id, end] of taken) if (end <= at) taken.delete(id)
      const due = pending.all(at, limit + taken.size).map(toEffect)
      const mine = due.filter((effect) => !taken.has(effect.id)).slice(0, limit)
      for (const { id } of mine) taken.set(id, until)
      return mine
    },
    async putEffect({ id, kind, conversation, detail, dueAt, attempts }) {
      await group.run(() => insert.run(id, kind, conversation, JSON.stringify(detail), dueAt, attempts))
    },
    async deadEffects(limit) {
      return dead.all(limit).map(toEffect)
    },
    async settleEffect(id, retryAt, { code, event } = {}) {
      taken.delete(id)
      await group.run(() => {
        if (code !== undefined) explain.run(code, id)
        const done = retryAt === null ? finish.run(id) : retry.run(retryAt, id)
        withEntry(write, event, done.changes === 1)
      })
    },
  }
}

function toEffect(row: Record<string, unknown>): StoredEffect {
  return {
    id: row.id as string,
    kind: row.kind as StoredEffect['kind'],
    conversation: row.conversation as string,
    detail: JSON.parse(row.detail as string),
    dueAt: row.due_at as string,
    attempts: row.attempts as number,
  }
}
