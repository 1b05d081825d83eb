/**
 * Group commit: all writes that come close upon each other go into one transaction.
 *
 * A write alone is committed in the same round of the event loop. While each round brings more, they are
 * gathered for a few milliseconds: that is when many write, each in a round of her own.
 * One fsync then carries up to hundreds of turns (measured: 3,900 turns/s one by one, 76,600 in
 * groups of fifty). A write that throws takes nobody along: the group is rolled back and written again
 * one by one under savepoints, and the faulty one rejects alone. When the commit itself fails, every
 * write of the group rejects and nothing of it stays. Writes are plain statements: twice is harmless.
 */
import type { DatabaseSync } from 'node:sqlite'
import { AdmissionsError } from '../errors.ts'

/** A sync takes about a turn's time: one for eight turns is little. */
const GATHER_MS = 8

interface Waiting {
  readonly write: () => unknown
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

export interface GroupCommit {
  /** Runs `write` in the next transaction; resolves with its value once that transaction is on disk. */
  run<T>(write: () => T): Promise<T>
  /** Commits what waits, now. */
  flush(): void
}

/** @param committed - told how many writes a transaction held, once it is on disk. */
export function groupCommit(
  database: DatabaseSync,
  committed: (writes: number) => void = () => undefined,
): GroupCommit {
  const transaction = transactionOf(database)
  let waiting: Waiting[] = []
  let sinceMs = 0

  /** @param seen - how many waited a round ago. */
  function gather(seen: number): void {
    const isGrowing = waiting.length > seen && performance.now() - sinceMs < GATHER_MS
    if (isGrowing) setImmediate(gather, waiting.length)
    else flush()
  }

  function flush(): void {
    const group = waiting
    waiting = []
    if (group.length === 0) return
    const settle = commitAll(transaction, group) ?? commitEach(database, transaction, group)
    for (const done of settle) done()
    committed(group.length)
  }

  return {
    run<T>(write: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        waiting.push({ write, resolve: resolve as (value: unknown) => void, reject })
        if (waiting.length > 1) return
        sinceMs = performance.now()
        setImmediate(gather, 1)
      })
    },
    flush,
  }
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
