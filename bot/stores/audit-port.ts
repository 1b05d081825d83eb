/**
 * The audit trail as a store keeps it: a chain of what was seen and done.
 *
 * What staff change is written down with the change, in one step of the store: neither stands without the other.
 */
export interface AuditEvent {
  readonly event: string
  readonly at: string
  readonly actor: string
  readonly conversation: string | null
  readonly lead: string | null
  /** Codes, ids, durations; never words. */
  readonly detail: Readonly<Record<string, string | number | boolean>>
}

export interface AuditLog {
  record(event: AuditEvent): Promise<void>
  auditTrail(
    limit: number,
    before: number | null,
  ): Promise<readonly (AuditEvent & { readonly seq: number; readonly hash: string })[]>
}
