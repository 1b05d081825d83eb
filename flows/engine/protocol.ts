/**
 * What is said and done after a danger sign, per label: words that people wrote and nobody improvises.
 *
 * One block names what was said and what to do now; the follow-up steps are asked one at a time while
 * the state is sticky. No step is ever repeated; when all were asked, the parting words alternate.
 */
import { z } from 'zod'
import { dangerLabels } from '../safety/verdict.ts'
import { Option, StepId } from './flow.ts'
import { Text } from './words.ts'

const FollowUpOption = Option.extend({
  /** This answer names a heavier danger: its protocol takes over. */
  leadsTo: z.enum(dangerLabels).optional(),
  /** Said at once after this answer. */
  reply: Text.optional(),
  /** "No" to a direct question about intent: a denial in a sentence is this answer. */
  isDenial: z.boolean().optional(),
  /** The reply names the emergency number: its button comes along. */
  calls: z.literal('emergency').optional(),
  /** After this answer nothing more is asked: the fewer words on the screen the better. */
  isQuiet: z.boolean().optional(),
})
export type FollowUpOption = z.infer<typeof FollowUpOption>

export const FollowUp = z.strictObject({
  id: StepId,
  ask: Text,
  options: z.array(FollowUpOption).min(1),
  /** Asked only of this person: the writer in danger, or somebody she writes about. */
  who: z.enum(['self', 'other']).optional(),
  /** Not asked of somebody who has named a gun, a bridge or the like: she has answered it. */
  unlessMeansNamed: z.boolean().optional(),
})
export type FollowUp = z.infer<typeof FollowUp>

const Words = z.strictObject({ first: Text, now: Text })

export const Protocol = z.strictObject({
  label: z.enum(dangerLabels),
  self: Words,
  other: Words,
  /** One direct, kind question when the sign is not clear. */
  checkIn: Text,
  /** The same about somebody else; without it the question fits both. */
  checkInOther: Text.optional(),
  /** Says first how to leave the page quickly, and never asks for a way to be contacted. */
  quickExit: Text.optional(),
  steps: z.array(FollowUp).min(1),
})
export type Protocol = z.infer<typeof Protocol>

export const CrisisScript = z.strictObject({
  crisis: z.literal('protocol'),
  review: z.literal('awaiting-review'),
  protocols: z.array(Protocol),
  /** Said under every card: an automated assistant cannot send help. */
  automated: Text,
  stillHere: z.array(Text).min(2),
  elsewhere: Text,
  continueOption: Option,
  personOption: Option,
  elsewhereOption: Option,
  yes: Option,
  no: Option,
  checkInAgain: Text,
  checkInNo: Text,
  checkInUnclear: Text,
  /** The same where somebody may be in danger from another or of the body: the emergency number is named. */
  checkInNoMedical: Text,
  checkInUnclearMedical: Text,
  /** Why it was asked, said to "why do you ask?" and "what?". */
  checkInWhy: Text.optional(),
  personComing: Text,
  resuming: Text,
  /** Said when something is heard that is no answer; in turn, so that no two turns sound alike. */
  heard: z.array(Text).min(4),
  /** The same where somebody may be watching: no call to bring people in, but the way out. */
  heardThreatened: z.array(Text).min(3).optional(),
  /** Said to "I'm fine now", and where a body was in danger: glad, and nothing is cleared. */
  fine: z.array(Text).min(2).optional(),
  fineMedical: z.array(Text).min(2).optional(),
  /** Said to a question that has no answer here, while the protocol is open. */
  questionLater: z.array(Text).min(3).optional(),
  /** Asked in the place of the next step of the protocol when the visitor cannot write safely. */
  whenSafe: Text.optional(),
  /** Said to a denial that answers no direct question: it is believed, and nothing is cleared. */
  denied: z.array(Text).min(3),
  distress: z.array(Text).min(2),
  helpLine: Text,
})
export type CrisisScript = z.infer<typeof CrisisScript>
