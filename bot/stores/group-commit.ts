/**
 * Group commit: all writes that come close upon each other go into one transaction.
 *
 * A write alone is committed in the same round of the event loop. While each round brings more, they are
 * gathered for a few milliseconds: that is when many write, each in a round of her own. Bringing a transaction
 * to the disk may be another thread's work (`toDisk`): turns are worked out meanwhile, the next transaction
 * waits, and nobody is told of a write before it is there. A write that throws takes nobody along: the group is
 * rolled back and written again one by one under savepoints, and the faulty one rejects alone. When the commit
 * itself fails, every write of the group rejects and nothing of it stays. Writes are plain statements: twice is
 * harmless.
 */
import type { DatabaseSync } from 'node:sqlite'
import { AdmissionsError } from '../errors.ts'
import { createGathering, type Waiting } from './gathering.ts'

export interface GroupCommit {
  /** Runs `write` in the next transaction; resolves with its value once that transaction is on disk. */
  run<T>(write: () => T): Promise<T>
  /** Runs the work while no transaction is under way; writes that come meanwhile wait for it. */
  between(work: () => Promise<void>): void
  /** Resolves once all that can be read is on disk. @throws AdmissionsError `STORE_UNAVAILABLE` when it cannot be brought there. */
  settled(): Promise<void>
  /** Commits what waits, and resolves when it is settled. */
  drained(): Promise<void>
}

export interface Around {
  /** Brings what was committed to the disk; absent = the commit itself does. */
  readonly toDisk?: (() => Promise<void>) | null
  /** Told how many writes a transaction held, once it is on disk. */
  readonly committed?: (writes: number) => void
}

export function groupCommit(database: DatabaseSync, { toDisk, committed }: Around = {}): GroupCommit {
  const transaction = transactionOf(database)
  const waiting = createGathering(flush)
  const alone = createAlone(waiting.lookAgain)
  const doubt = createDoubt(database)

  function flush(): void {
    if (alone.isBusy()) return
    const group = waiting.take()
    if (group.length === 0) return
    if (doubt.isCleared()) commit(group)
    else rejectAll(group, null)
  }

  function commit(group: readonly Waiting[]): void {
    const settle = commitAll(transaction, group) ?? commitEach(database, transaction, group)
    const end = (): void => {
      for (const done of settle) done()
      committed?.(group.length)
    }
    if (toDisk) alone.run(() => toDisk().then(end, (cause: unknown) => doubt.arise(group, cause)))
    else end()
  }

  return {
    run: waiting.add,
    between: alone.run,
    async settled() {
      await alone.idle()
      if (!doubt.isCleared()) throw unavailable(null)
    },
    async drained() {
      flush()
      await alone.idle()
    },
  }
}

interface Alone {
  isBusy(): boolean
  /** Now, or once what is under way has ended. */
  run(work: () => Promise<void>): void
  idle(): Promise<void>
}

/** Work beside which no transaction begins: a sync, the log's writing home. @param freed - called when it has ended. */
function createAlone(freed: () => void): Alone {
  let busy: Promise<void> | null = null
  let next: (() => Promise<void>) | null = null
  const run = (work: () => Promise<void>): void => {
    if (busy !== null) {
      next = work
      return
    }
    busy = work().finally(() => {
      busy = null
      const then = next
      next = null
      if (then) run(then)
      else freed()
    })
  }
  return {
    isBusy: () => busy !== null,
    run,
    async idle() {
      while (busy !== null) await busy
    },
  }
}

interface Doubt {
  /** The sync of this group has failed. */
  arise(group: readonly Waiting[], cause: unknown): void
  isCleared(): boolean
}

/**
 * After a sync that failed, what was committed can be read and may not be on disk. All of the log is then
 * written home, synced, before anybody is told anything: after that nothing depends on the sync that failed.
 */
function createDoubt(database: DatabaseSync): Doubt {
  let isThere = false
  return {
    arise(group, cause) {
      isThere = true
      rejectAll(group, cause)
    },
    isCleared() {
      isThere &&= !isWrittenHome(database)
      return !isThere
    },
  }
}

function isWrittenHome(database: DatabaseSync): boolean {
  try {
    const done = database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get()
    return done?.busy === 0 && done.log === done.checkpointed
  } catch {
    return false
  }
}

function rejectAll(group: readonly Waiting[], cause: unknown): void {
  for (const { reject } of group) reject(unavailable(cause))
}

interface Transaction {
  readonly begin: () => void
  readonly commit: () => void
  /** Does nothing when the failure has ended the transaction already, or the database was closed. */
  readonly rollBack: () => void
}

function transactionOf(database: DatabaseSync): Transaction {
  const [begin, commit, rollBack] = ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'].map((sql) => database.prepare(sql))
  return {
    begin: () => void begin?.run(),
    commit: () => void commit?.run(),
    rollBack: () => void (database.isOpen && database.isTransaction && rollBack?.run()),
  }
}

/** The common case, without savepoints; null when a write threw. */
function commitAll(transaction: Transaction, group: readonly Waiting[]): (() => void)[] | null {
  try {
    transaction.begin()
    const values = group.map(({ write }) => write())
    transaction.commit()
    return group.map(
      ({ resolve }, index) =>
        () =>
          resolve(values[index]),
    )
  } catch {
    transaction.rollBack()
    return null
  }
}

function commitEach(database: DatabaseSync, transaction: Transaction, group: readonly Waiting[]): (() => void)[] {
  try {
    transaction.begin()
    const settle = group.map((one) => attempt(database, one))
    transaction.commit()
    return settle
  } catch (cause) {
    transaction.rollBack()
    return group.map(
      ({ reject }) =>
        () =>
          reject(unavailable(cause)),
    )
  }
}

/** Runs one write under a savepoint; the promise settles only after the group's commit. */
function attempt(database: DatabaseSync, one: Waiting): () => void {
  database.exec('SAVEPOINT one')
  try {
    const value = one.write()
    database.exec('RELEASE one')
    return () => one.resolve(value)
  } catch (error) {
    database.exec('ROLLBACK TO one; RELEASE one')
    return () => one.reject(error instanceof AdmissionsError ? error : unavailable(error))
  }
}

function unavailable(cause: unknown): AdmissionsError {
  return new AdmissionsError('STORE_UNAVAILABLE', 'The store cannot be written now; nothing was kept.', { cause })
}
