/**
 * "Every day", "4 times a week", "five or six", "a six-pack": free words onto the options of a scale.
 *
 * The instrument's own words stay as they are; only the answer is matched, and only where one option fits.
 */
import type { Option } from '../flow.ts'
import { fold } from './fold.ts'
import { numbersIn } from './numbers.ts'

/** Upper limit in times a month of each option value, lowest first. */
const scales: readonly (readonly (readonly [string, number])[])[] = [
  [
    ['never', 0],
    ['monthly-or-less', 1],
    ['2-4-times-a-month', 5],
    ['2-3-times-a-week', 15],
    ['4-or-more-times-a-week', 31],
  ],
  [
    ['never', 0],
    ['less-than-monthly', 0.9],
    ['monthly', 3],
    ['weekly', 19],
    ['daily-or-almost-daily', 31],
  ],
  [
    ['never', 0],
    ['sometimes', 3],
    ['weekly', 15],
    ['most-days', 31],
  ],
]
const drinks: readonly (readonly [string, number])[] = [
  ['1-or-2', 2],
  ['3-or-4', 4],
  ['5-or-6', 6],
  ['7-to-9', 9],
  ['10-or-more', 60],
]
const days: readonly (readonly [string, RegExp])[] = [
  ['not-at-all', /^(none|never|no|nope|not once|nunca|ninguno|nada|para nada)$/],
  [
    'nearly-every-day',
    /\b(every ?day|daily|always|all the time|constantly|most days|almost (always|every day)|todos los dias|siempre|casi siempre|a diario|todo el tiempo)\b/,
  ],
  [
    'more-than-half-the-days',
    /\b(more than half|over half|often|a lot|usually|mas de la mitad|mucho|a menudo|seguido)\b/,
  ],
  [
    'several-days',
    /\b(several|some ?days|a few( days| times)?|sometimes|once or twice|a couple|varios|algunos|a veces|de vez en cuando|unos dias)\b/,
  ],
]

export function chooseOnScale(options: readonly Option[], text: string): string | null {
  const values = options.map((option) => option.value)
  if (values.includes('nearly-every-day')) return days.find(([, pattern]) => pattern.test(fold(text)))?.[0] ?? null
  if (values.includes('10-or-more')) return onScale(drinks, drinksIn(text))
  const scale = scales.find((one) => one.every(([value]) => values.includes(value)))
  return scale ? onScale(scale, timesAMonth(text)) : null
}

function onScale(scale: readonly (readonly [string, number])[], amount: number | null): string | null {
  return amount === null ? null : (scale.find(([, upTo]) => amount <= upTo)?.[0] ?? null)
}

function drinksIn(text: string): number | null {
  const folded = fold(text)
  if (/\b(six ?pack|sixpack)\b/.test(folded)) return 6
  if (/\b(twelve ?pack|12 ?pack|case|dozen|docena)\b/.test(folded)) return 12
  const found = numbersIn(text)
  return found.length === 0 ? null : Math.max(...found)
}

function timesAMonth(text: string): number | null {
  const folded = fold(text)
  if (
    /\b(every ?day|daily|every ?night|each day|all day|most (days|nights)|nightly|todos los dias|todas las noches|cada (dia|noche)|diario|a diario|casi siempre)\b/.test(
      folded,
    )
  )
    return 30
  if (
    /^(never|none|no|not at all|dont drink|i dont( drink| use)?|nope|nunca|jamas|nada|no (tomo|bebo|uso|consumo))$/.test(
      folded,
    )
  )
    return 0
  const times =
    numbersIn(
      folded
        .replace(/\b(once|una vez)\b/, '1')
        .replace(/\b(twice|dos veces)\b/, '2')
        .replace(/\bcouple\b/, '2')
        .replace(/\b(few|several|unas|varias)\b/, '3'),
    ).at(-1) ?? 1
  if (/\b(week|weekly|weekends?|semana|semanal|fin(es)? de semana)\b/.test(folded))
    return times * (/weekends?|fin/.test(folded) ? 8 : 4)
  if (/\b(month|monthly|mes|mensual)\b/.test(folded)) return times
  if (/\b(year|ano)\b/.test(folded)) return times / 12
  return /\b(rarely|hardly ever|almost never|seldom|special occasions|holidays|casi nunca|rara vez|de vez en cuando|poco)\b/.test(
    folded,
  )
    ? 0.5
    : null
}
