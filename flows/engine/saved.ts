/**
 * Save and come back: a code for another day or another device, and the talk that goes on with it.
 *
 * The engine knows neither the code's making nor where talks are kept: it asks the house for both. A wrong
 * code or word is answered alike, whether or not there is such a code.
 */
import type { ConversationState, Input } from '../conversation.ts'
import { change, type Draft, forget, keep, note, tell } from './draft.ts'
import { COME_BACK_FLOW, SAVE_FLOW } from './library.ts'
import { bubble, phrase } from './message.ts'
import type { Pending } from './question.ts'
import { advance, firstStep, rewalk, walk } from './walk.ts'

type FromHouse = Extract<Input, { type: 'return-code-issued' | 'saved-found' }>

/** No letter or figure that is mistaken for another; two groups of five. */
const CODE = /^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$/

/** The code as it is kept, or null when the text is none. */
export function returnCodeIn(text: string): string | null {
  const code = text
    .trim()
    .toUpperCase()
    .replaceAll(/\s{0,9}[-–—]\s{0,9}/g, '-')
  return CODE.test(code) ? code : null
}

/** A single word where one was asked for as a key says nothing about the person; a plain sign of danger still does. */
export function isReturnWord(pending: Pending | null, text: string): boolean {
  return ['return-word', 'return-said'].includes(pending?.asked.answer ?? '') && !/\s/.test(text.trim())
}

export function beginSaving(draft: Draft): void {
  forget(draft, ['return-word'])
  change(draft, { stack: [...draft.state.stack, { flow: SAVE_FLOW, step: firstStep(draft, SAVE_FLOW) }] })
  walk(draft)
}

export function beginComingBack(draft: Draft, code: string): void {
  forget(draft, ['return-said'])
  note(draft, 'return-code', code)
  change(draft, { stack: [...draft.state.stack, { flow: COME_BACK_FLOW, step: firstStep(draft, COME_BACK_FLOW) }] })
  walk(draft)
}

export function takeFromHouse(draft: Draft, input: FromHouse): void {
  if (input.type === 'return-code-issued') takeCode(draft, input.code)
  else takeSaved(draft, input.saved)
}

/** The code is shown once, here. */
function takeCode(draft: Draft, code: string | null): void {
  const words = code === null ? phrase(draft, 'no-code-now') : `${phrase(draft, 'your-code')} ${code}`
  const place = { flow: SAVE_FLOW, step: 'code' }
  tell(draft, bubble(words, draft.state.locale, { kind: 'notice', ...place }))
  advance(draft)
  walk(draft)
}

/** Not carried over: consents (they are asked again), what staff hold of the former talk, and the code itself. */
const staysBehind = /^(note\.(lead|raised|alerted|told|heard|denied|return-)|return-|consent-|came-back|review|closing)/

/** The former talk goes on here, at its first open question. */
function takeSaved(draft: Draft, saved: ConversationState | null): void {
  const { locale } = draft.state
  forget(draft, ['return-said', 'note.return-code'])
  if (saved === null) {
    tell(
      draft,
      bubble(phrase(draft, 'code-does-not-fit'), locale, { kind: 'notice', flow: COME_BACK_FLOW, step: 'look-up' }),
    )
    rewalk(draft)
    return
  }
  const kept = Object.entries(saved.answers).filter(([name]) => !staysBehind.test(name))
  const { coverage, route, openQuestions } = saved
  change(draft, {
    answers: { ...Object.fromEntries(kept), ...draftNotes(draft) },
    crisis: draft.state.crisis ?? (saved.crisis && { ...saved.crisis, open: false }),
    trail: saved.trail,
    coverage,
    route,
    openQuestions,
  })
  note(draft, 'told', 'welcome/notice screening/intro')
  tell(draft, bubble(phrase(draft, 'welcome-back'), locale, { kind: 'notice', flow: COME_BACK_FLOW, step: 'look-up' }))
  keep(draft, 'intent', saved.answers.intent ?? { value: 'screening', said: '' })
  rewalk(draft)
}

/** What was noted here of danger stays. */
function draftNotes(draft: Draft): ConversationState['answers'] {
  return Object.fromEntries(
    Object.entries(draft.state.answers).filter(([name]) => /^note\.(danger|raised|lead)/.test(name)),
  )
}
