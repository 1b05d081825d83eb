/**
 * Files that come back from an accident not as they were: a log cut short, a page of nonsense.
 */
import { copyFileSync, mkdtempSync, openSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { numberIn, turnOf } from './numbered-turn.ts'

let folder: string
const file = (name = 'porchlight.sqlite') => join(folder, name)
const bytes = new Uint8Array(60)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'porchlight-files-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Ten turns, still in the write-ahead log. */
async function writeTurns(conversation: string): Promise<ReturnType<typeof openSqliteStore>> {
  const store = openSqliteStore(file())
  const record = { id: conversation, program: 'inspira', user: 'dl_1', version: 1, lastSeq: 0 }
  await store.start({ ...record, startedAt: '2026-11-21T07:10:00.000Z', wrappedKey: bytes, state: bytes })
  for (let number = 1; number <= 10; number += 1) await store.commit(turnOf(conversation, number))
  return store
}

test('of a write-ahead log cut short, whole turns are kept from the first on, and the store goes on', async () => {
  const store = await writeTurns('c1')
  const log = statSync(file('porchlight.sqlite-wal')).size
  for (const share of [0.95, 0.7, 0.5]) {
    for (const end of ['', '-wal']) copyFileSync(file(`porchlight.sqlite${end}`), file(`copy.sqlite${end}`))
    truncateSync(file('copy.sqlite-wal'), Math.floor(log * share))
    const copy = openSqliteStore(file('copy.sqlite'))
    const record = await copy.load('c1')
    const turns = await copy.turnsAfter('c1', 0)
    expect(turns.map((turn) => numberIn(turn.body))).toEqual(turns.map((_, index) => index + 1))
    expect(record?.version ?? 1).toBe(turns.length + 1)
    if (record) expect(await copy.commit(turnOf('c1', turns.length + 1))).toBe('committed')
    await copy.check()
    await copy.close()
    for (const end of ['', '-wal', '-shm']) rmSync(file(`copy.sqlite${end}`), { force: true })
  }
  await store.close()
})

test('a page of nonsense is met as a fault of the store, and readiness says so from then on', async () => {
  await (await writeTurns('c1')).close()
  const page = 4_096
  const pages = statSync(file()).size / page
  const open = openSync(file(), 'r+')
  for (let number = 1; number < pages; number += 1) writeSync(open, Buffer.alloc(200, 0xa5), 0, 200, number * page)
  await expect(
    (async () => {
      const store = openSqliteStore(file())
      try {
        await store.turnsAfter('c1', 0)
      } catch (error) {
        await expect(store.check()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
        throw error
      } finally {
        await store.close()
      }
    })(),
  ).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
})
