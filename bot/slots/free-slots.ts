/**
 * The embedded calendar: free times by the program's opening rules, less what is held or kept.
 *
 * Two times within the next day come first, because who waits longer comes less often (Festinger 2002: 72 %
 * at one day, 41 % at three); then one each of the days after.
 */
import { localTime } from '../../flows/engine/zones.ts'
import { Instant } from '../../flows/vocabulary.ts'
import type { Program } from '../../knowledge/program.ts'

const QUARTER_MS = 15 * 60_000
const DAY_MS = 24 * 3_600_000
export const DAYS_AHEAD = 7
const SOON = 2
const OFFERED = 4

export interface Taken {
  /** Starts that are held or kept here, as instants. */
  readonly starts: ReadonlySet<string>
  /** What other calendars of the program say, in milliseconds. */
  readonly busy: readonly { readonly from: number; readonly to: number }[]
}

export function freeSlots(program: Program, taken: Taken, now: Date): string[] {
  const rules = program.assessments
  if (rules === undefined) return []
  const from = Math.ceil((now.getTime() + rules.noticeMinutes * 60_000) / QUARTER_MS) * QUARTER_MS
  const soon: string[] = []
  const later: string[] = []
  const days = new Set<string>()
  for (const { at, start, date } of openTimes(program, rules, from)) {
    if (soon.length + later.length >= OFFERED) break
    if (isTaken(taken, { at, start }, rules)) continue
    if (at < from + DAY_MS && soon.length < SOON) soon.push(start)
    if (at < from + DAY_MS || days.has(date)) continue
    later.push(start)
    days.add(date)
  }
  return [...soon, ...later]
}

interface OpenTime {
  readonly at: number
  /** The same as an instant. */
  readonly start: string
  /** In the program's own zone. */
  readonly date: string
}

/** Of each program for the last quarter of an hour that was asked for: a week has hundreds, and each reads a clock. */
const openNow = new WeakMap<Program, { readonly from: number; readonly times: readonly OpenTime[] }>()

/** When the program gives times by its rules alone, in the days ahead of a quarter of an hour. */
function openTimes(program: Program, rules: Rules, from: number): readonly OpenTime[] {
  const known = openNow.get(program)
  if (known?.from === from) return known.times
  const times: OpenTime[] = []
  for (let at = from; at < from + DAYS_AHEAD * DAY_MS; at += QUARTER_MS) {
    const start = new Date(at).toISOString()
    const { weekday, minutes, date } = localTime(Instant.parse(start), program.timeZone)
    if (isOpen(rules, weekday, minutes) && !program.holidays.includes(date)) times.push({ at, start, date })
  }
  openNow.set(program, { from, times })
  return times
}

type Rules = NonNullable<Program['assessments']>

function isTaken({ starts, busy }: Taken, { at, start }: { at: number; start: string }, { minutes }: Rules): boolean {
  const end = at + minutes * 60_000
  return starts.has(start) || busy.some(({ from, to }) => from < end && to > at)
}

/** A time begins at the opening or a whole number of talks after it, and ends before the closing. */
function isOpen(rules: Rules, weekday: number, minutes: number): boolean {
  const hours = rules.days[String(weekday) as keyof Rules['days']]
  if (!hours) return false
  const [opens, closes] = hours.map((clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)))
  if (opens === undefined || closes === undefined) return false
  return minutes >= opens && minutes + rules.minutes <= closes && (minutes - opens) % rules.minutes === 0
}
