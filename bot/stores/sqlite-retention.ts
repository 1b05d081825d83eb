/**
 * Age in the embedded store: a walk over what still has words, and dropping what its time is over for.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { LeadState } from '../ports.ts'
import type { GroupCommit } from './group-commit.ts'
import type { AgingConversation, RetentionStore } from './retention-port.ts'
import { cutLog, cutNoter } from './sqlite-erasing.ts'

/** A condition on a conversation that no legal hold keeps. */
export const notHeld = (conversation: string): string =>
  `NOT EXISTS (SELECT 1 FROM reservations WHERE key = 'hold/' || ${conversation})`

export function sqliteRetention(database: DatabaseSync, group: GroupCommit): RetentionStore {
  const page = database.prepare(
    `SELECT c.id, c.touched_at, l.state, l.closed_at, NOT (${notHeld('c.id')}) AS held FROM conversations c
      LEFT JOIN leads l ON l.conversation = c.id WHERE c.id > ? AND c.erased_at IS NULL ORDER BY c.id LIMIT ?`,
  )
  const questions = database.prepare(`DELETE FROM questions WHERE at < ? AND ${notHeld('conversation')}`)
  const settled = database.prepare('DELETE FROM effects WHERE done_at < ?')
  const reservations = database.prepare('DELETE FROM reservations WHERE until <= ?')
  const sessions = database.prepare('DELETE FROM sessions WHERE expires_at <= ?')
  const audit = database.prepare('DELETE FROM audit WHERE seq <= ?')
  const noteCut = cutNoter(database)
  const dropped = async (drop: () => number): Promise<number> => {
    const count = await group.run(() => {
      noteCut()
      return drop()
    })
    if (count > 0) cutLog(database)
    return count
  }
  return {
    async aging(after, limit) {
      const conversations = page.all(after ?? '', limit).map(toAging)
      return { conversations, next: conversations.length < limit ? null : (conversations.at(-1)?.id ?? null) }
    },
    dropQuestions: (before) => dropped(() => Number(questions.run(before).changes)),
    dropSettled: (before) => dropped(() => Number(settled.run(before).changes)),
    dropLapsed: (at) => dropped(() => Number(reservations.run(at).changes) + Number(sessions.run(at).changes)),
    async dropAudit(throughSeq) {
      await dropped(() => Number(audit.run(throughSeq).changes))
    },
  }
}

function toAging(row: Record<string, unknown>): AgingConversation {
  const state = row.state as LeadState | null
  return {
    id: row.id as string,
    touchedAt: row.touched_at as string,
    lead: state === null ? null : { state, closedAt: row.closed_at as string | null },
    isHeld: row.held === 1,
  }
}
