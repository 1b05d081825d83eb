/**
 * The audit trail on Redis: the same chain as in the embedded store, closed inside the appending script.
 */
import { randomUUID } from 'node:crypto'
import { hashedFields } from '../../keeping/audit-chain.ts'
import type { AuditEvent, AuditLog } from '../../ports.ts'
import type { Connection } from './connection.ts'
import { jsonOf, listOf, type Reply, textOf } from './reply.ts'
import { scripts } from './scripts.ts'

export function redisAudit(redis: Connection): AuditLog {
  return {
    async record(event) {
      await redis.run(scripts.recordAudit, randomUUID(), JSON.stringify(auditEntry(event)))
    },
    async auditTrail(limit, before) {
      const from = before === null ? '+' : `(${before}-0`
      const entries = await redis.ask('xrevrange', `${redis.root}:audit`, from, '-', 'COUNT', limit)
      return listOf(entries).map(toEvent)
    },
  }
}

/** An event as the appending script takes it: what is hashed after the previous hash, and what is stored. */
export function auditEntry(event: AuditEvent) {
  const { at, lead } = event
  const hashed = JSON.stringify(hashedFields(event))
  const claimed = event.event === 'lead.claimed' && lead !== null ? lead : false
  return { at, claimed, fields: hashed.slice(1), entry: JSON.stringify(event) }
}

/** What a script is given that writes it down with what it changes; nothing where there is nothing to write. */
export function withEntry(event: AuditEvent | undefined): string[] {
  return event ? [randomUUID(), JSON.stringify(auditEntry(event))] : []
}

/** An entry of the stream: [`seq-0`, [entry, JSON, hash, hexadecimal]]. */
function toEvent(row: Reply): AuditEvent & { seq: number; hash: string } {
  const [id, fields] = listOf(row)
  const [, entry, , hash] = listOf(fields)
  const { at, event, actor, conversation, lead, detail } = jsonOf<AuditEvent>(entry)
  return { seq: Number.parseInt(textOf(id), 10), at, event, actor, conversation, lead, detail, hash: textOf(hash) }
}
