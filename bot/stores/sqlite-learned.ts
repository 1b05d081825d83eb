/**
 * What staff have answered, in the embedded store.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { LearnedStore } from '../learning/learned-port.ts'
import type { GroupCommit } from './group-commit.ts'
import { auditWriter, withEntry } from './sqlite-audit.ts'

export function sqliteLearned(database: DatabaseSync, group: GroupCommit): LearnedStore {
  const write = auditWriter(database)
  const keep = database.prepare('INSERT OR IGNORE INTO learned VALUES (?, ?, ?, ?, ?)')
  const newest = database.prepare(
    `SELECT * FROM learned AS one WHERE version = (SELECT max(version) FROM learned WHERE id = one.id)
      AND (?1 IS NULL OR program IN (SELECT value FROM json_each(?1))) ORDER BY at DESC, id`,
  )
  return {
    keepLearned: ({ id, version, program, at, body }, event) =>
      group.run(() => withEntry(write, event, keep.run(id, version, program, at, body).changes === 1)),
    async learned(programs) {
      return newest.all(programs === null ? null : JSON.stringify(programs)).map((row) => ({
        id: row.id as string,
        version: row.version as number,
        program: row.program as string,
        at: row.at as string,
        body: row.body as string,
      }))
    },
  }
}
