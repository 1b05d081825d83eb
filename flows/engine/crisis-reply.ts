/**
 * What is answered while the protocol is open: choices, free words, questions; always one step further.
 */

import type { DangerLabel } from '../safety/verdict.ts'
import {
  askNext,
  askNothing,
  crisisOptions,
  enterDanger,
  inProtocol,
  leave,
  pendingFollowUp,
  tellEmergencyCard,
  tellShortCard,
} from './crisis.ts'
import { deniedWords, fineWords, heardWords } from './crisis-words.ts'
import { change, type Draft, keep, tell } from './draft.ts'
import { phrase, spoken } from './message.ts'
import type { FollowUpOption } from './protocol.ts'
import { chooseOne, exactChoice } from './understand/choice.ts'
import { commandIn, courtesyIn } from './understand/commands.ts'
import { isDenial, isFine } from './understand/denial.ts'
import { looksLikeQuestion } from './understand/question-words.ts'
import { rewalk } from './walk.ts'
import type { Text } from './words.ts'

type Reply =
  | { readonly type: 'continue' | 'person' }
  | { readonly type: 'words'; readonly words: Text | null; readonly chosen?: FollowUpOption }
  | { readonly type: 'heavier'; readonly label: DangerLabel }

/** A message while the protocol is open that the gate lets pass. */
export function replyInDanger(draft: Draft, text: string): void {
  const command = commandIn(text)?.type
  if (command === 'who-are-you') {
    sayAndGoOn(draft, draft.world.flows.crisis.automated)
    return
  }
  const reply = replyIn(draft, text, chooseOne)
  if (reply) {
    follow(draft, reply)
    return
  }
  if (isDenial(text)) {
    sayAndGoOn(draft, deniedWords(draft))
    return
  }
  if (isFine(text)) {
    sayAndGoOn(draft, fineWords(draft))
    return
  }
  const courtesy = courtesyIn(text)
  if (courtesy) {
    tell(draft, inProtocol(draft, { kind: 'notice', words: phrase(draft, courtesy) }))
    askNext(draft)
    return
  }
  if (looksLikeQuestion(text) && command !== 'why' && command !== 'explain') {
    draft.effects.push({ type: 'answer-question', question: text })
    return
  }
  sayAndGoOn(draft, heardWords(draft))
}

/**
 * A choice of the protocol that the gate escalates again ("no" to "are they breathing?"): the card with the
 * primary resource comes first, and the protocol goes on from that choice.
 *
 * @returns false when the message is no choice of the step that was asked.
 */
export function chooseInDanger(draft: Draft, text: string): boolean {
  const reply = replyIn(draft, text, exactChoice)
  if (!reply) return false
  if (reply.type === 'heavier') {
    enterDanger(draft, { label: reply.label, who: draft.state.crisis!.who }, 'crisis')
    return true
  }
  if (reply.type === 'words') {
    tellShortCard(draft, reply.words ?? heardWords(draft), reply.chosen?.calls)
    goOnAfter(draft, reply.chosen)
    return true
  }
  tellShortCard(draft, heardWords(draft))
  follow(draft, reply)
  return true
}

function replyIn(draft: Draft, text: string, choose: typeof chooseOne): Reply | null {
  const { crisis } = draft.world.flows
  const followUp = pendingFollowUp(draft)
  const denied = isDenial(text) ? (followUp?.options.find((option) => option.isDenial)?.value ?? null) : null
  const value = denied ?? choose(crisisOptions(draft, [...(followUp?.options ?? []), crisis.personOption]), text)
  if (value === null) return null
  if (value === crisis.continueOption.value) return { type: 'continue' }
  if (value === crisis.elsewhereOption.value) return { type: 'words', words: crisis.elsewhere }
  const chosen = followUp?.options.find((option) => option.value === value)
  if (!chosen) return { type: 'person' }
  keep(draft, `danger-${followUp!.id}`, { value: chosen.value, said: text })
  const { label } = draft.state.crisis!
  if (chosen.leadsTo && chosen.leadsTo !== label) return { type: 'heavier', label: chosen.leadsTo }
  return { type: 'words', words: chosen.reply ?? null, chosen }
}

function follow(draft: Draft, reply: Reply): void {
  switch (reply.type) {
    case 'continue':
      leave(draft)
      return
    case 'person':
      callPerson(draft)
      return
    case 'words':
      sayAndGoOn(draft, reply.words, reply.chosen)
      return
    case 'heavier':
      enterDanger(draft, { label: reply.label, who: draft.state.crisis!.who }, 'check-in')
      return
  }
}

function sayAndGoOn(draft: Draft, words: Text | null, chosen?: FollowUpOption): void {
  if (words && chosen?.calls === 'emergency') tellEmergencyCard(draft, words, 'notice')
  else if (words) tell(draft, inProtocol(draft, { kind: 'notice', words: spoken(draft, words) }))
  goOnAfter(draft, chosen)
}

function goOnAfter(draft: Draft, chosen: FollowUpOption | undefined): void {
  if (chosen?.isQuiet) askNothing(draft)
  else askNext(draft)
}

/** The lead is on the desk already; a number is asked for, never demanded. */
function callPerson(draft: Draft): void {
  const words = spoken(draft, draft.world.flows.crisis.personComing)
  tell(draft, inProtocol(draft, { kind: 'notice', words }))
  change(draft, { crisis: { ...draft.state.crisis!, open: false } })
  keep(draft, 'wants-person', { value: 'yes', said: '' })
  rewalk(draft)
}
