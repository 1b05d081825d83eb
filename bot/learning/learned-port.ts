/**
 * What a store keeps of what staff have answered: every version of each entry, the newest counts.
 *
 * These are the team's own words about a program, nobody's private ones, so they stand unsealed; of a
 * visitor's question only the id is kept.
 */
import type { AuditEvent } from '../stores/audit-port.ts'

export interface LearnedRecord {
  readonly id: string
  /** 1 for the first; a change names the next one. */
  readonly version: number
  readonly program: string
  readonly at: string
  /** JSON, see `learned.ts`. */
  readonly body: string
}

export interface LearnedStore {
  /** False when this version is there already: somebody was faster. Its entry of the trail is kept with it or not at all. */
  keepLearned(record: LearnedRecord, event?: AuditEvent): Promise<boolean>
  /** The newest version of each entry, the latest changed first; null = of all programs. */
  learned(programs: readonly string[] | null): Promise<readonly LearnedRecord[]>
}
