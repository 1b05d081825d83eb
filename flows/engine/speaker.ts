/**
 * Who speaks where danger is named: her language and her age, heard from the sentence itself.
 *
 * The card must be in her words at once. Elsewhere a change of language takes two sentences and says so; here it is
 * silent, because the card comes before everything.
 */
import { dangerLanguage } from '../safety/language.ts'
import { change, type Draft } from './draft.ts'
import { keepVolunteered } from './take-answer.ts'
import { volunteered } from './understand/volunteered.ts'

export function knowSpeaker(draft: Draft, text: string): void {
  // "I'm 15 and I want to die": the words that follow are for somebody of that age.
  const age = volunteered(text).filter(({ name }) => name === 'age')
  keepVolunteered(draft, age, text)
  const language = dangerLanguage(text)
  if (language !== null && language !== draft.state.locale) change(draft, { locale: language })
}
