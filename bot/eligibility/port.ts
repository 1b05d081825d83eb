/**
 * Asking a payer what a plan pays: a port. By default a person asks by phone, with a worksheet on the desk.
 */
import type { CheckOutcome } from '../../flows/coverage.ts'
import type { Permit } from '../outbox/exits.ts'

export interface Person {
  readonly firstName: string
  readonly lastName: string
  /** YYYY-MM-DD. */
  readonly birthDate: string
}

/** What goes to the payer: only what it needs to find the plan (domain reference 3.4). */
export interface EligibilityRequest {
  /** The same for every retry of one check. */
  readonly id: string
  /** The payer's id at this clearinghouse. */
  readonly payerId: string
  readonly memberId: string
  readonly subscriber: Person
  /** When the plan is somebody else's. */
  readonly dependent: Person | null
  /** One per request: AI substance abuse, MH mental health, 30 the plan as a whole. */
  readonly serviceType: 'AI' | 'MH' | 'A8' | '30'
  /** YYYY-MM-DD. */
  readonly on: string
}

export interface EligibilityAnswer {
  readonly outcome: CheckOutcome
  readonly planName: string | null
  readonly benefits: readonly string[]
  readonly problems: readonly string[]
}

export interface Eligibility {
  /** `person` when nobody but staff can ask. */
  readonly name: string
  /** The clearinghouse's id of a payer, or null when it knows none. */
  payerId(payer: string): string | null
  /** @throws AdmissionsError `PAYER_UNREACHABLE` when there was no answer: it may be asked again. */
  check(request: EligibilityRequest, permit: Permit<'ask-payer'>): Promise<EligibilityAnswer>
}

/** The default: a task for staff. */
export const personAsks: Eligibility = {
  name: 'person',
  payerId: () => null,
  check: async () => ({ outcome: 'unsupported', planName: null, benefits: [], problems: [] }),
}
