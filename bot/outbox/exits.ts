/**
 * The one door out: whatever leaves the house about a person asks here first.
 *
 * `permit` is the only maker of a `Permit`, and whoever sends, writes or asks outside takes one, so a
 * sender that did not ask does not compile (a test looks for any other way out). It reads the ledger of
 * that moment: a consent taken back a second ago is no consent.
 */

import { activeConsent } from '../../flows/consents.ts'
import type { ConversationState } from '../../flows/conversation.ts'
import type { ConsentKind } from '../../flows/vocabulary.ts'
import type { LeadRecord } from '../ports.ts'
import { acuityRank } from '../queue/lead-order.ts'

interface Terms {
  /** The consent that it needs. */
  readonly needs: ConsentKind
  /** What goes out. */
  readonly carries: string
  /** Danger to life needs none: 42 CFR 2.51, and what goes out names nobody. */
  readonly emergency: boolean
  /** It only tells whoever was told before to stop: that needs no yes. */
  readonly isStop?: boolean
}

/** Everything that leaves. A new way out is a new line here. */
export const exits = {
  'page-on-call': { needs: 'contact', carries: 'ids and times', emergency: true },
  'announce-lead': { needs: 'contact', carries: 'ids, priority and times', emergency: true },
  'write-to-visitor': { needs: 'contact', carries: 'neutral words to the address that she gave', emergency: false },
  'write-calendar': { needs: 'contact', carries: 'a time that is taken', emergency: false },
  'clear-calendar': { needs: 'contact', carries: 'an id, and that its time is free', emergency: false, isStop: true },
  'tell-subscribers': { needs: 'contact', carries: 'ids, priority and times', emergency: true },
  'tell-revocation': { needs: 'contact', carries: 'an id, and that a yes has ended', emergency: false, isStop: true },
  /** Record system, table and customer file are the program's own: "they will see what you wrote here". */
  'write-record': { needs: 'contact', carries: 'what the review shows, as a FHIR Bundle', emergency: false },
  'write-table': { needs: 'contact', carries: 'name, how to be reached, times and codes', emergency: false },
  'write-customer-file': { needs: 'contact', carries: 'name, how to be reached, language', emergency: false },
  'ask-payer': { needs: 'payer-disclosure', carries: 'name, birth date, member ID', emergency: false },
  'hand-on': { needs: 'pass-on', carries: 'what another program needs', emergency: false },
  'send-text': { needs: 'texting', carries: 'neutral words to the number that she gave', emergency: false },
} as const satisfies Record<string, Terms>
export type Exit = keyof typeof exits

declare const permitted: unique symbol
/** Proof that the ledger was asked for this exit, at a moment. */
export interface Permit<E extends Exit = Exit> {
  readonly exit: E
  /** `emergency`, or the version of the consent that allows it. */
  readonly basis: string
  readonly [permitted]: true
}

export interface Asking {
  /** null when the conversation was erased. */
  readonly state: Pick<ConversationState, 'answers' | 'consents'> | null
  readonly lead?: LeadRecord | null
  readonly at: string
  /** Who would receive it, where the consent must name exactly that one. */
  readonly recipient?: string | null
}

/** @returns null when nothing may go out. */
export function permit<E extends Exit>(exit: E, asking: Asking): Permit<E> | null {
  const terms: Terms = exits[exit]
  const { lead, state } = asking
  const isDanger = lead ? lead.label !== null || acuityRank(lead.acuity, lead.route) <= 1 : false
  if (terms.emergency && isDanger) return { exit, basis: 'emergency' } as Permit<E>
  if (terms.isStop) return { exit, basis: 'revocation' } as Permit<E>
  if (state === null) return null
  const { at, recipient } = asking
  const consent = activeConsent(state, terms.needs, recipient === undefined ? { at } : { at, recipient })
  return consent === null ? null : ({ exit, basis: consent.textVersion } as Permit<E>)
}
