/**
 * Walks the audit trail from its newest entry to its first, page by page: to check its chain, or to take it out.
 */

import type { AuditEvent, AuditLog } from '../ports.ts'
import { chain } from './audit-chain.ts'

const PAGE = 500

export type AuditEntry = AuditEvent & { readonly seq: number; readonly hash: string }

export type AuditVerdict =
  /** `since` = its first entry, when the ones before have reached their age and the trail says so. */
  | { readonly type: 'whole'; readonly entries: number; readonly head: string; readonly since: number }
  | {
      readonly type: 'broken'
      readonly seq: number
      readonly why: 'changed' | 'missing-before' | 'not-the-head-logged'
    }

/** Newest first. */
export async function* auditEntries(log: AuditLog): AsyncGenerator<AuditEntry> {
  for (let before: number | null = null; ; ) {
    const page: readonly AuditEntry[] = await log.auditTrail(PAGE, before)
    yield* page
    if (page.length < PAGE) return
    before = page.at(-1)?.seq ?? 0
  }
}

export interface AuditHead {
  readonly seq: number
  readonly hash: string
}

/**
 * Whether every entry carries the hash of the one before it, from the first to the last.
 *
 * Note `head` elsewhere: a trail whose newest entries were cut off is whole in itself, and only a head
 * that was written down before tells.
 *
 * @param noted - such a head: the entry must still be there with its hash, or lie before what has reached its age.
 */
export async function verifyAudit(log: AuditLog, noted: AuditHead | null = null): Promise<AuditVerdict> {
  let newer: AuditEntry | null = null
  let [entries, head] = [0, '']
  const cuts: AuditEntry[] = []
  let isNoted = noted === null
  for await (const entry of auditEntries(log)) {
    if (newer && newer.seq !== entry.seq + 1) return { type: 'broken', seq: newer.seq, why: 'missing-before' }
    if (newer && chain(entry.hash, newer) !== newer.hash) return { type: 'broken', seq: newer.seq, why: 'changed' }
    if (!newer) head = entry.hash
    if (entry.seq === noted?.seq) isNoted = entry.hash === noted.hash
    if (entry.event === 'audit.retired') cuts.push(entry)
    newer = entry
    entries += 1
  }
  if (newer && !isFirst(newer, cuts))
    return { type: 'broken', seq: newer.seq, why: newer.seq === 1 ? 'changed' : 'missing-before' }
  if (noted && !isNoted && noted.seq >= (newer?.seq ?? 1))
    return { type: 'broken', seq: noted.seq, why: 'not-the-head-logged' }
  return { type: 'whole', entries, head, since: newer?.seq ?? 1 }
}

/** The first of all, or the first after a cut that the trail itself has written down. */
function isFirst(oldest: AuditEntry, cuts: readonly AuditEntry[]): boolean {
  if (chain('', oldest) === oldest.hash) return true
  return cuts.some(
    ({ detail }) => detail.through === oldest.seq - 1 && chain(String(detail.hash), oldest) === oldest.hash,
  )
}
