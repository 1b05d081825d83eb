/**
 * Reads the audit trail from its newest entry to its first and says where its chain is broken, if anywhere.
 */
import { chain } from './audit-chain.ts'
import type { AuditLog } from './ports.ts'

const PAGE = 1_000

export interface ChainReport {
  readonly entries: number
  /** The first entry whose hash does not follow from the one before it; null = whole. */
  readonly brokenAt: number | null
}

export async function checkChain(log: AuditLog): Promise<ChainReport> {
  let entries = 0
  let brokenAt: number | null = null
  let before: number | null = null
  let later: { seq: number; hash: string; expected: (previous: string) => string } | null = null
  const hold = (previous: string): void => {
    if (later && later.expected(previous) !== later.hash) brokenAt = later.seq
  }
  for (;;) {
    const page: Awaited<ReturnType<AuditLog['auditTrail']>> = await log.auditTrail(PAGE, before)
    for (const { seq, hash, ...event } of page) {
      hold(hash)
      later = { seq, hash, expected: (previous) => chain(previous, event) }
      entries += 1
      before = seq
    }
    if (page.length < PAGE) break
  }
  hold('')
  return { entries, brokenAt }
}
