/**
 * Dates as people write them: ISO, 5/17/90, "May 17th 1990", "17 de mayo", "last Tuesday", "hace dos días".
 */
import { fold, words } from './fold.ts'
import { wordNumber } from './numbers.ts'

export type DateRead =
  | { readonly type: 'date'; readonly date: string }
  | { readonly type: 'either'; readonly dates: readonly [string, string] }
  | null

const DAY_MS = 86_400_000
const months = 'jan feb mar apr may jun jul aug sep oct nov dec ene feb mar abr may jun jul ago sep oct nov dic'.split(
  ' ',
)
const days = 'sun mon tue wed thu fri sat dom lun mar mie jue vie sab'.split(' ')

/** @param today - YYYY-MM-DD in the reader's own place. */
export function understandDate(text: string, today: string): DateRead {
  const folded = fold(text)
  const iso = /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/.exec(folded)
  if (iso) return exact(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const slashed = /\b(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})\b/.exec(folded)
  if (slashed) return slashedDate(Number(slashed[1]), Number(slashed[2]), fullYear(slashed[3]!, today))
  return named(folded, today) ?? relative(words(text), today)
}

function fullYear(year: string, today: string): number {
  if (year.length === 4) return Number(year)
  const century = Number(today.slice(0, 2)) * 100
  return Number(year) + century > Number(today.slice(0, 4)) ? Number(year) + century - 100 : Number(year) + century
}

/** 5/17 can only be May; 5/7 is May 7 here and 5 July elsewhere: which one is asked. */
function slashedDate(first: number, second: number, year: number): DateRead {
  const american = exact(year, first, second)
  const other = exact(year, second, first)
  if (american?.type === 'date' && other?.type === 'date' && american.date !== other.date)
    return { type: 'either', dates: [american.date, other.date] }
  return american ?? other
}

function exact(year: number, month: number, day: number): DateRead {
  const date = new Date(Date.UTC(year, month - 1, day))
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isReal ? { type: 'date', date: date.toISOString().slice(0, 10) } : null
}

function named(folded: string, today: string): DateRead {
  const match =
    /\b(?:(\d{1,2})(?:st|nd|rd|th)? (?:de |of )?)?([a-z]{3,10})\.? ?(?:(\d{1,2})(?:st|nd|rd|th)?(?!\d))?,? ?(?:(?:de|del|of) )?(\d{4})?\b/g
  for (const found of folded.matchAll(match)) {
    const month = months.indexOf(found[2]!.slice(0, 3)) % 12
    const day = Number(found[1] ?? found[3])
    if (!isMonthName(found[2]!) || Number.isNaN(day)) continue
    const year = found[4] === undefined ? Number(today.slice(0, 4)) : Number(found[4])
    const read = exact(year, month + 1, day)
    if (read?.type === 'date' && found[4] === undefined && read.date > today) return exact(year - 1, month + 1, day)
    return read
  }
  return null
}

const monthNames =
  'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr ago dic'.split(
    ' ',
  )

function isMonthName(word: string): boolean {
  return monthNames.includes(word)
}

function relative(all: readonly string[], today: string): DateRead {
  const back = (count: number): DateRead => ({
    type: 'date',
    date: new Date(Date.parse(today) - count * DAY_MS).toISOString().slice(0, 10),
  })
  const has = (...some: string[]): boolean => some.some((one) => ` ${all.join(' ')} `.includes(` ${one} `))
  if (has('day before yesterday', 'anteayer', 'antier')) return back(2)
  if (has('yesterday', 'last night', 'ayer', 'anoche')) return back(1)
  if (
    has(
      'today',
      'tonight',
      'this morning',
      'just now',
      'right now',
      'an hour ago',
      'hoy',
      'esta noche',
      'ahora mismo',
      'esta manana',
    )
  )
    return back(0)
  if (has('last week', 'a week ago', 'semana pasada')) return back(7)
  const ago = all.findIndex((word) => word === 'ago' || word === 'hace')
  const isSpanish = all[ago] === 'hace'
  const number =
    ago === -1
      ? null
      : (wordNumber(all[isSpanish ? ago + 1 : ago - 2] ?? '') ??
        (['a', 'couple'].includes(all[ago - 2] ?? '') ? 1 : null))
  const unit = ago === -1 ? '' : (all[isSpanish ? ago + 2 : ago - 1] ?? '')
  if (number !== null && daysIn(unit) !== null) return back(number * daysIn(unit)!)
  return weekday(all, today)
}

function daysIn(unit: string): number | null {
  if (/^(hour|hora|minute|minuto)s?$/.test(unit)) return 0
  if (/^(day|dia)s?$/.test(unit)) return 1
  if (/^(week|wk|semana)s?$/.test(unit)) return 7
  if (/^(month|mes)(es|s)?$/.test(unit)) return 30
  return /^(year|yr|ano)s?$/.test(unit) ? 365 : null
}

const dayNames =
  'sunday monday tuesday wednesday thursday friday saturday domingo lunes martes miercoles jueves viernes sabado mon tue tues wed thu thurs fri sat sun'.split(
    ' ',
  )

/** The last such day before today; "last Tuesday" on a Tuesday is a week ago. */
function weekday(all: readonly string[], today: string): DateRead {
  const name = all.find((word) => dayNames.includes(word))
  if (name === undefined) return null
  const wanted = days.indexOf(name.slice(0, 3)) % 7
  const now = new Date(Date.parse(today)).getUTCDay()
  const back = ((now - wanted + 6) % 7) + 1
  return { type: 'date', date: new Date(Date.parse(today) - back * DAY_MS).toISOString().slice(0, 10) }
}
