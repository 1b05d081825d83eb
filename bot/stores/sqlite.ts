/**
 * The embedded store: one SQLite file, no other service, the default.
 *
 * In memory (`:memory:`) it is the test double of the whole product; there is no fake.
 */
import type { Store } from '../ports.ts'
import { checkpointBeside, syncLogBeside } from './checkpoint.ts'
import { watchDamage } from './damage.ts'
import { type GroupCommit, groupCommit } from './group-commit.ts'
import { sharedLook } from './shared-look.ts'
import { sqliteAudit } from './sqlite-audit.ts'
import { sqliteConversations } from './sqlite-conversations.ts'
import { sqliteDocuments, sqliteReservations } from './sqlite-documents.ts'
import { cutWhatWasLeft } from './sqlite-erasing.ts'
import { sqliteLeads } from './sqlite-leads.ts'
import { sqliteLearned } from './sqlite-learned.ts'
import { sqliteReferrals } from './sqlite-referrals.ts'
import { sqliteRetention } from './sqlite-retention.ts'
import { openDatabase } from './sqlite-schema.ts'
import { sqliteScripts } from './sqlite-scripts.ts'
import { sqliteStaff } from './sqlite-staff.ts'

/** @param file - a path, or `:memory:`. @throws AdmissionsError `STORE_UNAVAILABLE`. */
export function openSqliteStore(file: string): Store {
  const database = openDatabase(file)
  cutWhatWasLeft(database)
  const checkpoint = checkpointBeside(file)
  const log = syncLogBeside(database, file)
  const group: GroupCommit = groupCommit(database, {
    toDisk: log?.toDisk ?? null,
    committed: (writes) => checkpoint.after(writes, group),
  })
  const probe = database.prepare("INSERT OR REPLACE INTO meta VALUES ('checked', ?)")
  const damage = watchDamage()
  const guarded = damage.guard({
    ...sqliteConversations(database, group),
    ...sqliteLeads(database, group),
    ...sqliteStaff(database, group),
    ...sqliteDocuments(database, group),
    ...sqliteReservations(database, group),
    ...sqliteRetention(database, group),
    ...sqliteScripts(database, group),
    ...sqliteLearned(database, group),
    ...sqliteReferrals(database),
    ...sqliteAudit(database, group),
  })
  return {
    ...guarded,
    keepsChanges: () => true,
    check: sharedLook(async () => {
      damage.refuse()
      await group.run(() => probe.run('ok'))
    }),
    async close() {
      await group.drained()
      await checkpoint.close()
      log?.close()
      database.close()
    },
  }
}
