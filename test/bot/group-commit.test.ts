/**
 * Group commit while another thread brings each transaction to the disk: nobody is told of a write too early.
 */
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as round } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { groupCommit } from '../../bot/stores/group-commit.ts'

let database: DatabaseSync
beforeEach(() => {
  database = new DatabaseSync(':memory:')
  database.exec('CREATE TABLE words (word TEXT PRIMARY KEY)')
})
afterEach(() => database.close())

const put = (word: string) => () => database.prepare('INSERT INTO words VALUES (?)').run(word)
const words = () =>
  database
    .prepare('SELECT word FROM words ORDER BY word')
    .all()
    .map(({ word }) => word)

async function rounds(count: number): Promise<void> {
  for (let one = 0; one < count; one += 1) await round()
}

/** A disk whose syncs end when they are told to. */
function slowDisk() {
  const syncs: PromiseWithResolvers<void>[] = []
  const toDisk = (): Promise<void> => {
    const sync = Promise.withResolvers<void>()
    syncs.push(sync)
    return sync.promise
  }
  return { syncs, toDisk }
}

test('a write is told of when its sync has ended; what comes meanwhile is one more transaction', async () => {
  const { syncs, toDisk } = slowDisk()
  const sizes: number[] = []
  const group = groupCommit(database, { toDisk, committed: (writes) => sizes.push(writes) })
  const told: string[] = []
  const write = (word: string) => group.run(put(word)).then(() => told.push(word))
  const first = write('a')
  await rounds(3)
  const later = ['b', 'c'].map(write)
  await rounds(5)
  expect([words(), told, syncs.length]).toEqual([['a'], [], 1])
  syncs[0]?.resolve()
  await first
  await rounds(5)
  expect([words(), told, syncs.length]).toEqual([['a', 'b', 'c'], ['a'], 2])
  syncs[1]?.resolve()
  await Promise.all(later)
  expect(sizes).toEqual([1, 2])
})

test('after a sync that failed nobody is told anything until all of the log is written home', async () => {
  const { syncs, toDisk } = slowDisk()
  const group = groupCommit(database, { toDisk })
  const first = expect(group.run(put('a'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  await rounds(3)
  syncs[0]?.reject(new Error('EIO'))
  await first
  await expect(group.settled()).resolves.toBeUndefined()
  const second = group.run(put('b'))
  await rounds(3)
  syncs[1]?.resolve()
  await second
  expect(words()).toEqual(['a', 'b'])
})

test('work between transactions has the file to itself, and what waits is written after it', async () => {
  const group = groupCommit(database)
  const work = Promise.withResolvers<void>()
  group.between(() => work.promise)
  const write = group.run(put('a'))
  await rounds(3)
  expect(words()).toEqual([])
  work.resolve()
  await write
  expect(words()).toEqual(['a'])
  await group.drained()
})

test('a faulty write takes nobody along, neither before nor after it', async () => {
  const { syncs, toDisk } = slowDisk()
  const group = groupCommit(database, { toDisk })
  const results = Promise.allSettled(['a', 'a', 'b'].map((word) => group.run(put(word))))
  await rounds(5)
  for (const sync of syncs) sync.resolve()
  expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(words()).toEqual(['a', 'b'])
})
