/**
 * A database that an earlier version wrote is brought up to date where it stands, and nothing of it is lost.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { turnOf } from '../faults/numbered-turn.ts'

let folder: string
const file = () => join(folder, 'porchlight.sqlite')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'porchlight-schema-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A conversation of two turns, as version 2 kept it. */
function writeVersionTwo(): void {
  const database = new DatabaseSync(file())
  database.exec(readFileSync(join(import.meta.dirname, 'schema-2.sql'), 'utf8'))
  database.exec(`
    INSERT INTO conversations VALUES ('c1', 'inspira', 'dl_1', 3, 4, x'0102', x'0304', '2026-11-01', '2026-11-01', NULL);
    INSERT INTO turns VALUES ('c1', 2, 1, 'k1', x'0a'), ('c1', 4, 3, 'k2', x'0b');`)
  database.close()
}

test('conversations and turns of version 2 are all there, and go on', async () => {
  writeVersionTwo()
  const store = openSqliteStore(file())
  expect(await store.load('c1')).toMatchObject({ program: 'inspira', version: 3, lastSeq: 4, changes: [] })
  expect((await store.turnsAfter('c1', 0)).map((turn) => turn.lastSeq)).toEqual([2, 4])
  expect((await store.turnByClientKey('c1', 'k2'))?.firstSeq).toBe(3)
  // Its state is of the version that was found; a turn of today says what it changed of that.
  await store.commit({ ...turnOf('c1', 3), turn: { firstSeq: 5, lastSeq: 5, body: Buffer.from('5') }, state: null })
  await store.close()
  const again = openSqliteStore(file())
  expect(await again.load('c1')).toMatchObject({ version: 4, lastSeq: 5, changes: [{ lastSeq: 5 }] })
  await again.close()
})

test('a database of a later version is refused and left as it is', () => {
  const database = new DatabaseSync(file())
  database.exec(
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL); INSERT INTO meta VALUES ('schema', '99')",
  )
  database.close()
  expect(() => openSqliteStore(file())).toThrow('newer')
})
