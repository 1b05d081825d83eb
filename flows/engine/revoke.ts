/**
 * A permission taken back in the chat: effective at once, written to the ledger, never argued with.
 */
import type { Consent, ConsentKind } from '../vocabulary.ts'
import { change, type Draft, keep } from './draft.ts'
import { phrase } from './message.ts'
import { askPending } from './question.ts'

const kinds: readonly ConsentKind[] = ['contact', 'payer-disclosure', 'pass-on', 'texting']

/** Every permission that is in force; before one was asked for, the wish itself is the answer to it. */
export function revokeConsents(draft: Draft): void {
  const { consents, locale } = draft.state
  const given = kinds
    .map((kind) => consents.findLast((one) => one.kind === kind))
    .filter((one): one is Consent => one?.given === true)
  for (const { kind, textVersion } of given) {
    const consent: Consent = { kind, given: false, textVersion, locale, at: draft.at }
    change(draft, { consents: [...draft.state.consents, consent] })
    draft.effects.push({ type: 'record-consent', consent })
    const answer = kind === 'contact' ? 'consent-contact' : 'consent-payer'
    if (draft.state.answers[answer]) keep(draft, answer, { value: 'no', said: '' })
  }
  if (draft.state.coverage.state === 'consented')
    change(draft, { coverage: { ...draft.state.coverage, state: 'captured' } })
  askPending(draft, true, phrase(draft, given.length > 0 ? 'revoked' : 'nothing-to-revoke'))
}
