/**
 * Permissions: what a yes must say to count, and which one is in force.
 *
 * Contact, asking the insurer, passing on beyond the program and texting are four consents, never one.
 * Asking the insurer and passing on tell somebody that a named person asked about treatment, so they
 * carry every element of 42 CFR 2.31(a) as data (domain reference 4.2), and one that lacks an element is
 * never in force. The newest entry of a kind counts; taken back or expired is no.
 */
import type { ConversationState } from './conversation.ts'
import { Consent, type ConsentKind, Instant, type Locale } from './vocabulary.ts'

const DAY_MS = 86_400_000
const LIFE_DAYS = 365

interface Terms {
  /** What goes out, by name. */
  readonly information: readonly string[]
  readonly purpose: string
  /** Under 42 CFR Part 2: names the person, the recipient and an end. */
  readonly isPart2: boolean
}

export const termsOf: Readonly<Record<ConsentKind, Terms>> = {
  contact: {
    information: ['what the review shows'],
    purpose: 'a person of the program calls or writes',
    isPart2: false,
  },
  'payer-disclosure': {
    information: ['name', 'birth date', 'member ID', 'that treatment was asked about'],
    purpose: 'checking benefits and payment',
    isPart2: true,
  },
  'pass-on': {
    information: ['name', 'how to be reached', 'what kind of help is looked for'],
    purpose: 'finding a place at another program',
    isPart2: true,
  },
  texting: { information: ['phone number'], purpose: 'text messages about the request', isPart2: false },
}

export interface Asked {
  readonly kind: ConsentKind
  readonly given: boolean
  readonly textVersion: string
  /** The exact words as they were shown. */
  readonly text: string
  readonly locale: Locale
  readonly at: Instant
  readonly discloser: string
  readonly recipient: string | null
  readonly subject: string | null
}

export function consentOf(asked: Asked): Consent {
  const { information, purpose } = termsOf[asked.kind]
  const expiresAt = Instant.parse(new Date(Date.parse(asked.at) + LIFE_DAYS * DAY_MS).toISOString())
  return Consent.parse({ ...asked, information, purpose, expiresAt, by: 'visitor' })
}

/** The same permission taken back: what it was stands beside who ended it. */
export function revocationOf(consent: Consent, at: Instant, by: Consent['by']): Consent {
  return { ...consent, given: false, at, by }
}

/** Elements that a consent lacks; an empty list is a complete one. `subject` may have become known since. */
export function missingElements(consent: Consent, subject: string | null = consent.subject): string[] {
  const always: [string, unknown][] = [
    ['text', consent.text],
    ['version', consent.textVersion],
    ['purpose', consent.purpose],
    ['end', consent.expiresAt],
    ['information', consent.information.length > 0],
  ]
  const part2: [string, unknown][] = [
    ['name of the person', subject],
    ['who discloses', consent.discloser],
    ['recipient', consent.recipient],
  ]
  const wanted = termsOf[consent.kind].isPart2 ? [...always, ...part2] : always
  return wanted.filter(([, value]) => value === null || value === '' || value === false).map(([name]) => name)
}

/** The name that a disclosure would be about: as on the card, else as it was given for the call. */
export function subjectOf(state: Pick<ConversationState, 'answers'>): string | null {
  const names = ['card-name', 'name'].map((name) => state.answers[name]?.value)
  return names.find((value): value is string => typeof value === 'string') ?? null
}

/**
 * The consent of a kind that is in force at a moment, or null.
 *
 * @param wanted.recipient - when given, the consent must name exactly it.
 */
export function activeConsent(
  state: Pick<ConversationState, 'answers' | 'consents'>,
  kind: ConsentKind,
  wanted: { readonly at: string; readonly recipient?: string | null },
): Consent | null {
  const newest = state.consents.findLast((one) => one.kind === kind)
  if (!newest?.given || newest.expiresAt === null || newest.expiresAt <= wanted.at) return null
  if (wanted.recipient !== undefined && newest.recipient !== wanted.recipient) return null
  return missingElements(newest, newest.subject ?? subjectOf(state)).length === 0 ? newest : null
}
