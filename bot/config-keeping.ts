/**
 * The settings of retention: how many days each class of what is kept stays; 0 = until it is erased.
 *
 * Six years for what was handed to staff and for the trail: that is how long HIPAA asks for documentation
 * (45 CFR 164.316(b)(2)(i) and 164.530(j)(2)). Many states ask for longer where a record of care comes of it.
 * Read with all other settings by `config.ts`.
 */
import { z } from 'zod'

const days = z.coerce.number('must be a whole number of days, 0 = until erased').int().min(0).max(36_500)

/** A program and its arguments, with spaces between them; no shell reads it. */
const command = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .transform((line) => line.split(/ +/))

export const keepingSettings = {
  KEY_COMMAND: command.optional(),
  CARD_PHOTO_DAYS: z.coerce.number('must be a whole number of days').int().min(1).max(90).default(7),
  KEEP_CHAT_DAYS: days.default(90),
  KEEP_LEAD_DAYS: days.default(2_190),
  KEEP_VERIFICATION_DAYS: days.default(365),
  KEEP_QUESTION_DAYS: days.default(180),
  KEEP_NOTICE_DAYS: days.default(90),
  KEEP_AUDIT_DAYS: days.default(2_190),
}

const Settings = z.object(keepingSettings)

export interface KeepingConfig {
  /** Prints the deployment key: how a key service is asked; null = the key comes from elsewhere. */
  readonly keyCommand: readonly string[] | null
  /** How long a photo of a card is kept when nobody checks the plan. */
  readonly cardPhotoDays: number
  readonly keptDays: {
    /** A talk that never became a lead, since its last word. */
    readonly chat: number
    /** A talk whose lead is closed, since it was closed or its last word. */
    readonly lead: number
    /** Worksheets and payers' answers, since they were written. */
    readonly verification: number
    /** Questions that nobody could answer, since they were asked. */
    readonly question: number
    /** Notices that went out: ids, codes and times. */
    readonly notice: number
    readonly audit: number
  }
}

export function keepingOf(env: z.infer<typeof Settings>): KeepingConfig {
  return {
    keyCommand: env.KEY_COMMAND ?? null,
    cardPhotoDays: env.CARD_PHOTO_DAYS,
    keptDays: {
      chat: env.KEEP_CHAT_DAYS,
      lead: env.KEEP_LEAD_DAYS,
      verification: env.KEEP_VERIFICATION_DAYS,
      question: env.KEEP_QUESTION_DAYS,
      notice: env.KEEP_NOTICE_DAYS,
      audit: env.KEEP_AUDIT_DAYS,
    },
  }
}
