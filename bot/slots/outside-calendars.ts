/**
 * The calendars that a program already keeps elsewhere: what is busy there is not offered here.
 *
 * Read when a time is about to be offered or held, and again before long; a turn waits three seconds at most.
 * When a calendar cannot be read for a quarter of an hour no set time is offered at all: better none than
 * one that is taken.
 */
import { AdmissionsError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { busyOn, type CalendarCollection } from '../providers/caldav.ts'
import { askOutside } from '../providers/outside-request.ts'
import { type Busy, busyTimes, type Span } from './busy-times.ts'
import { DAYS_AHEAD } from './free-slots.ts'

/** What one program keeps outside. */
export interface OutsideCalendar {
  /** Events are written here too; null = only read from feeds. */
  readonly collection: CalendarCollection | null
  /** Addresses of iCalendar files. */
  readonly feeds: readonly string[]
  readonly allowInside: readonly string[]
}

export interface OutsideCalendars {
  of(program: string): OutsideCalendar | null
  /**
   * What is busy, an empty list where nothing is kept outside; null when that is not known now.
   *
   * @param freshMs - how old what is known may be.
   */
  busy(program: { id: string; timeZone: string }, freshMs: number): Promise<readonly Busy[] | null>
}

/** For offering, and for holding what was chosen. */
export const OFFER_MS = 5 * 60_000
export const HOLD_MS = 30_000
const GOOD_MS = 15 * 60_000
const WAIT_MS = 3_000
const DAY_MS = 86_400_000

interface Known {
  readonly busy: readonly Busy[]
  readonly readAt: number
}

export function outsideCalendars(
  calendars: ReadonlyMap<string, OutsideCalendar>,
  { clock, failed }: { clock: Clock; failed: (code: string, program: string) => void },
): OutsideCalendars {
  const known = new Map<string, Known>()
  const reading = new Map<string, Promise<void>>()
  const read = async (program: { id: string; timeZone: string }, calendar: OutsideCalendar): Promise<void> => {
    const now = clock.now()
    const span = { from: now, to: new Date(now.getTime() + (DAYS_AHEAD + 1) * DAY_MS), timeZone: program.timeZone }
    try {
      known.set(program.id, { busy: await readAll(calendar, span), readAt: now.getTime() })
    } catch (error) {
      failed(error instanceof AdmissionsError ? error.code : 'unknown', program.id)
    }
  }
  return {
    of: (program) => calendars.get(program) ?? null,
    async busy(program, freshMs) {
      const calendar = calendars.get(program.id)
      if (!calendar) return []
      const age = (): number => clock.now().getTime() - (known.get(program.id)?.readAt ?? Number.NEGATIVE_INFINITY)
      if (age() > freshMs) {
        const under = reading.get(program.id) ?? read(program, calendar).finally(() => reading.delete(program.id))
        reading.set(program.id, under)
        await Promise.race([under, wait()])
      }
      return age() <= GOOD_MS ? (known.get(program.id)?.busy ?? null) : null
    },
  }
}

async function readAll({ collection, feeds, allowInside }: OutsideCalendar, span: Span): Promise<Busy[]> {
  const parts = await Promise.all([
    ...(collection ? [busyOn(collection, span)] : []),
    ...feeds.map(async (url) => {
      const headers = { accept: 'text/calendar' }
      const answer = await askOutside({ url, method: 'GET', headers, body: null, allowInside }, 'nobody')
      if (answer.status !== 200)
        throw new AdmissionsError('CALENDAR_UNREADABLE', `A calendar's address answered ${answer.status}.`)
      return busyTimes(answer.text, span)
    }),
  ])
  return parts.flat()
}

function wait(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, WAIT_MS).unref())
}
