/**
 * What reaches a conversation without the visitor typing: a photo of the card, the end of a check, a permission
 * taken back by link or by staff, a language chosen in the page, time that has passed.
 */
import type { Input } from '../conversation.ts'
import type { CheckOutcome } from '../coverage.ts'
import { endBooking, takeCalendar } from './booking.ts'
import { coverageEvent, coverageWords } from './coverage.ts'
import { speak } from './do-command.ts'
import { type Draft, keep, tell } from './draft.ts'
import { bubble, phrase } from './message.ts'
import { askPending, pendingOf } from './question.ts'
import { consentKinds, endConsents, tellEndedBooking } from './revoke.ts'
import { takeTimePassed } from './silence.ts'
import { give } from './take-answer.ts'

type FromOutside = Extract<
  Input,
  {
    type:
      | 'calendar-said'
      | 'photo-received'
      | 'photo-refused'
      | 'coverage-checked'
      | 'consents-revoked'
      | 'time-passed'
      | 'language-chosen'
  }
>

export function takeFromOutside(draft: Draft, input: FromOutside): void {
  switch (input.type) {
    case 'calendar-said':
      takeCalendar(draft, input)
      return
    case 'photo-received':
      takePhoto(draft)
      return
    case 'photo-refused':
      askPending(draft, true, phrase(draft, input.reason === 'not-now' ? 'photo-not-now' : 'photo-unreadable'))
      return
    case 'coverage-checked':
      takeCheck(draft, input.outcome)
      return
    case 'consents-revoked':
      takeRevocation(draft, input)
      return
    case 'time-passed':
      takeTimePassed(draft)
      return
    case 'language-chosen':
      speak(draft, input.locale)
      return
  }
}

/** The photo answers the question that asked for it; at another time it is kept beside it. */
function takePhoto(draft: Draft): void {
  const pending = pendingOf(draft)
  const received = { value: 'received', said: '' }
  if (pending?.asked.input === 'photo') {
    tell(draft, bubble(phrase(draft, 'photo-thanks'), draft.state.locale, { kind: 'notice' }))
    give(draft, pending, received)
    return
  }
  keep(draft, 'card-photo', received)
  askPending(draft, true, phrase(draft, 'photo-thanks'))
}

/** Whatever the payer said, the visitor hears only that it was asked and that a person will explain. */
function takeCheck(draft: Draft, outcome: CheckOutcome | 'confirmed'): void {
  const before = draft.state.coverage
  coverageEvent(draft, outcome === 'confirmed' ? { type: 'confirmed' } : { type: 'checked', outcome })
  if (draft.state.coverage === before || draft.state.staff !== null || draft.state.crisis?.open) return
  tell(draft, bubble(coverageWords(draft), draft.state.locale, { kind: 'notice', flow: 'insurance', step: 'coverage' }))
}

function takeRevocation(draft: Draft, input: Extract<Input, { type: 'consents-revoked' }>): void {
  const ended = endConsents(draft, input.kinds === 'all' ? consentKinds : input.kinds, input.by)
  if (draft.state.staff === null && !draft.state.crisis?.open) tellEndedBooking(draft, ended)
  else if (ended.includes('contact')) endBooking(draft)
  if (ended.length === 0 || draft.state.staff !== null || draft.state.crisis?.open) return
  tell(draft, bubble(phrase(draft, 'revoked-outside'), draft.state.locale, { kind: 'notice' }))
}
