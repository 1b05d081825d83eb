/**
 * Clock time in a place: the same moment read in the program's or the visitor's own time zone.
 */
import { Instant, type Locale } from '../vocabulary.ts'

export interface LocalTime {
  /** ISO weekday, Monday 1 to Sunday 7. */
  readonly weekday: number
  /** Minutes since midnight, 0–1,439. */
  readonly minutes: number
  /** YYYY-MM-DD. */
  readonly date: string
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const formats = new Map<string, Intl.DateTimeFormat>()

export function localTime(at: Instant, timeZone: string): LocalTime {
  const minute = at.slice(0, 16)
  const known = readBefore.get(timeZone) ?? new Map<string, LocalTime>()
  const before = known.get(minute)
  if (before) return before
  if (known.size >= MINUTES_AT_MOST) known.clear()
  const time = readClock(at, timeZone)
  known.set(minute, time)
  readBefore.set(timeZone, known)
  return time
}

/** A turn looks at the clock many times within one minute, and at the few moments that a promise is counted from. */
const readBefore = new Map<string, Map<string, LocalTime>>()
const MINUTES_AT_MOST = 100

/** By minute and place: all instants are written in UTC. */
function readClock(at: Instant, timeZone: string): LocalTime {
  const parts = Object.fromEntries(
    clock(timeZone)
      .formatToParts(Date.parse(at))
      .map((part) => [part.type, part.value]),
  )
  return {
    weekday: weekdays.indexOf(parts.weekday ?? 'Mon') + 1,
    minutes: Number(parts.hour) * 60 + Number(parts.minute),
    date: `${parts.year}-${parts.month}-${parts.day}`,
  }
}

const QUARTER_MS = 15 * 60_000

/**
 * "by 2:30 PM today (EST)", "by 9:15 AM on Monday (EST)": a promise as a person would say it, in whole
 * quarters of an hour and never before its time.
 *
 * @param now - the moment at which it is said; it decides what "today" and "tomorrow" are.
 */
export function spokenPromise(due: Instant, timeZone: string, said: { locale: Locale; now: Instant }): string {
  const at = Math.ceil(Date.parse(due) / QUARTER_MS) * QUARTER_MS
  const parts = Object.fromEntries(
    format(timeZone, said.locale)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  )
  const time = `${parts.hour}:${parts.minute} ${parts.dayPeriod ?? ''}`.replaceAll(/[\u202f\u00a0]/g, ' ').trim()
  const day = dayWord({ at, timeZone }, said, parts.weekday ?? '')
  const zone = parts.timeZoneName
  if (said.locale === 'es-US') return `${day}, a más tardar a ${/^1:/.test(time) ? 'la' : 'las'} ${time} (${zone})`
  return `by ${time} ${day} (${zone})`
}

function dayWord(
  { at, timeZone }: { at: number; timeZone: string },
  { locale, now }: { locale: Locale; now: Instant },
  weekday: string,
): string {
  const dateOf = (moment: number): string => localTime(Instant.parse(new Date(moment).toISOString()), timeZone).date
  const isSpanish = locale === 'es-US'
  const [today, due] = [dateOf(Date.parse(now)), dateOf(at)]
  const days = Math.round((Date.parse(due) - Date.parse(today)) / DAY_MS)
  if (days === 0) return isSpanish ? 'hoy' : 'today'
  if (days === 1) return isSpanish ? 'mañana' : 'tomorrow'
  return isSpanish ? `el ${weekday}` : `on ${weekday}`
}

const DAY_MS = 86_400_000

function format(timeZone: string, locale: Locale): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone}`
  const known = formats.get(key)
  if (known) return known
  const fresh = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  })
  formats.set(key, fresh)
  return fresh
}

function clock(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    formats.set(timeZone, format)
  }
  return format
}

/** States that lie in one time zone; for the others the program's own zone is named instead. */
const zoneOfState: Readonly<Record<string, string>> = {
  CT: 'America/New_York',
  DC: 'America/New_York',
  DE: 'America/New_York',
  GA: 'America/New_York',
  MA: 'America/New_York',
  MD: 'America/New_York',
  ME: 'America/New_York',
  NC: 'America/New_York',
  NH: 'America/New_York',
  NJ: 'America/New_York',
  NY: 'America/New_York',
  OH: 'America/New_York',
  PA: 'America/New_York',
  RI: 'America/New_York',
  SC: 'America/New_York',
  VA: 'America/New_York',
  VT: 'America/New_York',
  WV: 'America/New_York',
  AL: 'America/Chicago',
  AR: 'America/Chicago',
  IA: 'America/Chicago',
  IL: 'America/Chicago',
  LA: 'America/Chicago',
  MN: 'America/Chicago',
  MO: 'America/Chicago',
  MS: 'America/Chicago',
  OK: 'America/Chicago',
  WI: 'America/Chicago',
  AZ: 'America/Phoenix',
  CO: 'America/Denver',
  MT: 'America/Denver',
  NM: 'America/Denver',
  UT: 'America/Denver',
  WY: 'America/Denver',
  CA: 'America/Los_Angeles',
  NV: 'America/Los_Angeles',
  WA: 'America/Los_Angeles',
  HI: 'Pacific/Honolulu',
}

export function zoneOf(state: string | null): string | null {
  return state === null ? null : (zoneOfState[state] ?? null)
}
