/**
 * Counts of referrals in the embedded store.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { TurnCommit } from '../ports.ts'
import type { ReferralCount, ReferralStore } from './referral-port.ts'

export function sqliteReferrals(database: DatabaseSync): ReferralStore {
  const counts = database.prepare('SELECT * FROM referrals ORDER BY month, program, label, resource')
  return {
    async referrals() {
      return counts.all() as unknown as ReferralCount[]
    },
  }
}

/** Counts what a turn shows, within its transaction. */
export function referralCounter(database: DatabaseSync): (turn: TurnCommit) => void {
  const count = database.prepare(
    `INSERT INTO referrals SELECT ?1, program, ?2, ?3, 1 FROM conversations WHERE id = ?4
      ON CONFLICT DO UPDATE SET count = count + 1`,
  )
  return ({ referrals, at, conversation }) => {
    for (const { label, resource } of referrals) count.run(at.slice(0, 7), label, resource, conversation)
  }
}
