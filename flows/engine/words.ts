/**
 * Words of a script: English and Spanish side by side, with variants for who is asking and where.
 *
 * A text without its Spanish cannot be parsed, so no visitor meets a half-translated sentence. The
 * first variant that fits wins; the plain pair is what remains.
 */
import { z } from 'zod'
import type { Locale } from '../vocabulary.ts'

const sentence = z.string().trim().min(1)

export const Pair = z.strictObject({ en: sentence, es: sentence })
export type Pair = z.infer<typeof Pair>

export const Audience = z.enum(['self', 'loved-one', 'professional'])
export type Audience = z.infer<typeof Audience>

const Variant = z.strictObject({
  audience: Audience.optional(),
  program: z.string().optional(),
  region: z.enum(['US', 'IN']).optional(),
  minor: z.boolean().optional(),
  en: sentence,
  es: sentence,
})

/** `tu` is the Spanish for a visitor who has said to be under 18; without it she is addressed as usted, too. */
export const Text = z.strictObject({
  en: sentence,
  es: sentence,
  tu: sentence.optional(),
  variants: z.array(Variant).optional(),
})
export type Text = z.infer<typeof Text>

export interface Reader {
  readonly locale: Locale
  readonly audience: Audience
  readonly program: string
  readonly region: string
  readonly isMinor: boolean
  /** Values for `{program}`, `{name}` and the like. */
  readonly slots: (name: string) => string
}

export const slotNames = [
  'program',
  'name',
  'payer',
  'listedAs',
  'condition',
  'second',
  'phone',
  'slot',
  'asOf',
  'promise',
  'hours',
  'lines',
  'person',
  'caller',
] as const

/** The words for this reader, with every `{slot}` filled. */
export function say(text: Text, reader: Reader): string {
  const variant = text.variants?.find(
    (one) =>
      (one.audience === undefined || one.audience === reader.audience) &&
      (one.program === undefined || one.program === reader.program) &&
      (one.region === undefined || one.region === reader.region) &&
      (one.minor === undefined || one.minor === reader.isMinor),
  )
  const isYoung = variant === undefined && reader.isMinor && reader.locale === 'es-US'
  const words = isYoung ? (text.tu ?? text.es) : inLanguage(variant ?? text, reader.locale)
  return fill(words, reader.slots)
}

export function inLanguage(pair: Pair, locale: Locale): string {
  return locale === 'es-US' ? pair.es : pair.en
}

function fill(words: string, slots: Reader['slots']): string {
  return words.includes('{') ? words.replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => slots(name)).trim() : words
}
