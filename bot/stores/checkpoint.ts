/**
 * The write-ahead log is written home beside the turns, not between them.
 *
 * Thousands of pages and their sync take a tenth of a second, and whoever wrote just then waited for it. A
 * thread of its own writes what has gathered, then what came meanwhile, and the little that is left while no
 * transaction is under way, after which the log begins anew. Without the thread (a store in memory,
 * little to do, a thread that failed) SQLite writes the log home by itself, as it always did, only later.
 */
import { closeSync, fdatasync, openSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import type { GroupCommit } from './group-commit.ts'

export interface Checkpoint {
  /** So many writes were committed. */
  after(writes: number, group: GroupCommit): void
  close(): Promise<void>
}

/** About 5,000 pages of 4 kB. */
const WRITES_BETWEEN = 1_000

export function checkpointBeside(file: string): Checkpoint {
  const thread = createThread(file)
  let gathered = 0
  let isBusy = file === ':memory:'
  return {
    async after(writes, group) {
      gathered += writes
      if (isBusy || gathered < WRITES_BETWEEN) return
      isBusy = true
      gathered = 0
      await thread.writeHome()
      // What came meanwhile takes less long, and what comes while that is written is so little that all may wait for it.
      await thread.writeHome()
      group.between(async () => {
        await thread.writeHome()
        isBusy = false
      })
    },
    close: thread.end,
  }
}

/** Started with the first work for it. A thread that failed is not asked again, and nobody waits for it. */
function createThread(file: string): { writeHome(): Promise<void>; end(): Promise<void> } {
  let worker: Worker | null = null
  let hasEnded = false
  let heard = (): void => undefined

  function start(): Worker {
    const fresh = new Worker(new URL('./checkpoint-worker.js', import.meta.url), { workerData: file })
    fresh.unref()
    fresh.on('message', () => heard())
    fresh.on('error', () => undefined)
    fresh.on('exit', () => {
      hasEnded = true
      heard()
    })
    return fresh
  }

  return {
    async writeHome() {
      if (hasEnded) return
      worker ??= start()
      worker.postMessage('write home')
      await new Promise<void>((resolve) => {
        heard = resolve
      })
    },
    async end() {
      await worker?.terminate()
    },
  }
}

const sync = promisify(fdatasync)

export interface LogSync {
  /** Brings the write-ahead log to the disk, in another thread. */
  readonly toDisk: () => Promise<void>
  close(): void
}

/**
 * From now on a commit writes the log and does not wait for the disk; whoever commits waits for `toDisk`.
 * Without it (a store in memory, a log that cannot be opened) each commit waits for the disk itself.
 */
export function syncLogBeside(database: DatabaseSync, file: string): LogSync | null {
  if (file === ':memory:') return null
  try {
    const log = openSync(`${file}-wal`, 'r+')
    database.exec('PRAGMA synchronous = NORMAL')
    return { toDisk: () => sync(log), close: () => closeSync(log) }
  } catch {
    return null
  }
}
