/**
 * Published versions of the scripts in the embedded store.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { ScriptStore } from '../scripts/script-port.ts'
import type { GroupCommit } from './group-commit.ts'

export function sqliteScripts(database: DatabaseSync, group: GroupCommit): ScriptStore {
  const keep = database.prepare('INSERT OR IGNORE INTO scripts VALUES (?, ?, ?)')
  const one = database.prepare('SELECT * FROM scripts WHERE version = ?')
  const all = database.prepare('SELECT version, published_at FROM scripts ORDER BY published_at DESC, version')
  const plan = database.prepare("SELECT value FROM meta WHERE name = 'script-plan'")
  const setPlan = database.prepare("INSERT OR REPLACE INTO meta VALUES ('script-plan', ?)")
  return {
    async keepScript({ version, publishedAt, body }) {
      return (await group.run(() => keep.run(version, publishedAt, body).changes)) === 1
    },
    async script(version) {
      const row = one.get(version)
      return row ? { version, publishedAt: row.published_at as string, body: row.body as Uint8Array } : null
    },
    async scripts() {
      return all.all().map((row) => ({ version: row.version as string, publishedAt: row.published_at as string }))
    },
    async scriptPlan() {
      return (plan.get()?.value as string | undefined) ?? null
    },
    async setScriptPlan(value) {
      await group.run(() => setPlan.run(value))
    },
  }
}
