/**
 * The script language: what a flow may say, ask and decide.
 *
 * A step has an id, perhaps a condition, and exactly one thing that it does, named by its key. A step
 * whose condition does not hold is passed over. An ask whose answer is already there is passed over too:
 * so nothing is asked twice, and a corrected answer decides again everything that followed from it.
 */
import { z } from 'zod'
import { InputType, MessageKind } from '../activity.ts'
import { dangerLabels } from '../safety/verdict.ts'
import { ConsentKind, Disposition } from '../vocabulary.ts'
import { Condition } from './condition.ts'
import { Pair, Text } from './words.ts'

export const StepId = z.string().regex(/^[a-z][a-z0-9-]*$/, 'step and flow names are lower-case words joined by dashes')
const AnswerName = z.string().regex(/^[a-z][a-zA-Z0-9-]*(\.[a-z0-9-]+)?$/, 'answers are named like lastUse or asq.asq1')

export const Option = z.strictObject({
  value: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'an option value is one lower-case word that stays the same in every language'),
  en: z.string().min(1),
  es: z.string().min(1),
  /** Other ways to say it, in either language. */
  synonyms: z.array(z.string().min(2)).optional(),
  when: Condition.optional(),
})
export type Option = z.infer<typeof Option>

const base = { id: StepId, when: Condition.optional(), note: z.string().optional() }

/** Why and explain: what "why do you ask?" and "what do you mean?" are answered with. */
const asking = {
  why: Text.optional(),
  explain: Text.optional(),
  optional: z.boolean().default(true),
  /** "Skip these" turns the answer named here to `no` and so leaves the rest of its block out. */
  block: AnswerName.optional(),
}

const SayStep = z.strictObject({
  ...base,
  say: Text,
  kind: MessageKind.extract(['notice', 'handoff', 'refusal']).default('notice'),
  /** Shows this label's resources as a card of calls and texts under the words. */
  resources: z.enum(dangerLabels).optional(),
})

export const AskStep = z.strictObject({
  ...base,
  ask: Text,
  /** Other words for asking once more. */
  again: Text.optional(),
  ...asking,
  input: InputType,
  answer: AnswerName,
  /** What the widget shows: an HTML autofill name, or `age`, `payer` and the like. */
  field: z.string().optional(),
  options: z.array(Option).optional(),
  /** Options that the engine lists from what was answered. */
  optionsFrom: z.enum(['review-lines', 'free-slots']).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  consent: ConsentKind.optional(),
  /** The answer's heading on the review page; an ask without one is not shown there. */
  line: Pair.optional(),
  /** Only its last four characters are shown after it was given. */
  masked: z.boolean().optional(),
  /** An open question: what is no option may be a question, or the visitor's own words. */
  open: z.boolean().optional(),
  /** Counts for "Question 4 of about 9". */
  counts: z.boolean().default(true),
})
export type AskStep = z.infer<typeof AskStep>

export const ItemStep = z.strictObject({
  ...base,
  item: z.strictObject({ instrument: z.string(), item: z.string() }),
  ...asking,
})
export type ItemStep = z.infer<typeof ItemStep>

export const Deed = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('look-up-payer'), answer: AnswerName }),
  z.strictObject({ type: z.literal('say-coverage') }),
  /** The first step of the capture is complete: who insures, what kind of plan, whose, in which state. */
  z.strictObject({ type: z.literal('coverage-captured') }),
  /** Asks the calendar and waits for its answer, which comes in the same turn. */
  z.strictObject({ type: z.literal('calendar'), wish: z.enum(['find', 'hold', 'keep', 'give-back']) }),
  z.strictObject({ type: z.literal('find-route') }),
  z.strictObject({ type: z.literal('open-lead') }),
  z.strictObject({ type: z.literal('issue-return-code') }),
  z.strictObject({ type: z.literal('look-up-saved') }),
  /** A lead at the top and a page to the person on call, without leaving the script. */
  z.strictObject({ type: z.literal('alert'), label: z.enum(dangerLabels) }),
  z.strictObject({ type: z.literal('danger'), label: z.enum(dangerLabels) }),
])
export type Deed = z.infer<typeof Deed>

const value = z.union([z.string(), z.number()])

export const Step = z.union([
  SayStep,
  AskStep,
  ItemStep,
  z.strictObject({ ...base, branch: z.array(z.strictObject({ when: Condition.optional(), go: StepId })).min(1) }),
  z.strictObject({ ...base, go: StepId }),
  z.strictObject({ ...base, call: StepId }),
  z.strictObject({ ...base, become: StepId }),
  z.strictObject({ ...base, set: z.record(AnswerName, value) }),
  z.strictObject({
    ...base,
    forget: z.array(AnswerName).min(1),
    named: AnswerName.optional(),
    removed: AnswerName.optional(),
  }),
  z.strictObject({ ...base, effect: Deed }),
  z.strictObject({
    ...base,
    wait: Text,
    for: z.enum(['staff', 'visitor']).default('visitor'),
    /** Goes on by itself after so long, with the answer `time-passed`; without it, waits for as long as it takes. */
    minutes: z.number().int().min(1).max(1_440).optional(),
    options: z.array(Option).min(1),
  }),
  z.strictObject({ ...base, end: Disposition }),
])
export type Step = z.infer<typeof Step>

/** The one key that says what a step does. */
export const stepKeys = [
  'say',
  'ask',
  'item',
  'branch',
  'go',
  'call',
  'become',
  'set',
  'forget',
  'effect',
  'wait',
  'end',
] as const
export type StepKey = (typeof stepKeys)[number]

export const Flow = z.strictObject({
  flow: StepId,
  title: Pair,
  review: z.enum(['awaiting-review']).or(z.strictObject({ by: z.string(), on: z.iso.date() })),
  /** Questions of this flow count for the progress line. */
  steps: z.array(Step).min(1),
})
export type Flow = z.infer<typeof Flow>

export function keyOf(step: object): StepKey {
  return stepKeys.find((key) => key in step)!
}

export function isAsking(step: Step): step is AskStep | ItemStep | Extract<Step, { wait: Text }> {
  return 'ask' in step || 'item' in step || 'wait' in step
}

/** The name under which a step's answer is kept; null when it keeps none. */
export function answerOf(step: Step): string | null {
  if ('ask' in step) return step.answer
  const known = answerNames.get(step)
  if (known !== undefined) return known
  const name =
    'item' in step ? `${step.item.instrument}.${step.item.item}` : 'wait' in step ? `waited-${step.id}` : null
  answerNames.set(step, name)
  return name
}

/** Put together once: every question counts how many are left. */
const answerNames = new WeakMap<Step, string | null>()
