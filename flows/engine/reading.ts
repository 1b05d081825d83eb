/**
 * How easy every text must be to read, and which texts may be harder, each with its reason.
 */
import { z } from 'zod'

const Exception = z.strictObject({
  /** `flow/step`, `phrases/NAME` or `crisis/LABEL`. */
  at: z.string().regex(/^[a-z0-9_-]+\/[A-Za-z0-9_-]+$/, 'a place is named like consent/consent-texting'),
  language: z.enum(['en', 'es']),
  because: z.string().min(10, 'say why, so that a reviewer can judge it'),
})

export const ReadingLimits = z.strictObject({
  reading: z.strictObject({
    /** Texts of fewer words are measured only within their whole file. */
    fromWords: z.number().int().min(5),
    /** Flesch–Kincaid grades, at most. */
    en: z.strictObject({ file: z.number(), text: z.number() }),
    /** Points on the INFLESZ scale, at least. */
    es: z.strictObject({ file: z.number(), text: z.number() }),
  }),
  exceptions: z.array(Exception).default([]),
})
export type ReadingLimits = z.infer<typeof ReadingLimits>
