/**
 * A conversation as a value: where the script stands, what was answered, and what may happen next.
 *
 * `step` turns (state, input) into (state, effects) and nothing else, so a turn can be tried again,
 * replayed against another script, or explored from every place. All times come in with the input.
 */
import { z } from 'zod'
import type { BotMessage, FactRef, MessageKind } from './activity.ts'
import { type CheckOutcome, Coverage, type PayerKind } from './coverage.ts'
import type { ScreenedMessage } from './safety/screen.ts'
import { type DangerLabel, dangerLabels } from './safety/verdict.ts'
import type { Acuity, ConsentKind, Route } from './vocabulary.ts'
import { Consent, Disposition, Instant, Locale, ProgramId, Region, RouteHint } from './vocabulary.ts'

/** A place in a script. */
export const Place = z.strictObject({ flow: z.string(), step: z.string() })
export type Place = z.infer<typeof Place>

/** What was answered: `value` as understood (null = refused or unknown), `said` as typed, where and when. */
export const GivenAnswer = z.strictObject({
  value: z.union([z.string(), z.number(), z.array(z.string()), z.null()]),
  said: z.string(),
  place: Place,
  at: Instant,
})
export type GivenAnswer = z.infer<typeof GivenAnswer>

export const ConversationState = z.strictObject({
  program: ProgramId,
  region: Region,
  locale: Locale,
  startedAt: Instant,
  /** Content hash of the scripts that this conversation started with. */
  scriptVersion: z.string(),
  /** Where the script stands; the last place is the running one, those before it wait for its return. */
  stack: z.array(Place),
  /** How often the pending question was not understood; two offers buttons, three a person. */
  misses: z.number().int(),
  /** Field name → answer. */
  answers: z.record(z.string(), GivenAnswer),
  /** The places asked so far, for `back` and for the progress line. */
  trail: z.array(Place),
  /** Sticky: once set, one denial never clears it. `stage` counts the protocol's steps shown. */
  crisis: z
    .strictObject({
      label: z.enum(dangerLabels),
      who: z.enum(['self', 'other']),
      since: Instant,
      stage: z.number().int(),
      open: z.boolean(),
    })
    .nullable(),
  /** A person of the staff has the chat: the bot is silent, the gate is not. */
  staff: z.strictObject({ name: z.string(), since: Instant }).nullable(),
  /**
   * How long the visitor has been quiet; absent before her first word. `said` counts the reminders of this
   * silence, `all` those of the whole talk; `wakesAt` is when the house gives the time back; `wait` is the
   * script's own wait that runs.
   */
  silence: z
    .strictObject({
      since: Instant,
      said: z.number().int(),
      all: z.number().int(),
      wakesAt: Instant.nullable(),
      wait: z.strictObject({ place: z.string(), from: Instant }).nullable(),
    })
    .optional(),
  /** The last turns for the gate's context, oldest first, at most RECENT_TURNS. */
  said: z.array(z.strictObject({ role: z.enum(['bot', 'user']), text: z.string() })),
  coverage: Coverage,
  consents: z.array(Consent),
  route: RouteHint.nullable(),
  disposition: Disposition.nullable(),
  /** Questions nobody could answer, in the visitor's words, for the brief. */
  openQuestions: z.array(z.string()),
})
export type ConversationState = z.infer<typeof ConversationState>

/** What knowledge says about a question; the shape of `knowledge/answer-types.ts`, seen from here. */
export interface KnowledgeAnswer {
  readonly kind: Extract<MessageKind, 'answer' | 'partial' | 'clarify' | 'no-answer' | 'refusal' | 'privacy-refusal'>
  readonly text: string
  readonly locale: Locale
  readonly facts: readonly FactRef[]
  readonly offers: readonly ('check-insurance' | 'start-screening' | 'talk-to-person')[]
  readonly unanswered: boolean
  readonly isQuestion: boolean
}

/** What knowledge says about a payer that the visitor named. */
export interface PayerFound {
  readonly state: PayerKind
  /** As the page prints it today, e.g. "Carelon Behavioral Health". */
  readonly payer: string | null
  /** As the program's page prints it, when that differs, e.g. "Beacon Health Options". */
  readonly listedAs: string | null
  readonly condition: { readonly en: string; readonly es: string } | null
  readonly asOf: string | null
  /** Another payer named in the same text. */
  readonly second: string | null
}

export type Input =
  | { readonly type: 'open'; readonly at: Instant }
  | { readonly type: 'message'; readonly message: ScreenedMessage; readonly at: Instant }
  | { readonly type: 'answered'; readonly question: string; readonly answer: KnowledgeAnswer; readonly at: Instant }
  | { readonly type: 'payer-found'; readonly said: string; readonly found: PayerFound; readonly at: Instant }
  | { readonly type: 'photo-received'; readonly at: Instant }
  | { readonly type: 'photo-refused'; readonly reason: 'not-now' | 'unreadable'; readonly at: Instant }
  | { readonly type: 'coverage-checked'; readonly outcome: CheckOutcome | 'confirmed'; readonly at: Instant }
  | {
      readonly type: 'consents-revoked'
      readonly kinds: readonly ConsentKind[] | 'all'
      readonly by: 'link' | 'staff'
      readonly at: Instant
    }
  | {
      readonly type: 'calendar-said'
      readonly wish: 'find' | 'hold' | 'keep' | 'give-back'
      readonly start: string | null
      readonly ok: boolean
      /** Free starts as instants, for `find`. */
      readonly slots: readonly string[]
      readonly at: Instant
    }
  /** null: none can be made now. */
  | { readonly type: 'return-code-issued'; readonly code: string | null; readonly at: Instant }
  | { readonly type: 'saved-found'; readonly saved: ConversationState | null; readonly at: Instant }
  | { readonly type: 'sign-added'; readonly label: DangerLabel; readonly at: Instant }
  | { readonly type: 'staff-took-over'; readonly name: string; readonly at: Instant }
  | { readonly type: 'staff-handed-back'; readonly at: Instant }
  /** The house wakes the conversation at the time that it asked for. */
  | { readonly type: 'time-passed'; readonly at: Instant }
  | { readonly type: 'language-chosen'; readonly locale: Locale; readonly at: Instant }

/**
 * What a turn asks of the house. `say` in order; the two look-ups are answered inside the same turn
 * by `answered` and `payer-found`; the others are committed with the turn and carried out after it.
 */
export type Effect =
  | { readonly type: 'say'; readonly message: BotMessage }
  /** `isOpen`: nothing else is waited for, so a few words that name a topic ask for it. */
  | { readonly type: 'answer-question'; readonly question: string; readonly isOpen?: boolean }
  | { readonly type: 'look-up-payer'; readonly said: string }
  /** Both are answered within the same turn: a code made by chance, and the talk that a code and a word open. */
  | { readonly type: 'issue-return-code' }
  | { readonly type: 'look-up-saved'; readonly code: string; readonly word: string }
  | { readonly type: 'open-lead'; readonly acuity: Acuity; readonly route: Route; readonly label: DangerLabel | null }
  | { readonly type: 'page-on-call'; readonly label: DangerLabel }
  /** No fact states it, or the visitor said that the answer missed it. */
  | { readonly type: 'remember-question'; readonly question: string; readonly why: 'unanswered' | 'unhelpful' }
  | { readonly type: 'record-consent'; readonly consent: Consent }
  /** She asked for a copy by mail. */
  | { readonly type: 'send-copy' }
  /** The photo of the card was taken off the review. */
  | { readonly type: 'drop-photos' }
  /** Asked of the calendar, answered by `calendar-said` in the same turn. */
  | { readonly type: 'calendar'; readonly wish: 'find' | 'hold' | 'keep' | 'give-back'; readonly start: string | null }
  /** Stored by the house; at this time it gives `time-passed` back. */
  | { readonly type: 'wake'; readonly at: Instant }
  /** How the visitor's own message is kept and shown: an id by its last four characters. */
  | { readonly type: 'show-as'; readonly text: string }

export interface Transition {
  readonly state: ConversationState
  readonly effects: readonly Effect[]
}

/** What a script may know of a program (the bot fills it from the program's folder). */
export interface ProgramProfile {
  readonly id: ProgramId
  readonly name: { readonly en: string; readonly es: string }
  readonly region: Region
  /** Two-letter states, or null while the program has not said. */
  readonly servedStates: readonly string[] | null
  readonly timeZone: string
  /** Staffed hours, ISO weekday 1–7 → ["09:00","17:00"] or null; they steer promises, never an answer. */
  readonly staffedHours: Readonly<Record<string, readonly [string, string] | null>>
  /** Days without anybody there, YYYY-MM-DD in the program's zone. */
  readonly holidays?: readonly string[]
  /** Minutes within which a person contacts the visitor while staffed, by route. */
  readonly promiseMinutes: Readonly<Partial<Record<Route, number>>>
  /** The number that staff call from, where the program has said it. */
  readonly callsFrom?: string
  /** Whether the service can send mail: only then is a copy offered. */
  readonly canMail?: boolean
}
