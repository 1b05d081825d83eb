/**
 * Writes the log home in a thread of its own, whenever it is asked to, and says when it is done.
 *
 * JavaScript, because a thread would load the whole TypeScript reader for these lines.
 */
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

const database = new DatabaseSync(workerData, { timeout: 0 })
parentPort.on('message', () => {
  try {
    database.exec('PRAGMA wal_checkpoint(PASSIVE)')
  } catch {
    // The service's own connection writes it home when the log has grown long.
  }
  parentPort.postMessage('done')
})
