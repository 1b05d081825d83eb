/**
 * The Bot Framework activities that we accept and send, as schemas.
 *
 * What comes in is parsed once, where it enters, and keeps unknown fields only in `channelData`
 * (the echo must give them back unchanged). What goes out is our own closed shape: every bot
 * activity carries `channelData.porchlight` (wire contract, Activities).
 */
import { z } from 'zod'
import { dangerLabels } from './safety/verdict.ts'
import { Locale } from './vocabulary.ts'

/** Longest text of one message, in UTF-16 units. */
export const TEXT_MAX = 8_000

const id = z.string().max(200)
const account = z.object({
  id: id.optional(),
  name: z.string().max(200).optional(),
  role: z.string().max(20).optional(),
})

/** How long the words of a form are, its fields together. */
function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  const isForm = value !== null && typeof value === 'object' && !Array.isArray(value)
  const fields: unknown[] = isForm ? Object.values(value) : []
  return fields.reduce((sum: number, field) => sum + (typeof field === 'string' ? field.length : 0), 0)
}

/** A form's fields are a message like typed text, and together as long at most. */
const FormValue = z.json().superRefine((value, context) => {
  if (lengthOf(value) > TEXT_MAX)
    context.addIssue({ code: 'too_big', origin: 'string', maximum: TEXT_MAX, inclusive: true, input: value })
})

/** From the visitor. `from.id` is not trusted: the token's user replaces it. */
export const IncomingActivity = z.object({
  type: z.enum(['message', 'typing', 'event', 'conversationUpdate', 'messageReaction', 'endOfConversation']),
  id: id.optional(),
  from: account.optional(),
  text: z.string().max(TEXT_MAX).optional(),
  name: z.string().max(100).optional(),
  value: FormValue.optional(),
  locale: z.string().max(35).optional(),
  localTimezone: z.string().max(64).optional(),
  channelData: z.record(z.string(), z.json()).optional(),
  attachments: z.array(z.json()).max(10).optional(),
  entities: z.array(z.json()).max(20).optional(),
})
export type IncomingActivity = z.infer<typeof IncomingActivity>

export const MessageKind = z.enum([
  'notice',
  'question',
  'answer',
  'partial',
  'clarify',
  'no-answer',
  'refusal',
  'privacy-refusal',
  'check-in',
  'crisis',
  'handoff',
  'staff',
])
export type MessageKind = z.infer<typeof MessageKind>

export const InputType = z.enum([
  'choice',
  'multi',
  'text',
  'number',
  'date',
  'phone',
  'email',
  'member-id',
  'consent',
  'photo',
])
export type InputType = z.infer<typeof InputType>

/** What the widget should show for the pending question; `value` is the same word in every language. */
export const InputSpec = z.strictObject({
  type: InputType,
  field: z.string().optional(),
  options: z.array(z.strictObject({ value: z.string(), label: z.string() })).optional(),
  optional: z.boolean(),
})
export type InputSpec = z.infer<typeof InputSpec>

export const FactRef = z.strictObject({
  id: z.string(),
  source: z.strictObject({
    file: z.string().optional(),
    url: z.string().optional(),
    line: z.number().int().optional(),
    quote: z.string(),
    retrievedAt: z.string(),
  }),
  reviewed: z.string(),
})
export type FactRef = z.infer<typeof FactRef>

export const PorchlightData = z.strictObject({
  kind: MessageKind,
  label: z.enum(dangerLabels).optional(),
  resources: z.array(z.string()).optional(),
  flow: z.string().optional(),
  step: z.string().optional(),
  progress: z.strictObject({ done: z.number().int(), of: z.number().int() }).optional(),
  instrument: z.string().optional(),
  item: z.string().optional(),
  input: InputSpec.optional(),
  facts: z.array(FactRef).optional(),
  /** The version of the scripts that said it. */
  script: z.string().optional(),
})
export type PorchlightData = z.infer<typeof PorchlightData>

export const CardAction = z.strictObject({
  type: z.enum(['imBack', 'openUrl']),
  title: z.string(),
  value: z.string(),
})
export type CardAction = z.infer<typeof CardAction>

export const HeroCard = z.strictObject({
  contentType: z.literal('application/vnd.microsoft.card.hero'),
  content: z.strictObject({
    title: z.string().optional(),
    text: z.string().optional(),
    buttons: z.array(CardAction),
  }),
})
export type HeroCard = z.infer<typeof HeroCard>

const CitationEntity = z.strictObject({
  type: z.literal('https://schema.org/Message'),
  '@type': z.literal('Message'),
  '@context': z.literal('https://schema.org'),
  citation: z.array(
    z.strictObject({
      '@type': z.literal('Claim'),
      position: z.number().int(),
      appearance: z.strictObject({
        '@type': z.literal('DigitalDocument'),
        name: z.string(),
        url: z.string().optional(),
        abstract: z.string(),
      }),
    }),
  ),
})
export type CitationEntity = z.infer<typeof CitationEntity>

/** What a flow says, before the store gives it an id and a time. */
export const BotMessage = z.strictObject({
  type: z.literal('message'),
  text: z.string(),
  locale: Locale,
  suggestedActions: z.strictObject({ actions: z.array(CardAction) }).optional(),
  attachments: z.array(HeroCard).optional(),
  entities: z.array(CitationEntity).optional(),
  channelData: z.strictObject({ porchlight: PorchlightData }),
})
export type BotMessage = z.infer<typeof BotMessage>
