/**
 * A permission taken back: effective at once, written to the ledger, never argued with.
 *
 * In the chat, by the link of a copy, or by staff at the visitor's word: the same entry, with who ended it.
 */
import { revocationOf } from '../consents.ts'
import type { Consent, ConsentKind } from '../vocabulary.ts'
import { endBooking } from './booking.ts'
import { coverageEvent } from './coverage.ts'
import { change, type Draft, keep, tell } from './draft.ts'
import { bubble, phrase } from './message.ts'
import { askPending } from './question.ts'

const answerOf: Readonly<Record<ConsentKind, string>> = {
  contact: 'consent-contact',
  'payer-disclosure': 'consent-payer',
  'pass-on': 'consent-pass-on',
  texting: 'consent-texting',
}
export const consentKinds = Object.keys(answerOf) as readonly ConsentKind[]

/** Every permission that is in force; before one was asked for, the wish itself is the answer to it. */
export function revokeConsents(draft: Draft): void {
  const ended = endConsents(draft, consentKinds, 'visitor')
  tellEndedBooking(draft, ended)
  askPending(draft, true, phrase(draft, ended.length > 0 ? 'revoked' : 'nothing-to-revoke'))
}

/** The time that was kept for a call is free again: nobody may call. */
export function tellEndedBooking(draft: Draft, ended: readonly ConsentKind[]): void {
  if (!ended.includes('contact') || !endBooking(draft)) return
  tell(draft, bubble(phrase(draft, 'slot-ended'), draft.state.locale, { kind: 'notice' }))
}

/** @returns the kinds that were in force and are so no longer. */
export function endConsents(draft: Draft, kinds: readonly ConsentKind[], by: Consent['by']): ConsentKind[] {
  const given = kinds
    .map((kind) => draft.state.consents.findLast((one) => one.kind === kind))
    .filter((one): one is Consent => one?.given === true)
  for (const one of given) {
    const consent = revocationOf(one, draft.at, by)
    change(draft, { consents: [...draft.state.consents, consent] })
    draft.effects.push({ type: 'record-consent', consent })
    const answer = answerOf[one.kind]
    if (draft.state.answers[answer]) keep(draft, answer, { value: 'no', said: '' })
    if (one.kind === 'payer-disclosure') coverageEvent(draft, { type: 'revoked' })
  }
  return given.map(({ kind }) => kind)
}
