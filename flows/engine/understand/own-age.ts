/**
 * Whose age a number is: "I'm 34" is the writer's, "my husband is 36" and "groups of 10 people" are not.
 *
 * A wrong age closes doors, under 18 above all, so a number that may belong to somebody else is not taken.
 */
import { fold } from './fold.ts'
import { ageIn, understandNumber, wordNumber } from './numbers.ts'
import { looksLikeQuestion } from './question-words.ts'

const own =
  /\b(?:im|i am|i m|ill be|i turned|i just turned|my age|tengo|cumpli|acabo de cumplir|soy)(?: (?:only|just|now|a|an|un|una|is|solo|ya))* \S+/
const another =
  /\b(?:he|she|son|daughter|child|kid|husband|wife|partner|boyfriend|girlfriend|brother|sister|mother|mom|father|dad|friend|who|hijo|hija|el|ella|esposo|esposa|hermano|hermana|mama|papa|amigo|amiga)(?: is| s| was| just turned| tiene| cumplio)? (?:only |just |now |solo )?(\S+)/
const ofAnother = /\b(?:my|our|mi|nuestro|nuestra|for an?) \S+(?:[ -]\S+)?[ -](?:years?|yrs?|yo)\b/
const many =
  /\b(?:people|persons|folks|adults|teens|teenagers|kids|children|groups?|patients|clients|sessions?|hours?|days?|weeks?|personas|gente|adultos|jovenes|ninos|grupos?|pacientes|sesiones|horas|dias|semanas)\b/

/** The writer's own age where it is said as an age, inside any sentence. */
export function ownAgeIn(text: string): number | null {
  return isAnothers(text) ? null : ageIn(text)
}

/** The answer to "how old are you?": an age said as one, or the only number of a text about nothing else. */
export function ageGiven(text: string): number | null {
  const isQuestion = looksLikeQuestion(text) && fold(text).split(' ').length > 2
  if (isAnothers(text) || (!own.test(fold(text)) && many.test(fold(text)))) return null
  return ageIn(text) ?? (isQuestion ? null : understandNumber(text))
}

function isAnothers(text: string): boolean {
  const folded = fold(text)
  if (own.test(folded) && ageIn(text) !== null) return false
  const named = another.exec(folded)?.[1]
  return ofAnother.test(folded) || (named !== undefined && wordNumber(named) !== null)
}

const bornSaid =
  /(?:(?:^|\b(?:my|mi) )(?:birth ?year|year of birth|ano de nacimiento)(?: is| was| es| fue)?|(?:^|\bi was |\bim |\bi am )born(?: (?:in|on))?|\bnaci(?: (?:en|el))?|\bsoy del?)(?: [a-z0-9]+){0,4}? (?:del? )?((?:19|20)\d\d)\b/

/** Whether a year of birth is told at all. */
export function tellsBirthYear(text: string): boolean {
  return bornSaid.test(fold(text))
}

const NO_OLDER = 120
/** Who was born so many years ago may be under eighteen or not: only her age tells. */
const UNSURE_YEARS = 18

/**
 * An age told by the year of birth ("my birth year is 1992", "nací en 1992").
 *
 * @param today - YYYY-MM-DD; without the day of birth the age may be a year too high.
 * @param isAsked - the bare year is enough where the age was asked for.
 * @returns years, `unsure` where it decides whether she is of age, or null where no year of birth is told.
 */
export function ageByYear(text: string, today: string, isAsked = false): number | 'unsure' | null {
  const folded = fold(text)
  const year = bornSaid.exec(folded)?.[1] ?? (isAsked ? /^(?:en |in )?((?:19|20)\d\d)$/.exec(folded)?.[1] : undefined)
  if (year === undefined) return null
  const years = Number(today.slice(0, 4)) - Number(year)
  if (years < 0 || years > NO_OLDER) return null
  return years === UNSURE_YEARS ? 'unsure' : years
}
