/**
 * A program: who it is, when a person answers, what it has said about itself, and what it has not.
 *
 * Nothing here is invented: what a page does not give is `unknown`, and hours that only make the demo
 * behave are marked `demo: true` and never answer a question.
 */
import { z } from 'zod'
import { Brand } from './brand.ts'
import type { BlockedClaim, Fact, Gap } from './fact.ts'
import { Day } from './fact.ts'
import type { Lexicon } from './reading/lexicon.ts'

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const Hours = z.tuple([Clock, Clock]).nullable()
const Flag = z.union([z.boolean(), z.literal('unknown')])

export const ProgramFile = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/),
  name: z.strictObject({ en: z.string().min(1), es: z.string().min(1) }),
  /** Other names visitors use for this program; they never point to another one. */
  alsoCalled: z.array(z.string()).default([]),
  source: z.strictObject({ file: z.string(), retrievedAt: Day, published: z.union([Day, z.literal('unknown')]) }),
  region: z.enum(['US', 'IN']),
  /** Two-letter states that the program says it serves. */
  servedStates: z.union([z.array(z.string().length(2)), z.literal('unknown')]),
  timeZone: z.string().min(3),
  /** ISO weekday 1 (Monday) to 7 → opening and closing time of day, or null when nobody is there. */
  hours: z.strictObject({ demo: z.boolean(), days: z.record(z.enum(['1', '2', '3', '4', '5', '6', '7']), Hours) }),
  /** Days on which nobody is there, YYYY-MM-DD: they move promises, as the hours do. */
  holidays: z.array(Day).default([]),
  /** When a first talk can be booked; only where the program says so, or for the demo. */
  assessments: z
    .strictObject({
      demo: z.boolean(),
      minutes: z.number().int().min(15).max(180),
      /** From now to the earliest time that is offered. */
      noticeMinutes: z.number().int().min(0),
      days: z.record(z.enum(['1', '2', '3', '4', '5', '6', '7']), Hours),
    })
    .optional(),
  /** The number that staff call from, as a person of the program confirmed it; left out while nobody has. */
  callsFrom: z.strictObject({ number: z.string().min(7), confirmedBy: z.string().min(2), on: Day }).optional(),
  /** Minutes within which a person contacts the visitor while staffed, by route. */
  promiseMinutes: z.record(z.string(), z.number().int().min(1)),
  /** Sites that may show the chat, as origins. */
  origins: z.array(z.url()),
  /** The chat's door and main button in the program's own colour; left out, the house's night blue. */
  brand: Brand.optional(),
  /** Ids under which a channel of Microsoft's bot service knows this program's bot. */
  botIds: z.array(z.string()).default([]),
  languages: z.union([z.array(z.string()), z.literal('unknown')]),
  flags: z.strictObject({
    offersWithdrawalManagement: Flag,
    acceptsMedicaid: Flag,
    acceptsMedicare: Flag,
    takesMinors: Flag,
  }),
})
export type ProgramFile = z.infer<typeof ProgramFile>

const TwoTongues = z.strictObject({ en: z.string(), es: z.string() })

export const Payer = z.strictObject({
  key: z.string().regex(/^[a-z0-9-]+$/),
  /** As the program's page prints it. */
  printed: z.string().min(2),
  /** The name on today's cards when that differs, as in "Carelon Behavioral Health". */
  today: z.string().nullable().default(null),
  aliases: z.array(z.string()).default([]),
  planTypes: z.array(z.string()).default([]),
  condition: TwoTongues.nullable().default(null),
  asOf: Day,
  line: z.number().int().min(1),
  confirmedBy: z.literal('awaiting-review').or(z.string()),
})
export type Payer = z.infer<typeof Payer>

export const PayersFile = z.strictObject({
  source: z.string(),
  /** Where the list starts on the page, to cite it as a whole. */
  listed: z.array(Payer),
})

/** What everything above becomes once read; the words are shared by all programs. */
export interface Program extends ProgramFile {
  readonly facts: readonly Fact[]
  readonly gaps: readonly Gap[]
  readonly blocked: readonly BlockedClaim[]
  readonly payers: readonly Payer[]
  readonly factsByTopic: ReadonlyMap<string, readonly Fact[]>
  readonly gapsByTopic: ReadonlyMap<string, Gap>
  readonly words: Lexicon
  /** Names of the other programs served here, so that none of them is ever spoken for. */
  readonly otherNames: readonly string[]
}
