/**
 * One kept time as an iCalendar file (RFC 5545), in words that say nothing of what it is about.
 */
import ical, { ICalCalendarMethod, ICalEventClass, ICalEventTransparency } from 'ical-generator'

export interface Event {
  readonly id: string
  readonly start: string
  readonly minutes: number
  readonly summary: string
  /** Where staff go on; never in a file for a visitor. */
  readonly url?: string
  readonly now: Date
}

export function icsOf({ id, start, minutes, summary, url, now }: Event): string {
  const calendar = ical({
    prodId: { company: 'Porchlight', product: 'Appointments' },
    method: ICalCalendarMethod.PUBLISH,
  })
  calendar.createEvent({
    id,
    stamp: now,
    start: new Date(start),
    end: new Date(Date.parse(start) + minutes * 60_000),
    summary,
    ...(url !== undefined && { url }),
    class: ICalEventClass.PRIVATE,
    transparency: ICalEventTransparency.OPAQUE,
  })
  return calendar.toString()
}

/** `20261123T160000Z`. */
export function utc(at: Date): string {
  return at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
}
