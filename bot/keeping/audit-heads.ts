/**
 * The head of the audit trail in the log, once an hour and at start and stop.
 *
 * The trail proves by itself that no entry was changed or taken out of its middle; whoever can write the store could
 * still cut off its newest entries, or make the whole chain anew. A head that left for another machine shows both
 * (`porchlight audit verify --head SEQ:HASH`).
 */
import type { House } from '../house.ts'

const EVERY_MS = 3_600_000

/** @returns how to stop, which tells the last head. */
export function tellAuditHeads(house: House): { stop(): Promise<void> } {
  const tell = async (): Promise<void> => {
    const [head] = await house.store.auditTrail(1, null).catch(() => [])
    if (head) house.log.info({ event: 'audit.head', seq: head.seq, hash: head.hash })
  }
  void tell()
  const timer = setInterval(() => void tell(), EVERY_MS)
  timer.unref()
  return {
    stop() {
      clearInterval(timer)
      return tell()
    },
  }
}
