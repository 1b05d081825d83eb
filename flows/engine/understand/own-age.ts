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
