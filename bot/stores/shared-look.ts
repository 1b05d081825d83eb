/**
 * One look for all who ask: four a second at most, however often somebody asks, and each answer is from a look that
 * began after its question.
 *
 * To look whether a store can be written is to write. Whoever asks in a loop must not make the disk work, and
 * whoever asks after a fault must not be told what was true before it.
 */
import { setTimeout as wait } from 'node:timers/promises'

const EVERY_MS = 250

export function sharedLook(look: () => Promise<void>): () => Promise<void> {
  let lastMs = Number.NEGATIVE_INFINITY
  let next: Promise<void> | null = null
  const begin = async (): Promise<void> => {
    const restMs = lastMs + EVERY_MS - performance.now()
    await (restMs > 0 ? wait(restMs) : null)
    lastMs = performance.now()
    next = null
    return look()
  }
  return () => {
    next ??= begin()
    return next
  }
}
