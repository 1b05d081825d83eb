/**
 * The voice: the few sentences that are no facts, from knowledge/words/voice.yaml, in two languages.
 */
import type { Locale } from '../answer-types.ts'
import type { Program } from '../program.ts'

/** @returns the sentence, or the plain "I don't have that" when nothing is written for this name. */
export function say(program: Program, name: string, locale: Locale): string {
  const both = program.words.voice[name] ?? program.words.voice['no-answer']!
  const inTongue = locale === 'es-US' ? 'es' : 'en'
  return both[inTongue].replaceAll('{program}', program.name[inTongue])
}
