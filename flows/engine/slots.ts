/**
 * The values of `{program}`, `{name}`, `{payer}`, `{promise}` and the other places in a sentence.
 */

import type { Moment } from './context.ts'
import { slotOptions } from './free-times.ts'
import { promiseFor } from './promise.ts'
import { reviewLines } from './review.ts'
import { inLanguage } from './words.ts'
import { spokenPromise, zoneOf } from './zones.ts'

export function slotValue(name: string, moment: Moment): string {
  const { state, world } = moment
  switch (name) {
    case 'program':
      return inLanguage(world.program.name, state.locale)
    case 'name':
      return stringAnswer(moment, 'name') ?? ''
    case 'payer':
      return state.coverage.payer ?? stringAnswer(moment, 'payer') ?? ''
    case 'listedAs':
      return state.coverage.listedAs ?? state.coverage.payer ?? ''
    case 'condition':
      return state.coverage.condition ?? ''
    case 'second':
      return state.coverage.second ?? ''
    case 'asOf':
      return asOfWords(moment)
    case 'promise':
      return promiseTime(moment)
    case 'lines':
      return reviewLines(moment)
        .map((line) => `• ${line.title}: ${line.words}`)
        .join('\n')
    case 'slot':
      return (
        slotOptions(moment).find(({ value }) => value === stringAnswer(moment, 'slot'))?.[
          state.locale === 'es-US' ? 'es' : 'en'
        ] ?? ''
      )
    case 'caller':
      return callerWords(moment)
    case 'phone':
      return stringAnswer(moment, 'phone') ?? ''
    case 'person':
      return state.staff?.name ?? ''
    default:
      return ''
  }
}

function stringAnswer({ state }: Moment, name: string): string | null {
  const value = state.answers[name]?.value
  return typeof value === 'string' ? value : null
}

/** From which number a call comes, as far as the program has said it; nothing where nobody calls. */
function callerWords(moment: Moment): string {
  const { state, world } = moment
  if (stringAnswer(moment, 'phone') === null) return ''
  const { texts } = world.flows.phrases
  const { callsFrom } = world.program
  if (callsFrom === undefined) return ` ${inLanguage(texts['calls-from-unknown'], state.locale)}`
  return ` ${inLanguage(texts['calls-from'], state.locale)} ${callsFrom}.`
}

/** " as of 21 November 2026", or nothing while the page gives no date. */
function asOfWords(moment: Moment): string {
  const { asOf } = moment.state.coverage
  if (asOf === null || !/^\d{4}-\d{2}-\d{2}/.test(asOf)) return ''
  const format = new Intl.DateTimeFormat(moment.state.locale, { dateStyle: 'long', timeZone: 'UTC' })
  const day = format.format(Date.parse(asOf.slice(0, 10)))
  return moment.state.locale === 'es-US' ? ` al ${day}` : ` as of ${day}`
}

/**
 * The promised time in the visitor's own time zone where her state tells it, else in the program's. After
 * a sign of danger no time is named: the people on the card answer now, and nobody waits for a call.
 */
function promiseTime(moment: Moment): string {
  const { state, world, at } = moment
  const primary = state.route?.primary ?? 'staff-decides'
  const { dueAt } = promiseFor(world.program, primary, at)
  if (dueAt === null || primary === 'crisis' || primary === 'emergency')
    return state.locale === 'es-US' ? 'en cuanto pueda' : 'as soon as they can'
  const where = state.answers.state?.value
  const timeZone = zoneOf(typeof where === 'string' ? where : null) ?? world.program.timeZone
  return spokenPromise(dueAt, timeZone, { locale: state.locale, now: at })
}
