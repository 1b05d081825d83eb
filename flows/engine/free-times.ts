/**
 * Free times of the calendar as choices, in the visitor's own zone where her state tells it.
 */
import type { Locale } from '../vocabulary.ts'
import type { Moment } from './context.ts'
import { noted } from './draft.ts'
import type { Option } from './flow.ts'
import { zoneOf } from './zones.ts'

/** What is free, as choices in the visitor's own time. */
export function slotOptions({ state, world }: Pick<Moment, 'state' | 'world'>): Option[] {
  const starts = (noted(state, 'slots') ?? '').split(' ').filter((start) => start !== '')
  const where = state.answers.state?.value
  const timeZone = zoneOf(typeof where === 'string' ? where : null) ?? world.program.timeZone
  return starts.map((value) => ({
    value,
    en: slotWords(value, timeZone, 'en-US'),
    es: slotWords(value, timeZone, 'es-US'),
  }))
}

export function slotWords(start: string, timeZone: string, locale: Locale): string {
  return format(timeZone, locale)
    .format(Date.parse(start))
    .replaceAll(/[\u202f\u00a0]/g, ' ')
}

/** Making one takes many times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat>()

function format(timeZone: string, locale: Locale): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone}`
  const known = formats.get(key)
  if (known) return known
  const fresh = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  })
  formats.set(key, fresh)
  return fresh
}
