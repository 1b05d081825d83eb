/**
 * Carries out what works at every step: back, skip, a person, start over, language, goodbye, why, explain.
 */

import type { Place } from '../conversation.ts'
import { noCoverage } from '../coverage.ts'
import type { Locale } from '../vocabulary.ts'
import { bookedMarks } from './booking.ts'
import { pendingCheckIn, tellCheckIn } from './check-in.ts'
import { holds } from './condition.ts'
import { factsOf } from './context.ts'
import { askForCopy } from './copy.ts'
import { askNext } from './crisis.ts'
import { change, type Draft, forget, keep, note, tell } from './draft.ts'
import type { Step } from './flow.ts'
import { answerOf } from './flow.ts'
import { countedBySign } from './known-signs.ts'
import { CLOSING_FLOW, itemOf, stepAt } from './library.ts'
import { bubble, phrase, spoken } from './message.ts'
import { askPending, pendingOf } from './question.ts'
import { reachAgain } from './reach-again.ts'
import { revokeConsents } from './revoke.ts'
import { beginSaving } from './saved.ts'
import { refuse } from './take-answer.ts'
import type { Command } from './understand/commands.ts'
import { firstStep, rewalk } from './walk.ts'

export function doCommand(draft: Draft, command: Command): void {
  switch (command.type) {
    case 'back':
      goBack(draft, command.steps)
      return
    case 'skip': {
      const pending = pendingOf(draft)
      if (pending) refuse(draft, pending, 'skip')
      else rewalk(draft)
      return
    }
    case 'person':
      toPerson(draft)
      return
    case 'start-over':
      startOver(draft)
      return
    case 'language':
      speak(draft, command.locale)
      return
    case 'goodbye':
      goodbye(draft)
      return
    case 'save':
      beginSaving(draft)
      return
    case 'copy':
      askForCopy(draft)
      return
    case 'revoke':
      revokeConsents(draft)
      return
    case 'why':
    case 'explain':
    case 'who-are-you':
      askPending(draft, true, wordsAbout(draft, command.type))
      return
  }
}

function wordsAbout(draft: Draft, what: 'why' | 'explain' | 'who-are-you'): string {
  if (what === 'who-are-you') return phrase(draft, 'i-am-automated')
  return reasonFor(draft, what) ?? phrase(draft, what === 'why' ? 'no-why' : 'no-explain')
}

/** Whatever waits for the visitor is asked in the new language: a sign of danger before the script. */
export function speak(draft: Draft, locale: Locale): void {
  change(draft, { locale })
  if (draft.state.stack.length === 0) return
  const checked = pendingCheckIn(draft)
  if (!draft.state.crisis?.open && checked === null && staysAsked(draft)) {
    askPending(draft, true, phrase(draft, 'language-changed'))
    return
  }
  notice(draft, 'language-changed')
  if (draft.state.crisis?.open) askNext(draft)
  else if (checked !== null) tellCheckIn(draft, checked, false)
  // An instrument without words in this language is left for our own questions.
  else rewalk(draft)
}

/** A question that is meant for the other language only gives way to that of this one. */
function staysAsked(draft: Draft): boolean {
  const step = pendingOf(draft)?.step
  return step !== undefined && (step.when === undefined || holds(step.when, factsOf(draft)))
}

function notice(draft: Draft, name: Parameters<typeof phrase>[1]): void {
  tell(draft, bubble(phrase(draft, name), draft.state.locale, { kind: 'notice' }))
}

/** The last answered question opens again; what else was said at that place is asked again too. */
function goBack(draft: Draft, steps: number): void {
  const here = pendingOf(draft)?.place
  const asked = draft.state.trail.filter(
    (place) => stepAt(draft.world.flows, place) && (place.flow !== here?.flow || place.step !== here.step),
  )
  const target = asked.at(-steps)
  if (!target) {
    askPending(draft, true, phrase(draft, 'back-at-start'))
    return
  }
  const reopened = asked.slice(-steps)
  const names = reopened.map((place) => answerOf(stepAt(draft.world.flows, place)!)).filter((name) => name !== null)
  const besides = Object.entries(draft.state.answers)
    .filter(([, given]) => given.place.flow === target.flow && given.place.step === target.step)
    .map(([name]) => name)
  forget(draft, [...names, ...besides])
  const isHere = (place: Place): boolean => place.flow === here?.flow && place.step === here.step
  change(draft, { trail: draft.state.trail.filter((place) => !reopened.includes(place) && !isHere(place)) })
  tell(draft, bubble(phrase(draft, 'back'), draft.state.locale, { kind: 'notice' }))
  rewalk(draft)
}

/** Screening and insurance are left out from here on; a way to be reached is all that is asked. */
function toPerson(draft: Draft): void {
  if (draft.state.disposition === 'handed-off') {
    askPending(draft, true, phrase(draft, 'already-sent'))
    return
  }
  const isComing = draft.state.answers['wants-person'] !== undefined && pendingOf(draft)?.place.flow === 'contact'
  if (isComing) {
    askPending(draft, true, phrase(draft, 'person-next'))
    return
  }
  reachAgain(draft)
  keep(draft, 'wants-person', { value: 'yes', said: '' })
  rewalk(draft)
}

/** Everything is forgotten but the consents' ledger, a danger sign, and what is on the desk already. */
function startOver(draft: Draft): void {
  const kept = [
    'note.lead',
    'note.raised',
    'note.danger-words',
    ...bookedMarks(draft.state),
    ...countedBySign(draft.state),
  ]
  forget(
    draft,
    Object.keys(draft.state.answers).filter((name) => !kept.includes(name)),
  )
  change(draft, {
    trail: draft.state.trail.filter((place) => place.flow === 'crisis'),
    coverage: noCoverage,
    disposition: null,
    route: null,
    openQuestions: draft.state.openQuestions,
  })
  // Who it is that speaks was said, and is not said a second time.
  note(draft, 'told', 'welcome/notice')
  notice(draft, 'starting-over')
  rewalk(draft)
}

function goodbye(draft: Draft): void {
  notice(draft, 'goodbye')
  const disposition = draft.state.disposition ?? 'information'
  change(draft, { disposition, stack: [{ flow: CLOSING_FLOW, step: firstStep(draft, CLOSING_FLOW) }], misses: 0 })
  forget(draft, ['closing'])
  askPending(draft, false)
}

function reasonFor(draft: Draft, about: 'why' | 'explain'): string | null {
  const step: Step | undefined = pendingOf(draft)?.step
  if (!step || !('ask' in step || 'item' in step)) return null
  const found = 'item' in step ? itemOf(draft.world.flows, step.item) : null
  const own = step[about]
  if (own)
    return found && about === 'why' ? `${spoken(draft, own)} ${found.instrument.licence.notice}` : spoken(draft, own)
  if (about === 'explain') return found?.item.help ?? null
  return found ? `${phrase(draft, 'no-why')} ${found.instrument.licence.notice}` : null
}
