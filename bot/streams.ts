/**
 * The streams: who is listening to which conversation, and what they get.
 *
 * A listener is registered first and reads the past second, so nothing falls between the two; what
 * it already got by reading is not given again.
 */
import type { StreamedSet } from './stored-activity.ts'

export type Listener = (set: StreamedSet) => void

export interface Streams {
  /** @returns a function that ends the listening. */
  listen(conversation: string, listener: Listener): () => void
  publish(conversation: string, set: StreamedSet): void
  /** Listeners of one conversation, for the limit of sockets. */
  count(conversation: string): number
  /** Listeners in all. */
  size(): number
}

export function createStreams(): Streams {
  const listeners = new Map<string, Set<Listener>>()
  let all = 0
  return {
    listen(conversation, listener) {
      const group = listeners.get(conversation) ?? new Set<Listener>()
      listeners.set(conversation, group.add(listener))
      all += 1
      return () => {
        if (!group.delete(listener)) return
        all -= 1
        if (group.size === 0 && listeners.get(conversation) === group) listeners.delete(conversation)
      }
    },
    publish(conversation, set) {
      for (const listener of listeners.get(conversation) ?? []) listener(set)
    },
    count: (conversation) => listeners.get(conversation)?.size ?? 0,
    size: () => all,
  }
}
