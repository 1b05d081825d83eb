/**
 * How often the product has referred somebody to help: numbers only, for the published protocol.
 *
 * California SB 243 asks for the count of referrals to crisis services in a calendar year, without personal data. They are counted
 * with the turn that shows the card, so a restart loses none and a message sent twice doubles none; an erased talk
 * takes none away.
 */
import type { DangerLabel } from '../../flows/safety/verdict.ts'

/** A card that a turn shows: for which kind of danger, and which resource stands first. */
export interface Referral {
  readonly label: DangerLabel
  /** An id of `flows/safety/hotlines.yaml`. */
  readonly resource: string
}

export interface ReferralCount extends Referral {
  /** YYYY-MM, in UTC. */
  readonly month: string
  readonly program: string
  readonly count: number
}

export interface ReferralStore {
  referrals(): Promise<readonly ReferralCount[]>
}
