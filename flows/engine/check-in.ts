/**
 * An unclear sign: one direct, kind question, and the answer decides. The script waits meanwhile.
 */
import type { InputSpec } from '../activity.ts'
import type { DangerLabel } from '../safety/verdict.ts'
import { isDangerLabel } from '../safety/verdict.ts'
import { enterDanger, noteDangerWords } from './crisis.ts'
import { medical } from './crisis-words.ts'
import { change, type Draft, note, noted, tell } from './draft.ts'
import { bubble, reply, spoken } from './message.ts'
import type { Sign } from './sign.ts'
import { chooseOne } from './understand/choice.ts'
import { isDenial, isFine } from './understand/denial.ts'
import { looksLikeQuestion } from './understand/question-words.ts'
import { walk } from './walk.ts'
import { inLanguage, type Text } from './words.ts'

export const CHECK_IN_FLOW = 'check-in'

const TIMES_AT_MOST = 2

/**
 * The script's own question waits below; a second unclear sign is asked about in other words.
 *
 * @returns false when this was asked twice already: the same question is not pressed on anybody.
 */
export function checkIn(draft: Draft, sign: Sign): boolean {
  const times = Number(noted(draft.state, `checked-${sign.label}`) ?? '0')
  if (times >= TIMES_AT_MOST) return false
  note(draft, `checked-${sign.label}`, String(times + 1))
  note(draft, 'checked-who', sign.who)
  noteDangerWords(draft)
  const stack = draft.state.stack.filter((place) => place.flow !== CHECK_IN_FLOW)
  change(draft, { stack: [...stack, { flow: CHECK_IN_FLOW, step: sign.label }] })
  tellCheckIn(draft, sign.label, times > 0)
  return true
}

/** Whom an open check-in asks about; null while none is open. */
export function checkedWho(draft: Draft): Sign['who'] | null {
  if (pendingCheckIn(draft) === null) return null
  return noted(draft.state, 'checked-who') === 'other' ? 'other' : 'self'
}

/** The question itself; asked once more in the same words after the language was changed. */
export function tellCheckIn(draft: Draft, label: DangerLabel, isAgain: boolean): void {
  const { crisis } = draft.world.flows
  const protocol = crisis.protocols.find((one) => one.label === label) ?? crisis.protocols[0]!
  const isOther = noted(draft.state, 'checked-who') === 'other'
  const first = (isOther ? protocol.checkInOther : undefined) ?? protocol.checkIn
  const words = spoken(draft, isAgain ? crisis.checkInAgain : first)
  const options = [crisis.yes, crisis.no].map((option) => ({
    value: option.value,
    label: inLanguage(option, draft.state.locale),
  }))
  const input: InputSpec = { type: 'choice', field: 'safety', options, optional: true }
  const data = { kind: 'check-in' as const, label, flow: CHECK_IN_FLOW, step: label, input }
  tell(draft, {
    ...bubble(words, draft.state.locale, data),
    suggestedActions: { actions: options.map((option) => reply(option.label)) },
  })
}

export function pendingCheckIn(draft: Draft): DangerLabel | null {
  const top = draft.state.stack.at(-1)
  return top?.flow === CHECK_IN_FLOW && isDangerLabel(top.step) ? top.step : null
}

/** Answered, or overtaken by a plain sign: the script goes on below it afterwards. */
export function closeCheckIn(draft: Draft): void {
  if (pendingCheckIn(draft) === null) return
  change(draft, { stack: draft.state.stack.filter((place) => place.flow !== CHECK_IN_FLOW) })
}

export function replyToCheckIn(draft: Draft, label: DangerLabel, text: string): void {
  const { crisis } = draft.world.flows
  closeCheckIn(draft)
  const value = isDenial(text) || isFine(text) ? 'no' : chooseOne([crisis.yes, crisis.no], text)
  if (value === 'yes') {
    const who = noted(draft.state, 'checked-who') === 'other' ? 'other' : 'self'
    enterDanger(draft, { label, who }, 'check-in')
    return
  }
  const words = spoken(draft, wordsAfter(draft, { label, isNo: value === 'no' }))
  tell(draft, bubble(words, draft.state.locale, { kind: 'notice', flow: CHECK_IN_FLOW, step: label }))
  const question = questionAround(draft, { text, isNo: value === 'no' })
  if (question === null) walk(draft)
  else draft.effects.push({ type: 'answer-question', question })
}

/** The question that was written in the place of an answer, or the one that was asked about: neither is lost. */
function questionAround(draft: Draft, { text, isNo }: { text: string; isNo: boolean }): string | null {
  if (!isNo) return looksLikeQuestion(text) ? text : null
  const before = draft.state.said.filter(({ role }) => role === 'user').at(-2)?.text ?? ''
  return looksLikeQuestion(before) ? before : null
}

/** Where the number to call is the emergency number: a body, or somebody's hand. */
const byEmergency: readonly DangerLabel[] = [
  ...medical,
  'violence_victim',
  'child_abuse',
  'harm_to_others',
  'psychosis_danger',
]

function wordsAfter(draft: Draft, { label, isNo }: { label: DangerLabel; isNo: boolean }): Text {
  const { crisis } = draft.world.flows
  if (byEmergency.includes(label)) return isNo ? crisis.checkInNoMedical : crisis.checkInUnclearMedical
  return isNo ? crisis.checkInNo : crisis.checkInUnclear
}
