/**
 * What the desk hears while it is open: leads, messages, alarms, as ids and codes.
 *
 * The last events are kept, so that a desk that lost its line for a moment resumes where it was.
 */
const KEPT = 1_000

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

/** @param firstId - ids continue over restarts when this grows with time, e.g. the start's Unix milliseconds. */
export function createDeskEvents(firstId: number): DeskEvents {
  const kept: DeskEvent[] = []
  const listeners = new Set<(event: DeskEvent) => void>()
  let last = firstId
  return {
    emit(event) {
      last += 1
      const numbered = { ...event, id: last }
      kept.push(numbered)
      if (kept.length > KEPT) kept.shift()
      for (const listener of listeners) listener(numbered)
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    since(id) {
      const known = id >= firstId && id <= last && (kept.length < KEPT || id >= (kept[0]?.id ?? 0) - 1)
      return known ? kept.filter((event) => event.id > id) : null
    },
    lastId: () => last,
  }
}
