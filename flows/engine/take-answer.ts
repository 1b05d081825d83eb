/**
 * Keeps an answer and goes on; asks once more, then offers a person, never in a loop.
 */

import { consentOf, subjectOf } from '../consents.ts'
import type { GivenAnswer } from '../conversation.ts'
import { audienceOf } from './context.ts'
import { coverageEvent } from './coverage.ts'
import { change, type Draft, forget, keep, note, noted, tell } from './draft.ts'
import type { AskStep } from './flow.ts'
import { CLOSING_FLOW, fingerprint } from './library.ts'
import { bubble, phrase, spoken } from './message.ts'
import type { PhraseName } from './phrases.ts'
import { askPending, clarify, type Pending, pendingOf } from './question.ts'
import { asksOf } from './review.ts'
import { endConsents } from './revoke.ts'
import { setAside } from './set-aside.ts'
import { hintFor } from './understand/card-ids.ts'
import { exactChoice } from './understand/choice.ts'
import { type Volunteered, volunteered } from './understand/volunteered.ts'
import { advance, rewalk, walk } from './walk.ts'
import { inLanguage } from './words.ts'

export const WORDS_MAX = 1_000

type Given = Pick<GivenAnswer, 'value' | 'said'>

export function give(draft: Draft, pending: Pending, given: Given): void {
  const isSkippedPhoto = pending.asked.input === 'photo' && given.value === 'skip'
  keep(draft, pending.asked.answer, isSkippedPhoto ? { ...given, value: null } : asShown(draft, pending, given))
  change(draft, { misses: 0 })
  if ('ask' in pending.step) recordConsent(draft, pending.step, given.value === 'yes')
  tellHint(draft, pending, given.value)
  if (isMinorByBirthDate(draft, pending, given.value)) {
    becomeMinor(draft, given.said)
    return
  }
  const extra = volunteered(given.said).filter(
    (one) => one.name !== pending.asked.answer && draft.state.answers[one.name] === undefined,
  )
  for (const { name, value } of extra) keep(draft, name, { value, said: given.said })
  if (pending.asked.answer === 'for-whom' || pending.asked.answer === 'age' || extra.length > 0) {
    setAside(draft)
    rewalk(draft)
    return
  }
  advance(draft)
  walk(draft)
}

/**
 * A sign may be an answer, too: "yes" to a safety question, or the visitor's own words. It is kept before
 * the protocol or the check-in speaks, so that it is not asked again.
 */
export function keepOutright(draft: Draft, text: string): void {
  const pending = pendingOf(draft)
  if (!pending || pending.asked.isOpen || draft.state.crisis?.open) return
  const { asked } = pending
  const value = asked.answer === 'own-words' ? text.trim().slice(0, WORDS_MAX) : exactChoice(asked.options, text)
  if (value !== null && value !== '')
    keep(draft, asked.answer, { value: asked.input === 'multi' ? [value] : value, said: text })
}

const DANGER_AT_MOST = 2

/** A question at which danger was written again and again is left open, never put a third time. */
export function leaveOpen(draft: Draft): void {
  const pending = pendingOf(draft)
  if (!pending?.asked.isOptional || pending.asked.isOpen || draft.state.crisis?.open) return
  const { answer } = pending.asked
  if (draft.state.answers[answer] !== undefined) return
  const [where, times = '0'] = (noted(draft.state, 'danger-at') ?? '').split(' ')
  const count = where === answer ? Number(times) + 1 : 1
  note(draft, 'danger-at', `${answer} ${count}`)
  if (count > DANGER_AT_MOST) keep(draft, answer, { value: null, said: '' })
}

/** Refused is an answer: unknown, never "no". */
export function refuse(draft: Draft, pending: Pending, text: string): void {
  if (!pending.asked.isOptional) {
    clarifyOnce(draft, phrase(draft, 'cannot-skip'), true)
    return
  }
  keep(draft, pending.asked.answer, { value: null, said: text })
  if (pending.asked.answer === 'payer') coverageEvent(draft, { type: 'declined' })
  change(draft, { misses: 0 })
  if ('ask' in pending.step) recordConsent(draft, pending.step, false)
  advance(draft)
  walk(draft)
}

/** "The first one" of a list that is gone tomorrow is kept as the list said it. */
function asShown(draft: Draft, { asked, step }: Pending, given: Given): Given {
  if (!('ask' in step) || step.optionsFrom !== 'free-slots') return given
  const option = asked.options.find(({ value }) => value === given.value)
  return option ? { ...given, said: inLanguage(option, draft.state.locale) } : given
}

/** Hints never block: what was typed a second time is taken as it stands. */
export function keepsAsTyped(pending: Pending, check: PhraseName): boolean {
  return ['member-id', 'phone', 'email'].includes(pending.asked.input) && check !== 'which-date'
}

const TYPED_MAX = 60

export function giveAsTyped(draft: Draft, pending: Pending, text: string): void {
  note(draft, `typed-${pending.asked.answer}`, 'yes')
  tell(draft, bubble(phrase(draft, 'kept-as-typed'), draft.state.locale, { kind: 'notice' }))
  give(draft, pending, { value: text.trim().slice(0, TYPED_MAX), said: text })
}

function tellHint(draft: Draft, { asked }: Pending, value: GivenAnswer['value']): void {
  if (asked.answer !== 'member-id' || typeof value !== 'string' || value.includes(' ')) return
  const hint = hintFor(draft.state.coverage.payer, value)
  if (hint !== null) tell(draft, bubble(phrase(draft, hint), draft.state.locale, { kind: 'notice' }))
}

const YEARS_ADULT = 18

/** The birth date of the person whom the plan insures; a subscriber's own tells nothing here. */
function isMinorByBirthDate(draft: Draft, { asked }: Pending, value: GivenAnswer['value']): boolean {
  if (asked.answer !== 'birth-date' || typeof value !== 'string') return false
  const adultOn = `${Number(value.slice(0, 4)) + YEARS_ADULT}${value.slice(4)}`
  return adultOn > draft.at.slice(0, 10)
}

/** Under 18 nothing of insurance is kept, and the script for the young takes over. */
function becomeMinor(draft: Draft, said: string): void {
  forget(draft, [
    'payer',
    'payer-company',
    'plan-type',
    'whose-plan',
    'card-photo',
    'member-id',
    'group-number',
    'card-name',
    'birth-date',
  ])
  endConsents(draft, ['payer-disclosure'], 'visitor')
  coverageEvent(draft, { type: 'forgotten' })
  if (audienceOf(draft.state) === 'loved-one') keep(draft, 'person-adult', { value: 'no', said: '' })
  else keep(draft, 'age', { value: YEARS_ADULT - 1, said: said === '' ? '' : '••••' })
  setAside(draft)
  rewalk(draft)
}

function recordConsent(draft: Draft, step: AskStep, isGiven: boolean): void {
  if (step.consent === undefined) return
  const { locale, coverage } = draft.state
  const program = inLanguage(draft.world.program.name, locale)
  const consent = consentOf({
    kind: step.consent,
    given: isGiven,
    textVersion: `${step.id}@${fingerprint(`${step.ask.en}\n${step.ask.es}`)}`,
    text: spoken(draft, step.ask),
    locale,
    at: draft.at,
    discloser: program,
    recipient:
      step.consent === 'payer-disclosure' ? coverage.payer : step.consent === 'pass-on' ? 'other programs' : null,
    subject: subjectOf(draft.state),
  })
  change(draft, { consents: [...draft.state.consents, consent] })
  if (step.consent === 'payer-disclosure') coverageEvent(draft, { type: isGiven ? 'consented' : 'revoked' })
  draft.effects.push({ type: 'record-consent', consent })
}

/** Two answers in so few words leave no room for a story. */
const FIGURES_ONLY = 8

/** Answers to other questions than the pending one; true when they moved the script. */
export function giveVolunteered(draft: Draft, said: Volunteered, text: string): boolean {
  const fresh = keepVolunteered(draft, said, text)
  if (fresh.length === 0) return false
  // "I'm 34 and it's for my son" says just that: what worries her is still to be asked.
  if (fresh.length < 2 || text.trim().split(/\s+/).length > FIGURES_ONLY) keepOwnWords(draft, text)
  const isStart = pendingOf(draft)?.asked.isOpen
  if (isStart && fresh.some((one) => one.name === 'for-whom' || one.name === 'court'))
    keep(draft, 'intent', { value: 'screening', said: text })
  setAside(draft)
  tell(draft, bubble(phrase(draft, 'thanks-words'), draft.state.locale, { kind: 'notice' }))
  rewalk(draft)
  return true
}

/** What was said in passing is not asked again. @returns what was new. */
export function keepVolunteered(draft: Draft, said: Volunteered, text: string): Volunteered {
  const asks = asksOf(draft.world.flows)
  const fresh = said.filter(
    (one) => draft.state.answers[one.name] === undefined && (asks.has(one.name) || one.name === 'court'),
  )
  for (const { name, value } of fresh) keep(draft, name, { value, said: text })
  return fresh
}

/** The first thing somebody tells us in her own words is what staff read first. */
export function keepOwnWords(draft: Draft, text: string): void {
  if (draft.state.answers['own-words'] !== undefined || text.trim().split(/\s+/).length < 4) return
  keep(draft, 'own-words', { value: text.trim().slice(0, WORDS_MAX), said: text })
}

/** Asks again with buttons; after the third time a person is offered instead of one more try. */
export function clarifyOnce(draft: Draft, said: string, counts: boolean): void {
  const misses = draft.state.misses + (counts ? 1 : 0)
  change(draft, { misses })
  if (misses < 3) {
    clarify(draft, misses < 2 ? said : `${said}\n${phrase(draft, 'choose-or-write')}`)
    return
  }
  const pending = pendingOf(draft)
  change(draft, { misses: 0 })
  note(draft, 'stuck-at', pending?.asked.answer ?? 'unknown')
  // Who has said how to be reached has a person on the way: one question is left open instead.
  const isReachable = draft.state.answers['contact-asked'] !== undefined
  const isClosing = pending?.place.flow === CLOSING_FLOW
  const isPast = isReachable || draft.state.answers['wants-person'] !== undefined || isClosing
  const words = isClosing
    ? 'choose-or-write'
    : isPast && pending?.asked.isOptional
      ? 'left-open'
      : 'person-after-misses'
  tell(draft, bubble(phrase(draft, words), draft.state.locale, { kind: 'notice' }))
  if (pending && !isPast) {
    keep(draft, 'wants-person', { value: 'yes', said: '' })
    rewalk(draft)
    return
  }
  if (pending?.asked.isOptional && !isClosing) {
    refuse(draft, pending, '')
    return
  }
  askPending(draft, true)
}
