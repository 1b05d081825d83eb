/**
 * After a danger sign: the card first, then the protocol's steps one at a time, never the same words
 * twice, and never an end of the chat from our side.
 */
import type { BotMessage, HeroCard, MessageKind, PorchlightData } from '../activity.ts'
import { namesMeans } from '../safety/means.ts'
import type { DangerLabel } from '../safety/verdict.ts'
import { heardWords } from './crisis-words.ts'
import { change, type Draft, keep, note, noted, tell } from './draft.ts'
import type { Option } from './flow.ts'
import { countSign, ownSuicideSign } from './known-signs.ts'
import { openLead } from './lead.ts'
import { bubble, emergencyCard, reply, resourceCard, spoken } from './message.ts'
import type { FollowUp, Protocol } from './protocol.ts'
import { pendingOf } from './question.ts'
import type { Sign } from './sign.ts'
import { rewalk, walk } from './walk.ts'
import { inLanguage, type Text } from './words.ts'

export const CRISIS_FLOW = 'crisis'

/** Signs of one kind, light to heavy: a lighter one never takes over from a heavier one. */
const oneKind: readonly DangerLabel[] = ['suicide_passive', 'self_harm', 'suicide_active', 'suicide_imminent']

/** The note under which the visitor's own words of danger stand, the newest of them. */
export const DANGER_WORDS = 'danger-words'

/** What she wrote last is what staff read first, beside the label; a mere "yes" takes the place of no sentence. */
export function noteDangerWords(draft: Draft): void {
  const text = draft.state.said.findLast((turn) => turn.role === 'user')?.text ?? ''
  const isSentence = text.trim().split(/\s+/).length >= 3
  if (text !== '' && (isSentence || noted(draft.state, DANGER_WORDS) === null)) note(draft, DANGER_WORDS, text)
}

/** @param kind - `crisis` exactly when the gate said `escalate`; a scripted answer shows the same card as `check-in`. */
export function enterDanger(draft: Draft, sign: Sign, kind: 'crisis' | 'check-in'): void {
  noteDangerWords(draft)
  const before = draft.state.crisis
  const isLighter =
    before !== null && oneKind.includes(sign.label) && oneKind.indexOf(sign.label) < oneKind.indexOf(before.label)
  const label = isLighter ? before.label : sign.label
  // The writer's own heavier sign stays her own when she adds somebody else's lighter one.
  const who = isLighter && before.who === 'self' ? 'self' : sign.who
  change(draft, {
    crisis: { label, who, since: before?.since ?? draft.at, stage: before?.stage ?? 0, open: true },
    misses: 0,
  })
  countSign(draft)
  tellCard(draft, kind)
  raise(draft, label)
  if (draft.state.staff === null) askNext(draft)
}

/** A lead at the top of the queue and a page to the person on call, once per label. */
function raise(draft: Draft, label: DangerLabel): void {
  const hour = draft.at.slice(0, 13)
  if (noted(draft.state, 'raised') === `${label} ${hour}`) return
  note(draft, 'raised', `${label} ${hour}`)
  openLead(draft)
  draft.effects.push({ type: 'page-on-call', label })
}

/** The whole card the first time; afterwards one sentence and the primary resource, never the same block. */
function tellCard(draft: Draft, kind: 'crisis' | 'check-in'): void {
  const { label, who } = draft.state.crisis!
  if (wasShown(draft, label)) {
    tellShortCard(draft, heardWords(draft))
    return
  }
  show(draft, label)
  const { quickExit, ...protocol } = protocolOf(draft, label)
  const lines = [quickExit, protocol[who].first, protocol[who].now].filter((line) => line !== undefined)
  const { card, ids } = resourceCard(label, draft, spoken(draft, draft.world.flows.crisis.automated))
  const words = lines.map((line) => spoken(draft, line)).join('\n')
  tell(draft, withCard(inProtocol(draft, { kind, words }), card, ids))
}

/** For a message that the gate escalates again while the protocol is open. */
export function tellShortCard(draft: Draft, words: Text, calls?: 'emergency'): void {
  if (calls === 'emergency') {
    tellEmergencyCard(draft, words, 'crisis')
    return
  }
  const { card, ids } = resourceCard(draft.state.crisis!.label, draft)
  const primary = { ...card, content: { ...card.content, buttons: card.content.buttons.slice(0, 1) } }
  tell(draft, withCard(inProtocol(draft, { kind: 'crisis', words: spoken(draft, words) }), primary, ids))
}

/** Words that name the emergency number come with its button. */
export function tellEmergencyCard(draft: Draft, words: Text, kind: 'crisis' | 'notice'): void {
  const { card, ids } = emergencyCard(draft)
  tell(draft, withCard(inProtocol(draft, { kind, words: spoken(draft, words) }), card, ids))
}

function withCard(message: BotMessage, card: HeroCard, ids: string[]): BotMessage {
  const { porchlight } = message.channelData
  return { ...message, attachments: [card], channelData: { porchlight: { ...porchlight, resources: ids } } }
}

function protocolOf(draft: Draft, label: DangerLabel): Protocol {
  const { protocols } = draft.world.flows.crisis
  return protocols.find((one) => one.label === label) ?? protocols[0]!
}

function wasShown(draft: Draft, step: string): boolean {
  return draft.state.trail.some((place) => place.flow === CRISIS_FLOW && place.step === step)
}

function show(draft: Draft, step: string): void {
  const { trail, crisis } = draft.state
  change(draft, {
    trail: wasShown(draft, step) ? trail : [...trail, { flow: CRISIS_FLOW, step }],
    crisis: crisis && { ...crisis, stage: crisis.stage + 1 },
  })
}

/** The next step of the protocol that was not asked yet; after the last, the parting words in turn. */
export function askNext(draft: Draft): void {
  const { label, who } = draft.state.crisis!
  const next = protocolOf(draft, label).steps.find(
    (step) =>
      (step.who ?? who) === who &&
      !wasShown(draft, stepName(label, step)) &&
      !(step.unlessMeansNamed && draft.state.said.some((turn) => turn.role === 'user' && namesMeans(turn.text))),
  )
  if (next) {
    show(draft, stepName(label, next))
    tellQuestion(draft, spoken(draft, next.ask), next.options)
    return
  }
  const { stillHere, personOption } = draft.world.flows.crisis
  const index = stillHere.findIndex((_, one) => !wasShown(draft, `still-here-${one}`))
  if (index === -1) {
    leave(draft)
    return
  }
  show(draft, `still-here-${index}`)
  tellQuestion(draft, spoken(draft, stillHere[index]!), [personOption])
}

/** Where it is not safe to write: no further question, only the way back. */
export function askNothing(draft: Draft): void {
  const { whenSafe, resuming } = draft.world.flows.crisis
  tellQuestion(draft, spoken(draft, whenSafe ?? resuming), [])
}

/**
 * Said while nobody answers: the protocol goes no step further.
 *
 * @param isFirst - the question that waits is put once more; later only a person is offered, not the same question.
 */
export function speakUpInDanger(draft: Draft, words: string, isFirst: boolean): void {
  const { stillHere, personOption } = draft.world.flows.crisis
  if (!isFirst) {
    tellQuestion(draft, words, [personOption])
    return
  }
  tell(draft, inProtocol(draft, { kind: 'notice', words }))
  const followUp = pendingFollowUp(draft)
  if (followUp) tellQuestion(draft, spoken(draft, followUp.ask), followUp.options)
  else tellQuestion(draft, spoken(draft, stillHere[0]!), [personOption])
}

/** The follow-up that waits for its answer, if the last thing asked was one. */
export function pendingFollowUp(draft: Draft): FollowUp | null {
  const { crisis } = draft.state
  if (!crisis) return null
  const last = draft.state.trail.findLast((place) => place.flow === CRISIS_FLOW)?.step
  return protocolOf(draft, crisis.label).steps.find((step) => stepName(crisis.label, step) === last) ?? null
}

function stepName(label: DangerLabel, step: FollowUp): string {
  return `${label}.${step.id}`
}

/** Every question of the protocol lets the person go on, or say that these numbers do not reach her. */
export function crisisOptions(draft: Draft, own: readonly Option[]): Option[] {
  const { continueOption, elsewhereOption } = draft.world.flows.crisis
  return [...own, continueOption, elsewhereOption]
}

function tellQuestion(draft: Draft, words: string, own: readonly Option[]): void {
  const { locale } = draft.state
  const options = crisisOptions(draft, own).map((option) => ({
    value: option.value,
    label: inLanguage(option, locale),
  }))
  const input = { type: 'choice' as const, field: 'safety', options, optional: true }
  const message = inProtocol(draft, { kind: 'check-in', words, input })
  tell(draft, { ...message, suggestedActions: { actions: options.map((option) => reply(option.label)) } })
}

/** A message of the protocol: its label, and the step that it belongs to. */
export function inProtocol(
  draft: Draft,
  said: { kind: MessageKind; words: string; input?: PorchlightData['input'] },
): BotMessage {
  const { label } = draft.state.crisis!
  const { kind, words, input } = said
  const step = draft.state.trail.findLast((place) => place.flow === CRISIS_FLOW)?.step ?? label
  return bubble(words, draft.state.locale, { kind, label, flow: CRISIS_FLOW, step, ...(input ? { input } : {}) })
}

/** Back to the script, when the person is ready. The sign itself stays known. */
export function leave(draft: Draft): void {
  const { crisis } = draft.state
  if (crisis) change(draft, { crisis: { ...crisis, open: false } })
  tell(draft, bubble(spoken(draft, draft.world.flows.crisis.resuming), draft.state.locale, { kind: 'notice' }))
  if (!asksWhatHelps(draft)) {
    walk(draft)
    return
  }
  keep(draft, CAME_BACK, { value: 'yes', said: '' })
  rewalk(draft)
}

/** Set when somebody comes back into the questions after her own sign of suicide: the script first asks what helps. */
const CAME_BACK = 'came-back'

/** Not where the question that waits is open already, or is about reaching a person. */
const goesOnFrom: ReadonlySet<string> = new Set(['welcome', 'minor', 'contact', 'consent', 'review', 'closing'])

function asksWhatHelps(draft: Draft): boolean {
  const flow = pendingOf(draft)?.place.flow
  return ownSuicideSign(draft.state) !== null && flow !== undefined && !goesOnFrom.has(flow)
}
