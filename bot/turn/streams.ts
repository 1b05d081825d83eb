/**
 * The streams: who is listening to which conversation, and what they get.
 *
 * A listener is registered first and reads the past second, so nothing falls between the two; what
 * it already got by reading is not given again. With several machines, turns taken elsewhere come in
 * sealed and are opened here; when some may have been missed, listeners are told of the gap.
 */

import type { TurnRecord } from '../ports.ts'
import type { TurnFeed } from './exchange.ts'
import type { StreamedSet } from './stored-activity.ts'

/** `gap`: read the store, something may have been missed. */
export type Listener = (heard: StreamedSet | 'gap') => void

export interface Listening {
  /** Resolves once turns of every machine are heard. */
  readonly stands: Promise<void>
  stop(): void
}

export interface Streams {
  listen(conversation: string, listener: Listener): Listening
  publish(conversation: string, set: StreamedSet): void
  /** Listeners of one conversation, for the limit of sockets. */
  count(conversation: string): number
  /** Listeners in all. */
  size(): number
}

/** Opens a turn that another machine has sealed. */
export type OpenTurn = (conversation: string, turn: TurnRecord) => Promise<StreamedSet | null>

export function createStreams(elsewhere?: { feed: TurnFeed; open: OpenTurn }): Streams {
  const listeners = new Map<string, Set<Listener>>()
  let all = 0
  const tell = (conversation: string, heard: StreamedSet | 'gap'): void => {
    for (const listener of listeners.get(conversation) ?? []) listener(heard)
  }
  elsewhere?.feed.onTurn((conversation, turn) => {
    elsewhere.open(conversation, turn).then(
      (set) => set && tell(conversation, set),
      () => tell(conversation, 'gap'),
    )
  })
  elsewhere?.feed.onGap(() => {
    for (const conversation of listeners.keys()) tell(conversation, 'gap')
  })
  return {
    listen(conversation, listener) {
      const group = listeners.get(conversation) ?? new Set<Listener>()
      listeners.set(conversation, group.add(listener))
      all += 1
      const stop = (): void => {
        if (!group.delete(listener)) return
        all -= 1
        if (group.size > 0 || listeners.get(conversation) !== group) return
        listeners.delete(conversation)
        elsewhere?.feed.unfollow(conversation)
      }
      return { stands: elsewhere?.feed.follow(conversation) ?? Promise.resolve(), stop }
    },
    publish: tell,
    count: (conversation) => listeners.get(conversation)?.size ?? 0,
    size: () => all,
  }
}
