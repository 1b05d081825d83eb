/**
 * An unclear sign: one direct, kind question, and the answer decides. The script waits meanwhile.
 */
import type { InputSpec } from '../activity.ts'
import type { DangerLabel } from '../safety/verdict.ts'
import { isDangerLabel } from '../safety/verdict.ts'
import { enterDanger, type Sign } from './crisis.ts'
import { change, type Draft, note, noted, tell } from './draft.ts'
import { bubble, reply, spoken } from './message.ts'
import { askPending } from './question.ts'
import { chooseOne } from './understand/choice.ts'
import { inLanguage } from './words.ts'

export const CHECK_IN_FLOW = 'check-in'

/** The script's own question waits below; a second unclear sign is asked about in other words. */
export function checkIn(draft: Draft, sign: Sign): void {
  const { crisis } = draft.world.flows
  const wasAsked = noted(draft.state, 'checked') === sign.label
  note(draft, 'checked', sign.label)
  note(draft, 'checked-who', sign.who)
  const protocol = crisis.protocols.find((one) => one.label === sign.label) ?? crisis.protocols[0]!
  const stack = draft.state.stack.filter((place) => place.flow !== CHECK_IN_FLOW)
  change(draft, { stack: [...stack, { flow: CHECK_IN_FLOW, step: sign.label }] })
  const words = spoken(draft, wasAsked ? crisis.checkInAgain : protocol.checkIn)
  const options = [crisis.yes, crisis.no].map((option) => ({ value: option.value, label: inLanguage(option, draft.state.locale) }))
  const input: InputSpec = { type: 'choice', field: 'safety', options, optional: true }
  const data = { kind: 'check-in' as const, label: sign.label, flow: CHECK_IN_FLOW, step: sign.label, input }
  tell(draft, { ...bubble(words, draft.state.locale, data), suggestedActions: { actions: options.map((option) => reply(option.label)) } })
}

export function pendingCheckIn(draft: Draft): DangerLabel | null {
  const top = draft.state.stack.at(-1)
  return top?.flow === CHECK_IN_FLOW && isDangerLabel(top.step) ? top.step : null
}

export function replyToCheckIn(draft: Draft, label: DangerLabel, text: string): void {
  const { crisis } = draft.world.flows
  change(draft, { stack: draft.state.stack.filter((place) => place.flow !== CHECK_IN_FLOW) })
  const value = chooseOne([crisis.yes, crisis.no], text)
  if (value === 'yes') {
    const who = noted(draft.state, 'checked-who') === 'other' ? 'other' : 'self'
    return enterDanger(draft, { label, who }, 'check-in')
  }
  const words = spoken(draft, value === 'no' ? crisis.checkInNo : crisis.checkInUnclear)
  tell(draft, bubble(words, draft.state.locale, { kind: 'notice', flow: CHECK_IN_FLOW, step: label }))
  askPending(draft, false)
}
