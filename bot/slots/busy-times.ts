/**
 * Busy times in iCalendar text (RFC 5545): rules that repeat, exceptions, time zones, whole days, free-busy lists.
 *
 * Read by `node-ical`; this file alone knows it. A time without a zone, or a whole day, is the program's. What
 * is marked as free or cancelled is not busy; of an event only when it is goes any further.
 */
import ical, { type DateWithTimeZone, type VEvent, type VFreebusy } from 'node-ical'
import { localTime } from '../../flows/engine/zones.ts'
import { Instant } from '../../flows/vocabulary.ts'
import { AdmissionsError } from '../errors.ts'

export interface Busy {
  readonly from: number
  readonly to: number
  /** The event's own id, so that ours is told from others. */
  readonly uid: string
}

export interface Span {
  readonly from: Date
  readonly to: Date
  readonly timeZone: string
}

const DAY_MS = 86_400_000
/** Repeated every hour or oftener for years is no appointment: reading it out would keep the service busy. */
const RESTLESS = /^RRULE[^\n]*FREQ=(SECONDLY|MINUTELY|HOURLY)/im
const EVENTS_AT_MOST = 10_000

/** @throws AdmissionsError `CALENDAR_UNREADABLE` for what is no calendar, or one that never rests. */
export function busyTimes(text: string, span: Span): Busy[] {
  const unfolded = text.replaceAll(/\r?\n[ \t]/g, '')
  if (!/^\s*BEGIN:VCALENDAR/i.test(unfolded) || !/END:VCALENDAR\s*$/i.test(unfolded) || RESTLESS.test(unfolded))
    throw unreadable()
  try {
    const parts = Object.values(ical.sync.parseICS(text))
    if (parts.length > EVENTS_AT_MOST) throw unreadable()
    return parts.flatMap((part) => {
      if (part?.type === 'VEVENT') return ofEvent(part as VEvent, span)
      return part?.type === 'VFREEBUSY' ? ofList(part as VFreebusy, span) : []
    })
  } catch (cause) {
    throw cause instanceof AdmissionsError ? cause : unreadable(cause)
  }
}

function ofEvent(event: VEvent, span: Span): Busy[] {
  const { from, to } = span
  // A day more on both sides: a whole day of the program may begin before the span does in our own zone.
  const wide = { from: new Date(from.getTime() - DAY_MS), to: new Date(to.getTime() + DAY_MS), expandOngoing: true }
  const found = ical.expandRecurringEvent(event, wide).filter((one) => takesTime(one.event))
  return found.flatMap(({ start, end, isFullDay }) => {
    const isFloating = isFullDay || start.tz === undefined
    const moment = (at: DateWithTimeZone): number => (isFloating ? inZone(at, span.timeZone) : at.getTime())
    return within({ from: moment(start), to: moment(end), uid: event.uid }, span)
  })
}

function takesTime({ transparency, status }: VEvent): boolean {
  return transparency !== 'TRANSPARENT' && status !== 'CANCELLED'
}

function ofList(list: VFreebusy, span: Span): Busy[] {
  const taken = (list.freebusy ?? []).filter(({ type }) => type !== 'FREE')
  return taken.flatMap(({ start, end }) => within({ from: start.getTime(), to: end.getTime(), uid: '' }, span))
}

function within(busy: Busy, { from, to }: Span): Busy[] {
  return busy.to > from.getTime() && busy.from < to.getTime() && busy.to > busy.from ? [busy] : []
}

/** The clock time that was read as this machine's own, on the program's clock instead. */
function inZone(read: Date, timeZone: string): number {
  const date = [read.getFullYear(), read.getMonth(), read.getDate(), read.getHours(), read.getMinutes()] as const
  const wanted = Date.UTC(...date)
  // Twice, because the first guess may lie on the other side of a change of clocks.
  return [1, 2].reduce((guess) => guess + wanted - clockOf(guess, timeZone), wanted)
}

/** What the zone's clock shows at a moment, as if it were UTC. */
function clockOf(moment: number, timeZone: string): number {
  const { date, minutes } = localTime(Instant.parse(new Date(moment).toISOString()), timeZone)
  return Date.parse(`${date}T00:00:00.000Z`) + minutes * 60_000
}

function unreadable(cause?: unknown): AdmissionsError {
  return new AdmissionsError('CALENDAR_UNREADABLE', 'A calendar could not be read: no set times are offered.', {
    cause,
  })
}
