/**
 * The chain of the audit trail: every entry's hash is made from the hash before it and the entry's own fields.
 *
 * One form for every store, so that an exported trail can be checked wherever it was written.
 */
import { createHash } from 'node:crypto'
import type { AuditEvent } from '../ports.ts'

/** SHA-256 over the previous hash (empty for the first entry) and the entry's own fields, hexadecimal. */
export function chain(previous: string, event: AuditEvent): string {
  return createHash('sha256')
    .update(JSON.stringify([previous, ...hashedFields(event)]))
    .digest('hex')
}

/** What of an entry is hashed, in this order. */
export function hashedFields(event: AuditEvent): readonly (string | null)[] {
  return [event.at, event.event, event.actor, event.conversation, event.lead, JSON.stringify(event.detail)]
}
