/**
 * A fact: one statement that a program's own page makes, as a claim with its words and its place.
 *
 * The bot may say `say` and nothing more; `quotes` is what stands behind it. A gap is a fact too: it
 * records that the page does not speak of something, so silence is known and not an accident.
 */
import { z } from 'zod'

/** How firmly the page says it; the sentence that leaves must be as careful as its fact. */
export const Modality = z.enum(['always', 'usually', 'may', 'some-programs', 'ask-about', 'condition'])
export type Modality = z.infer<typeof Modality>

/** Whom the statement is about: this program, such programs in general, one place or one audience. */
const Scope = z.enum(['program', 'general', 'place', 'audience'])
export type Scope = z.infer<typeof Scope>

/** A day as YYYY-MM-DD. */
export const Day = z.iso.date()

/** A number or a range with its unit, read from e.g. `6-8 weeks` or `9+ hours-per-week`. */
export const Value = z.strictObject({ from: z.number(), to: z.number().nullable(), unit: z.string() })
export type Value = z.infer<typeof Value>

export const Quote = z.strictObject({ line: z.number().int().min(1), text: z.string().min(3) })
export type Quote = z.infer<typeof Quote>

const TwoTongues = z.strictObject({ en: z.string().min(3), es: z.string().min(3) })

export const Fact = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/),
  subject: z.string().min(2),
  /** The kinds of question it answers, topics of knowledge/words; the first is its predicate. */
  asks: z.array(z.string().min(1)).min(1),
  value: Value.nullable(),
  modality: Modality,
  scope: Scope,
  /** The source page's base name, and the words in it, the one to cite first. */
  file: z.string().min(1),
  quotes: z.array(Quote).min(1),
  retrievedAt: Day,
  /** After this day staff confirm the fact before it is said as it stands. */
  reviewBy: Day,
  owner: z.string().min(2),
  reviewed: z.union([z.literal('awaiting-review'), Day]),
  say: TwoTongues,
  /** Questions, as people ask them, that this fact must answer; `check` asks each of them. */
  examples: z.strictObject({ en: z.array(z.string()), es: z.array(z.string()) }),
  /** Ids of facts that say otherwise, when `say` gives both. */
  contradicts: z.array(z.string()),
})
export type Fact = z.infer<typeof Fact>

/** A claim that stands on the page and must never be repeated, with the reason. */
export const BlockedClaim = z.strictObject({
  id: z.string(),
  reason: z.string().min(3),
  file: z.string(),
  quotes: z.array(Quote).min(1),
})
export type BlockedClaim = z.infer<typeof BlockedClaim>

/** What the page does not say; `near` names facts worth hearing instead. */
export const Gap = z.strictObject({
  id: z.string(),
  asks: z.array(z.string()).min(1),
  say: TwoTongues,
  near: z.array(z.string()),
})
export type Gap = z.infer<typeof Gap>
