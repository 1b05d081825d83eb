/**
 * What the desk hears while it is open: leads, messages, alarms, as ids and codes.
 *
 * The last events are kept, so that a desk that lost its line for a moment resumes where it was.
 */
/** So many events can be resumed. */
export const EVENTS_KEPT = 1_000

export interface DeskEvent {
  readonly id: number
  readonly event: 'lead.opened' | 'lead.changed' | 'message' | 'alarm'
  readonly program: string
  /** Ids, codes and times only. */
  readonly data: Readonly<Record<string, string | number | null>>
}

export interface DeskEvents {
  emit(event: Omit<DeskEvent, 'id'>): void
  /** Calls back for every later event; returns the way to stop. */
  listen(listener: (event: DeskEvent) => void): () => void
  /** Events after the given id, or null when that is too long ago to know. */
  since(id: number): readonly DeskEvent[] | null
  lastId(): number
}

/** The events of one machine. @param firstId - ids continue over restarts when this grows with time, e.g. the start's Unix milliseconds. */
export function createDeskEvents(firstId: number): DeskEvents {
  const log = createDeskLog(firstId)
  return { ...log, emit: (event) => log.add({ ...event, id: log.lastId() + 1 }) }
}

export interface DeskLog extends Omit<DeskEvents, 'emit'> {
  /** The next event, already numbered; after a hole nothing before it can be resumed. */
  add(event: DeskEvent): void
}

/** The last events and their listeners. */
export function createDeskLog(lastId: number): DeskLog {
  const kept: DeskEvent[] = []
  const listeners = new Set<(event: DeskEvent) => void>()
  let last = lastId
  return {
    add(event) {
      if (event.id !== last + 1) kept.length = 0
      last = event.id
      kept.push(event)
      if (kept.length > EVENTS_KEPT) kept.shift()
      for (const listener of listeners) listener(event)
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    since(id) {
      const known = id >= (kept[0]?.id ?? last + 1) - 1 && id <= last
      return known ? kept.filter((event) => event.id > id) : null
    },
    lastId: () => last,
  }
}
