/**
 * What a store keeps of the staff: accounts, second factors and sessions; never a password, a code or a cookie itself.
 */
import type { AuditEvent } from './audit-port.ts'

export type StaffRole = 'admissions' | 'clinical' | 'admin'

export interface StaffRecord {
  readonly name: string
  readonly role: StaffRole
  /** null = all programs. */
  readonly programs: readonly string[] | null
  readonly passwordHash: string
  readonly disabled: boolean
  readonly secondFactor?: SecondFactor
  /** Who this is at the provider of OpenID Connect: `issuer subject`. */
  readonly openId?: string
}

export interface SecondFactor {
  /** The shared secret of the time-based codes, sealed, base64url. */
  readonly sealed: string
  /** Asked at sign-in once a first code has fitted. */
  readonly confirmed: boolean
  /** The time step of the last code that was taken: no code is taken twice. */
  readonly lastStep: number
  /** Hashes of the recovery codes that are left, with spaces between them. */
  readonly recovery: string
}

/** A code that is used up by being used. */
export type SpentCode = { readonly step: number } | { readonly recovery: string }

export interface StaffSession {
  /** SHA-256 of the cookie's value. */
  readonly id: string
  readonly name: string
  /** Its absolute life counts from here. */
  readonly startedAt: string
  /** Moves on while it is used. */
  readonly expiresAt: string
  /** Its last use that was written down; absent in one of an earlier version, like the next. */
  readonly seenAt?: string
  /** The kind of device, of a closed list. */
  readonly device?: string
}

/** What of an account may change once it is there; a second factor of null is taken off. */
export interface StaffChange {
  readonly passwordHash?: string
  readonly disabled?: boolean
  readonly secondFactor?: SecondFactor | null
  readonly openId?: string
  /** Every session of the account ends with the change. */
  readonly endSessions?: boolean
}

export interface SignedIn {
  readonly session: StaffSession
  readonly staff: StaffRecord
}

export interface StaffStore {
  /**
   * A new account, as a whole. What is there is changed by `changeStaff`.
   *
   * @param event - here and below: the entry of the trail, kept with the change or not at all.
   */
  putStaff(staff: StaffRecord, event?: AuditEvent): Promise<void>
  /**
   * Changes what is named and leaves the rest as it stands at that moment: a password whose hash takes half a second
   * must not put back what somebody else changed meanwhile. @returns false when there is no such account.
   */
  changeStaff(name: string, change: StaffChange, event?: AuditEvent): Promise<boolean>
  staff(name: string): Promise<StaffRecord | null>
  staffList(): Promise<readonly StaffRecord[]>
  /** Uses a code up; of any number of tries at once one gets true. */
  spendCode(name: string, code: SpentCode): Promise<boolean>
  putSession(session: StaffSession): Promise<void>
  /** A use of a session that is still there; one that has ended meanwhile stays ended. */
  touchSession(session: StaffSession): Promise<void>
  session(id: string): Promise<StaffSession | null>
  /** A session with its person's account, in one question: each request of a desk asks it. null when either is missing. */
  signedIn(id: string): Promise<SignedIn | null>
  sessionsOf(name: string): Promise<readonly StaffSession[]>
  endSession(id: string): Promise<void>
  endSessionsOf(name: string): Promise<void>
}
