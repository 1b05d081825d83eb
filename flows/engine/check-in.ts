/**
 * An unclear sign: one direct, kind question, and the answer decides. The script waits meanwhile.
 */
import type { InputSpec } from '../activity.ts'
import type { DangerLabel } from '../safety/verdict.ts'
import { isDangerLabel } from '../safety/verdict.ts'
import { askAside, asks, dropAside, keepAside, leaveAsideToStaff } from './aside.ts'
import { enterDanger, noteDangerWords } from './crisis.ts'
import { medical } from './crisis-words.ts'
import { change, type Draft, note, noted, tell } from './draft.ts'
import { bubble, phrase, reply, spoken } from './message.ts'
import type { Sign } from './sign.ts'
import { chooseOne, exactChoice } from './understand/choice.ts'
import { commandIn } from './understand/commands.ts'
import { isDenial, isFine } from './understand/denial.ts'
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
  keepAside(draft)
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

/** The question itself; asked once more in the same words after the language was changed, or when its reason was told. */
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
  if (saysWhy(draft, label, text)) return
  closeCheckIn(draft)
  const { value, rest } = readReply(draft, text)
  if (value === 'yes') {
    dropAside(draft)
    const who = noted(draft.state, 'checked-who') === 'other' ? 'other' : 'self'
    enterDanger(draft, { label, who }, 'check-in')
    return
  }
  tellNotice(draft, label, spoken(draft, wordsAfter(draft, { label, isNo: value === 'no' })))
  if (!askAside(draft, rest)) walk(draft)
}

/** Something else is wanted before the question is answered: a person, back, an end. It is not held against her. */
export function passCheckIn(draft: Draft, label: DangerLabel): void {
  closeCheckIn(draft)
  tellNotice(draft, label, spoken(draft, wordsAfter(draft, { label, isNo: false })))
  leaveAsideToStaff(draft)
}

/** "Why do you ask?", "what?", "are you a robot?" have their answer once, and the question stays open. */
function saysWhy(draft: Draft, label: DangerLabel, text: string): boolean {
  const words = reason(draft, text)
  if (words === null || noted(draft.state, `said-why-${label}`) !== null) return false
  note(draft, `said-why-${label}`, 'yes')
  tellNotice(draft, label, words)
  tellCheckIn(draft, label, false)
  return true
}

function reason(draft: Draft, text: string): string | null {
  const command = commandIn(text)?.type
  if (command === 'who-are-you') return phrase(draft, 'i-am-automated')
  const { checkInWhy } = draft.world.flows.crisis
  return checkInWhy && (command === 'why' || command === 'explain') ? spoken(draft, checkInWhy) : null
}

/** A yes or no, alone or before something else ("No. Do you take Aetna?"), and what was said besides. */
function readReply(draft: Draft, text: string): { value: string | null; rest: string } {
  const [first = '', ...others] = text.split(/(?<=[.,;:!?\n])/)
  const begun = first.replace(/[.,;:!?\n]+$/, '')
  // "Ok, do you take Aetna?" is no yes to being in danger.
  const isYes = exactChoice([draft.world.flows.crisis.yes], begun) !== null
  const atFirst = isYes ? 'yes' : readChoice(draft, begun) === 'no' ? 'no' : null
  const saysNothingMore = commandIn(begun) !== null || (atFirst !== null && !asks(begun))
  return { value: readChoice(draft, text) ?? atFirst, rest: saysNothingMore ? others.join('').trim() : text }
}

function readChoice(draft: Draft, said: string): string | null {
  const { yes, no } = draft.world.flows.crisis
  return isDenial(said) || isFine(said) ? 'no' : chooseOne([yes, no], said)
}

function tellNotice(draft: Draft, label: DangerLabel, words: string): void {
  tell(draft, bubble(words, draft.state.locale, { kind: 'notice', flow: CHECK_IN_FLOW, step: label }))
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
