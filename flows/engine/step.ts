/**
 * `step`: one input, one next state, and what is to be said and done. Pure: the same in, the same out.
 *
 * Its first statement is the danger test: from any state a verdict of `escalate` leaves the script.
 */

import type { ConversationState, Input, ProgramProfile, Transition } from '../conversation.ts'
import { noCoverage } from '../coverage.ts'
import type { ScreenedMessage } from '../safety/screen.ts'
import type { Instant, Locale } from '../vocabulary.ts'
import { takeAnswered } from './answered.ts'
import { checkedWho, closeCheckIn } from './check-in.ts'
import type { World } from './context.ts'
import { takePayer } from './coverage.ts'
import { enterDanger } from './crisis.ts'
import { chooseInDanger } from './crisis-reply.ts'
import { beginDraft, change, type Draft, finish, hear, tell } from './draft.ts'
import { takeFromOutside } from './from-outside.ts'
import type { FlowLibrary } from './library.ts'
import { shownAs, textOf, typedIn, withoutSocialSecurityNumber } from './masking.ts'
import { bubble, phrase } from './message.ts'
import { askPending, pendingOf } from './question.ts'
import { takeFromHouse } from './saved.ts'
import { signOf } from './sign.ts'
import { armWake, endWait, heardFrom, STAFF_CAME } from './silence.ts'
import { knowSpeaker } from './speaker.ts'
import { keepOutright, leaveOpen } from './take-answer.ts'
import { takeMessage } from './take-message.ts'
import { advance, rewalk, walk } from './walk.ts'

export type { World } from './context.ts'

/** A conversation before its first word; the input `open` (or a first message) begins it. */
export function newConversation(
  flows: FlowLibrary,
  begin: { program: ProgramProfile; locale: Locale; at: Instant; speaksOther?: boolean },
): ConversationState {
  return {
    program: begin.program.id,
    region: begin.program.region,
    locale: begin.locale,
    startedAt: begin.at,
    scriptVersion: flows.version,
    stack: [],
    misses: 0,
    answers: begin.speaksOther ? { 'note.speaks-other': speaksOther(begin.at) } : {},
    trail: [],
    crisis: null,
    staff: null,
    said: [],
    coverage: noCoverage,
    consents: [],
    route: null,
    disposition: null,
    openQuestions: [],
  }
}

function speaksOther(at: Instant): ConversationState['answers'][string] {
  return { value: 'yes', said: '', place: { flow: 'welcome', step: 'other-language' }, at }
}

export function step(world: World, state: ConversationState, input: Input): Transition {
  if (input.type === 'message' && input.message.verdict.outcome === 'escalate') return danger(world, state, input)
  const draft = beginDraft(world, state, input.at)
  if (input.type !== 'time-passed') heardFrom(draft, input.type === 'message')
  take(draft, input)
  return settle(draft)
}

/** A scripted answer that names danger brings the protocol, as a check-in: the gate itself heard nothing. */
function settle(draft: Draft): Transition {
  const { danger: label } = draft
  draft.danger = null
  if (label !== null) enterDanger(draft, { label, who: 'self' }, 'check-in')
  armWake(draft)
  return finish(draft)
}

function danger(world: World, state: ConversationState, input: Extract<Input, { type: 'message' }>): Transition {
  const draft = beginDraft(world, state, input.at)
  heardFrom(draft, true)
  begun(draft)
  const shown = withoutSocialSecurityNumber(typedIn(input.message))
  hear(draft, input.message, shown)
  const text = textOf(draft, input.message)
  knowSpeaker(draft, text)
  if (draft.state.crisis?.open && draft.state.staff === null && chooseInDanger(draft, text)) return settle(draft)
  keepOutright(draft, text)
  leaveOpen(draft)
  const open = draft.state.crisis?.open ? draft.state.crisis : null
  const sign = signOf(input.message.verdict, text, { open, asked: checkedWho(draft) })
  closeCheckIn(draft)
  enterDanger(draft, sign, 'crisis')
  armWake(draft)
  if (shown !== typedIn(input.message)) draft.effects.push({ type: 'show-as', text: shown })
  return finish(draft)
}

function take(draft: Draft, input: Input): void {
  switch (input.type) {
    case 'open':
      if (draft.state.stack.length === 0 && draft.state.disposition === null) rewalk(draft)
      else again(draft)
      return
    case 'message':
      begun(draft)
      hearMasked(draft, input.message)
      takeMessage(draft, input.message)
      return
    case 'calendar-said':
    case 'photo-received':
    case 'photo-refused':
    case 'coverage-checked':
    case 'consents-revoked':
    case 'time-passed':
    case 'language-chosen':
      takeFromOutside(draft, input)
      return
    case 'answered':
      takeAnswered(draft, input.question, input.answer)
      return
    case 'payer-found':
      goOnWith(draft, input)
      return
    case 'return-code-issued':
    case 'saved-found':
      takeFromHouse(draft, input)
      return
    case 'sign-added':
      enterDanger(draft, { label: input.label, who: 'self' }, 'crisis')
      return
    case 'staff-took-over':
    case 'staff-handed-back':
      takeStaff(draft, input)
      return
  }
}

function takeStaff(draft: Draft, input: Extract<Input, { type: 'staff-took-over' | 'staff-handed-back' }>): void {
  const isHere = input.type === 'staff-took-over'
  if (isHere) change(draft, { staff: { name: input.name, since: input.at } })
  const words = phrase(draft, isHere ? 'staff-here' : 'staff-left')
  tell(draft, bubble(words, draft.state.locale, { kind: 'notice' }))
  if (isHere) return
  change(draft, { staff: null })
  if (!endWait(draft, STAFF_CAME)) again(draft)
}

function goOnWith(draft: Draft, { said, found }: Extract<Input, { type: 'payer-found' }>): void {
  takePayer(draft, said, found)
  advance(draft)
  walk(draft)
}

/** A first message without `open` starts the script silently: its question is the one that is pending. */
function begun(draft: Draft): void {
  if (draft.state.stack.length > 0) return
  const quiet = beginDraft(draft.world, draft.state, draft.at)
  rewalk(quiet)
  draft.state = { ...quiet.state, said: draft.state.said }
}

function again(draft: Draft): void {
  if (pendingOf(draft)) {
    askPending(draft, false)
    return
  }
  rewalk(draft)
}

/** The gate's memory and the stored message hold no number of a card and no social security number. */
function hearMasked(draft: Draft, message: ScreenedMessage): void {
  const shown = shownAs(draft, message)
  if (shown !== null) draft.effects.push({ type: 'show-as', text: shown })
  hear(draft, message, shown ?? typedIn(message))
}
