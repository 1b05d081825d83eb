/**
 * Silence: what is said of a question on which the page says nothing, with the topic's name where it has one.
 */
import type { Locale } from '../answer-types.ts'
import type { Program } from '../program.ts'
import type { Part } from '../retrieve.ts'
import { say } from './voice.ts'

/** One sentence, or '' when nothing better can be said than that it is not known. */
export function silenceOn({ topic, gap }: Part, program: Program, locale: Locale): string {
  const tongue = locale === 'es-US' ? 'es' : 'en'
  const name = program.words.names[topic]?.[tongue]
  const isSilent = !program.factsByTopic.has(topic)
  const words = gap?.say[tongue] ?? (isSilent && name ? say(program, 'silent-on', locale) : '')
  if (!words.includes('{topic}')) return words
  return name === undefined ? '' : words.replace('{topic}', name)
}
