/**
 * The write-ahead log is written home beside the turns, not between them.
 *
 * Thousands of pages and their sync take a tenth of a second, and whoever wrote just then waited for it. A
 * thread of its own writes what has gathered; what came meanwhile is little, and is written by the
 * service's own connection, after which the log begins anew. Without the thread (a store in memory, little
 * to do, a thread that failed) SQLite writes the log home by itself, as it always did, only later.
 */
import type { DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'

export interface Checkpoint {
  /** So many writes were committed. */
  after(writes: number): void
  close(): Promise<void>
}

/** About 2,000 pages of 4 kB. */
const WRITES_BETWEEN = 400

export function checkpointBeside(database: DatabaseSync, file: string): Checkpoint {
  let worker: Worker | null = null
  let gathered = 0
  let isBusy = file === ':memory:'

  function finish(): void {
    if (database.isOpen) database.exec('PRAGMA wal_checkpoint(PASSIVE)')
    isBusy = false
  }

  function start(): Worker {
    const fresh = new Worker(new URL('./checkpoint-worker.js', import.meta.url), { workerData: file })
    fresh.unref()
    fresh.on('message', finish)
    // A thread that fails is not asked again.
    fresh.on('error', () => undefined)
    return fresh
  }

  return {
    after(writes) {
      gathered += writes
      if (isBusy || gathered < WRITES_BETWEEN) return
      isBusy = true
      gathered = 0
      worker ??= start()
      worker.postMessage('write home')
    },
    async close() {
      await worker?.terminate()
    },
  }
}
