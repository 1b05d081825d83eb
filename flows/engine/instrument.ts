/**
 * A published screening instrument: items, options, scores, bands, licence and codes.
 *
 * Item and option words are the instrument's own and are shown as they stand; nothing here may be
 * reworded or translated. An item without the visitor's language is not asked in that language.
 */
import { z } from 'zod'
import type { Locale } from '../vocabulary.ts'
import { Pair } from './words.ts'

const loinc = z
  .string()
  .regex(/^(LA)?\d+-\d$/)
  .nullable()

const ItemOption = z.strictObject({
  value: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  text: z.string().min(1),
  textEs: z.string().optional(),
  score: z.number().int().min(0),
  loinc: loinc.optional(),
})
export type ItemOption = z.infer<typeof ItemOption>

export const Item = z.strictObject({
  linkId: z.string(),
  loinc,
  text: z.string().min(1),
  textEs: z.string().optional(),
  help: z.string().optional(),
  /** When the named item has this score, this one is not asked and counts as given here. */
  skipIf: z.strictObject({ linkId: z.string(), equalsScore: z.number(), thenScore: z.number() }).optional(),
  options: z.array(ItemOption).min(2),
})
export type Item = z.infer<typeof Item>

const Band = z.strictObject({
  min: z.number(),
  max: z.number(),
  meaning: z.string(),
  positive: z.union([z.boolean(), z.string()]).optional(),
})

export const Instrument = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** Its heading where the visitor sees what will be passed on: plain words of ours, no name of a test. */
  line: Pair,
  role: z.string(),
  review: z.literal('awaiting-review'),
  licence: z.strictObject({ status: z.string(), shippable: z.literal(true), notice: z.string() }),
  source: z.array(z.string()),
  loincPanel: loinc,
  loincTotal: loinc,
  timeframe: z.string(),
  languages: z.array(z.enum(['en', 'es'])),
  /** Languages whose words nobody has approved yet: shown, and reported by `check`. */
  draftLanguages: z.array(z.enum(['en', 'es'])).optional(),
  minAge: z.number(),
  preamble: z.string().optional(),
  preambleEs: z.string().optional(),
  gate: z.strictObject({ answerNo: z.string() }).optional(),
  items: z.array(Item).min(1),
  scoring: z.strictObject({
    method: z.enum(['sum', 'rule', 'any-positive']),
    min: z.number().optional(),
    max: z.number().optional(),
    bands: z.array(Band),
    subscores: z
      .array(z.strictObject({ id: z.string(), items: z.array(z.string()), positiveFrom: z.number() }))
      .optional(),
    cutOff: z.strictObject({ male: z.number(), female: z.number(), unstated: z.number() }).optional(),
    note: z.string().optional(),
  }),
  useNote: z.string().optional(),
  verified: z.string(),
})
export type Instrument = z.infer<typeof Instrument>

/** Where an instrument begins with a question of its own: the answer "no" ends it with a score of 0. */
export const GATE = 'gate'

/** The items in their order; the gate, whose words are the preamble, stands first. */
export function itemsOf(instrument: Instrument): readonly Item[] {
  return gated.get(instrument) ?? withGate(instrument)
}

const gated = new WeakMap<Instrument, readonly Item[]>()

function withGate(instrument: Instrument): readonly Item[] {
  const { gate, preamble = '', preambleEs, items } = instrument
  const options = items[0]!.options.map((option) => ({ ...option, score: 0 }))
  const all = gate ? [{ linkId: GATE, loinc: null, text: preamble, textEs: preambleEs, options }, ...items] : items
  gated.set(instrument, all)
  return all
}

/** Whether the instrument has words of its own for an item in this language. */
export function isSpoken(instrument: Instrument, item: Item, locale: Locale): boolean {
  return locale === 'en-US' || (speaks(instrument, locale) && item.textEs !== undefined)
}

/** The item's own words, or null when the instrument has none in this language. */
export function itemWords(instrument: Instrument, item: Item, locale: Locale): string | null {
  const { gate } = instrument
  if (locale === 'en-US') return gate ? item.text : [instrument.preamble, item.text].filter(Boolean).join('\n')
  if (!speaks(instrument, locale) || item.textEs === undefined) return null
  return gate ? item.textEs : [instrument.preambleEs, item.textEs].filter(Boolean).join('\n')
}

export function speaks(instrument: Instrument, locale: Locale): boolean {
  const language = locale === 'es-US' ? 'es' : 'en'
  return instrument.languages.includes(language) || (instrument.draftLanguages ?? []).includes(language)
}

/**
 * Whether a LOINC code's last digit is right (Mod 10, double-add-double from the right).
 *
 * Answer codes begin with LA; those letters add 5 to the sum before an even number of digits and 8 before
 * an odd one, worked out from the published answer codes that are used here.
 * @see LOINC Users' Guide, appendix "Calculating Mod 10 check digits".
 */
export function hasValidCheckDigit(code: string): boolean {
  const [body = '', check = ''] = code.replace(/^LA/, '').split('-')
  const letters = code.startsWith('LA') ? (body.length % 2 === 0 ? 5 : 8) : 0
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const weighed = Number(digit) * (index % 2 === 0 ? 2 : 1)
    return total + (weighed > 9 ? weighed - 9 : weighed)
  }, letters)
  return (10 - (sum % 10)) % 10 === Number(check)
}
