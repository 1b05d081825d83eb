import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll } from 'vitest'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { deedsContract } from './deeds-contract.ts'
import { storeContract } from './store-contract.ts'

storeContract('the embedded store', async () => openSqliteStore(':memory:'))

const folder = mkdtempSync(join(tmpdir(), 'deeds-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0

deedsContract('what staff do, in the embedded store', async () => {
  files += 1
  const file = join(folder, `${files}.db`)
  const store = openSqliteStore(file)
  const run = async (sql: string): Promise<void> => {
    const beside = new DatabaseSync(file, { timeout: 5_000 })
    beside.exec(sql)
    beside.close()
  }
  return {
    store,
    breakTrail: () => run("CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'broken'); END"),
    mendTrail: () => run('DROP TRIGGER broken'),
  }
})
