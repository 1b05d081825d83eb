/**
 * The order in which the queue stands still: nothing moves while somebody reads, but danger and late promises.
 */
import type { Headline } from './desk-api.ts'

/** Danger, or a promise that has passed: these rise at once and stay on top until a person acts. */
export function isPressing(lead: Headline, now: number): boolean {
  const isDanger = lead.acuity === 'emergency' || lead.acuity === 'crisis'
  return isDanger || (lead.promise !== null && Date.parse(lead.promise.dueAt) < now)
}

/**
 * What is shown when the service has a new order.
 *
 * @param shown - ids as they stand on the screen.
 * @param fresh - leads in the service's order.
 * @returns pressing leads first, then those known in the order in which they stood, then new ones.
 */
export function settle(shown: readonly string[], fresh: readonly Headline[], now: number): readonly Headline[] {
  const place = new Map(shown.map((id, index) => [id, index]))
  const pressing = fresh.filter((lead) => isPressing(lead, now))
  const calm = fresh.filter((lead) => !isPressing(lead, now))
  const known = calm.filter(({ id }) => place.has(id))
  known.sort((one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0))
  return [...pressing, ...known, ...calm.filter(({ id }) => !place.has(id))]
}

/** The service's order of those that wait: place, then the earlier promise, then the longer wait. */
export function byPlace(one: Headline, other: Headline): number {
  if (one.place !== other.place) return one.place - other.place
  return compare(keyOf(one), keyOf(other))
}

function keyOf({ promise, openedAt, id }: Headline): string {
  return `${promise?.dueAt ?? '9'} ${openedAt} ${id}`
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** Whether two lists name the same leads in the same order. */
export function isSameOrder(one: readonly Headline[], other: readonly Headline[]): boolean {
  return one.length === other.length && one.every(({ id }, index) => id === other[index]?.id)
}
