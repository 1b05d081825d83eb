/**
 * What is answered while the protocol is open: choices, free words, questions; always one step further.
 */
import { crisisOptions, askNext, enterDanger, inProtocol, leave, pendingFollowUp } from './crisis.ts'
import { change, type Draft, keep, tell } from './draft.ts'
import type { Option } from './flow.ts'
import { spoken } from './message.ts'
import { chooseOne } from './understand/choice.ts'
import { looksLikeQuestion } from './understand/question-words.ts'
import { rewalk } from './walk.ts'
import type { Text } from './words.ts'

export function replyInDanger(draft: Draft, text: string): void {
  const { crisis } = draft.world.flows
  const followUp = pendingFollowUp(draft)
  const own: readonly Option[] = followUp?.options ?? [crisis.personOption]
  const value = chooseOne(crisisOptions(draft, [...own, crisis.personOption]), text)
  if (value === crisis.continueOption.value) return leave(draft)
  if (value === crisis.elsewhereOption.value) return sayAndGoOn(draft, crisis.elsewhere)
  if (value === crisis.personOption.value) return callPerson(draft)
  const chosen = followUp?.options.find((option) => option.value === value)
  if (chosen) {
    keep(draft, `danger-${followUp!.id}`, { value: chosen.value, said: text })
    const { who } = draft.state.crisis!
    if (chosen.leadsTo && chosen.leadsTo !== draft.state.crisis!.label) return enterDanger(draft, { label: chosen.leadsTo, who }, 'check-in')
    return sayAndGoOn(draft, chosen.reply ?? null)
  }
  if (looksLikeQuestion(text)) {
    draft.effects.push({ type: 'answer-question', question: text })
    return
  }
  sayAndGoOn(draft, crisis.heard)
}

function sayAndGoOn(draft: Draft, words: Text | null): void {
  if (words) tell(draft, inProtocol(draft, 'notice', spoken(draft, words)))
  askNext(draft)
}

/** The lead is on the desk already; a number is asked for, never demanded. */
function callPerson(draft: Draft): void {
  tell(draft, inProtocol(draft, 'notice', spoken(draft, draft.world.flows.crisis.personComing)))
  change(draft, { crisis: { ...draft.state.crisis!, open: false } })
  keep(draft, 'wants-person', { value: 'yes', said: '' })
  rewalk(draft)
}
