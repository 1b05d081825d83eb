/**
 * When a person will be in touch: counted in staffed minutes from now, never invented.
 *
 * A program that gives no minutes for a route, or no hours at all, promises no time; then the words
 * say so. Danger is due at once, day and night.
 */
import type { ProgramProfile } from '../conversation.ts'
import { Instant, type Route } from '../vocabulary.ts'
import { type LocalTime, localTime } from './zones.ts'

export interface PromisedTime {
  /** null when the program promises nothing for this route. */
  readonly dueAt: Instant | null
  /** Whether somebody is there now. */
  readonly isStaffed: boolean
}

const MINUTE_MS = 60_000
const DAYS_AHEAD = 15

export function isStaffed(program: ProgramProfile, at: Instant): boolean {
  const now = localTime(at, program.timeZone)
  const hours = hoursOf(program, now)
  return hours !== null && now.minutes >= hours.opens && now.minutes < hours.closes
}

/**
 * @param route - whose `promiseMinutes` count; the minutes run only while the program is staffed.
 * @param at - the moment of the hand-off.
 */
export function promiseFor(program: ProgramProfile, route: Route, at: Instant): PromisedTime {
  const staffed = isStaffed(program, at)
  const minutes = program.promiseMinutes[route]
  if (route === 'emergency' || route === 'crisis') return { dueAt: later(at, minutes ?? 0), isStaffed: staffed }
  return { dueAt: minutes === undefined ? null : afterStaffedMinutes(program, at, minutes), isStaffed: staffed }
}

function afterStaffedMinutes(program: ProgramProfile, at: Instant, minutes: number): Instant | null {
  let left = minutes
  let moment = at
  for (let day = 0; day < DAYS_AHEAD; day += 1) {
    const now = localTime(moment, program.timeZone)
    const hours = hoursOf(program, now)
    if (hours && now.minutes < hours.closes) {
      const wait = Math.max(0, hours.opens - now.minutes)
      const open = hours.closes - now.minutes - wait
      if (left <= open) return atClock(program, moment, now.minutes + wait + left)
      left -= open
    }
    moment = nextMidnight(program, moment, now)
  }
  return null
}

/** The moment on the day of `moment` at which the program's clock shows these minutes, also when clocks change. */
function atClock(program: ProgramProfile, moment: Instant, minutes: number): Instant {
  const guess = later(moment, minutes - localTime(moment, program.timeZone).minutes)
  return later(guess, minutes - localTime(guess, program.timeZone).minutes)
}

/** A day is 24 hours here but for the two nights a year when clocks change: then the hour is set right. */
function nextMidnight(program: ProgramProfile, moment: Instant, now: LocalTime): Instant {
  const next = later(moment, 24 * 60 - now.minutes)
  const drift = localTime(next, program.timeZone).minutes
  return drift === 0 ? next : later(next, drift > 12 * 60 ? 24 * 60 - drift : -drift)
}

function hoursOf(program: ProgramProfile, now: LocalTime): { opens: number; closes: number } | null {
  if (program.holidays?.includes(now.date)) return null
  const hours = program.staffedHours[String(now.weekday)]
  return hours ? { opens: minutesOf(hours[0]), closes: minutesOf(hours[1]) } : null
}

/** `09:30` → 570; `24:00` is the end of the day. */
function minutesOf(clock: string): number {
  const [hour = '0', minute = '0'] = clock.split(':')
  return Number(hour) * 60 + Number(minute)
}

function later(at: Instant, minutes: number): Instant {
  return Instant.parse(new Date(Date.parse(at) + minutes * MINUTE_MS).toISOString())
}
