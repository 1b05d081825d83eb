/**
 * The engine's own sentences: bridges, offers, refusals and corrections that no single flow owns.
 *
 * They stand in one script file beside the flows, so that they are read, translated and signed like
 * every other word that a visitor sees.
 */
import { z } from 'zod'
import { Option } from './flow.ts'
import { Text } from './words.ts'

/** Everything that a visitor may hear about coverage; which state allows which stands in `flows/coverage.ts`. */
export const coveragePhrases = [
  'cov-unknown',
  'cov-listed',
  'cov-listed-renamed',
  'cov-condition',
  'cov-not-listed',
  'cov-no-list',
  'cov-medicare',
  'cov-medicaid',
  'cov-tricare',
  'cov-va',
  'cov-cobra',
  'cov-marketplace',
  'cov-employer',
  'cov-self-pay',
  'cov-none',
  'cov-declined',
  'cov-unrecognised',
  'cov-second',
  'cov-captured',
  'cov-consented',
  'cov-checked',
  'cov-checking',
  'cov-by-phone',
  'cov-confirmed',
] as const
export type CoveragePhrase = (typeof coveragePhrases)[number]

const phraseNames = [
  'bridge',
  'what-else',
  'offer-insurance',
  'offer-person',
  'sorry-for-loss',
  'questions-line',
  'not-understood',
  'answer-missed',
  'answer-helped',
  'hello',
  'annoyed',
  'nothing-to-change',
  'person-next',
  'quiet',
  'quiet-promise',
  'quiet-danger',
  'quiet-medical',
  'quiet-danger-promise',
  'welcome',
  'choose-or-write',
  'person-after-misses',
  'left-open',
  'your-code',
  'no-code-now',
  'code-does-not-fit',
  'welcome-back',
  'cannot-skip',
  'back',
  'back-at-start',
  'starting-over',
  'changed',
  'no-why',
  'no-explain',
  'language-changed',
  'number-range',
  'age-in-years',
  'check-phone',
  'check-email',
  'check-date',
  'check-member-id',
  'which-date',
  'thanks-words',
  'ssn-seen',
  'staff-here',
  'staff-left',
  'goodbye',
  'after-handoff-change',
  'already-sent',
  'i-am-automated',
  'revoked',
  'nothing-to-revoke',
  'kept-as-typed',
  'hint-mbi',
  'hint-prefix',
  'hint-id',
  'revoked-outside',
  'slot-taken',
  'slot-cancelled',
  'slot-moving',
  'slot-ended',
  'calls-from',
  'calls-from-unknown',
  'copy-coming',
  'copy-later',
  'copy-no-email',
  'copy-not-here',
  'photo-thanks',
  'photo-unreadable',
  'photo-not-now',
  ...coveragePhrases,
] as const
export type PhraseName = (typeof phraseNames)[number]

export const PhraseScript = z.strictObject({
  phrases: z.literal('engine'),
  review: z.literal('awaiting-review'),
  texts: z.record(z.enum(phraseNames), Text),
  /** Minutes of silence before a reminder, before one in danger, and from there to the promise of what happens. */
  quiet: z
    .strictObject({
      remindAfterMinutes: z.number().int().min(1),
      dangerAfterMinutes: z.number().int().min(1),
      promiseAfterMinutes: z.number().int().min(1),
    })
    .default({ remindAfterMinutes: 5, dangerAfterMinutes: 3, promiseAfterMinutes: 15 }),
  preferNot: Option,
  /** Shown with every question of a block that may be left out as a whole. */
  skipThese: Option,
  person: Option,
})
export type PhraseScript = z.infer<typeof PhraseScript>
