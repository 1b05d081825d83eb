/**
 * The second factor: time-based codes (RFC 6238) from an app of the person's choice, and recovery codes.
 *
 * The secret is sealed in the store; a code counts once, so one that was looked over somebody's shoulder
 * is spent; recovery codes are kept as hashes and each works once.
 */
import { createHash } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { factorAbout } from '../keeping/key-book.ts'
import type { AuditEvent, SecondFactor, StaffRecord } from '../ports.ts'

/** The present step and the one before: a code is good for a minute at most (OWASP ASVS 5.0, 6.5.5). */
const STEPS_BACK = 1
const SECRET_BYTES = 20
const RECOVERY_CODES = 10
/** 120 bits: so much that a plain hash keeps them (OWASP ASVS 5.0, 6.5.2). */
const RECOVERY_BYTES = 15

/** A new secret, asked at sign-in only after a first code of it has fitted. @throws AdmissionsError `REQUEST_INVALID` when there is one already. */
export async function enrol(house: House, staff: StaffRecord) {
  if (staff.secondFactor?.confirmed)
    throw new AdmissionsError('REQUEST_INVALID', 'There is a second factor already: remove it first.')
  const secret = new Secret({ size: SECRET_BYTES })
  const sealed = house.vault.sealOwn(Buffer.from(secret.bytes), factorAbout(staff.name)).toString('base64url')
  await house.store.changeStaff(staff.name, { secondFactor: { sealed, confirmed: false, lastStep: 0, recovery: '' } })
  return { secret: secret.base32, uri: codesOf(staff.name, secret).toString() }
}

/** The first code fits: from now on it is asked. The recovery codes are shown this once. */
export async function confirm(house: House, staff: StaffRecord, code: string) {
  const factor = staff.secondFactor
  const step = factor && !factor.confirmed ? stepOf(house, { name: staff.name, factor }, code) : null
  if (!factor || step === null) throw wrongCode()
  const codes = Array.from({ length: RECOVERY_CODES }, () => new Secret({ size: RECOVERY_BYTES }).base32.toLowerCase())
  const recovery = codes.map(hashOf).join(' ')
  const secondFactor = { ...factor, confirmed: true, lastStep: step, recovery }
  await house.store.changeStaff(staff.name, { secondFactor }, entryOf(house, staff.name, 'staff.second-factor-on'))
  return { recoveryCodes: codes }
}

/** Only with a code, beside the password: a stolen session must not take it off. */
export async function remove(house: House, staff: StaffRecord, code: string): Promise<void> {
  if (!(await fits(house, staff, code))) throw wrongCode()
  const event = entryOf(house, staff.name, 'staff.second-factor-off')
  await house.store.changeStaff(staff.name, { secondFactor: null }, event)
}

/** Whether a code is right, and unused until now; it is used by this. */
export async function fits(house: House, staff: StaffRecord, code: string): Promise<boolean> {
  const factor = staff.secondFactor
  if (!factor) return false
  const plain = code.replaceAll(/[\s-]/g, '').toLowerCase()
  if (!/^\d{6}$/.test(plain)) {
    const used = await house.store.spendCode(staff.name, { recovery: hashOf(plain) })
    if (used) await house.store.record(entryOf(house, staff.name, 'staff.recovery-code-used'))
    return used
  }
  const step = stepOf(house, { name: staff.name, factor }, plain)
  return step !== null && house.store.spendCode(staff.name, { step })
}

/** The time step that a code belongs to, or null. */
function stepOf(house: House, { name, factor }: { name: string; factor: SecondFactor }, code: string): number | null {
  const secret = house.vault.openOwn(Buffer.from(factor.sealed, 'base64url'), factorAbout(name))
  const codes = codesOf(name, new Secret({ buffer: new Uint8Array(secret).buffer }))
  const timestamp = house.clock.now().getTime()
  const away = codes.validate({ token: code, timestamp, window: STEPS_BACK })
  return away === null || away > 0 ? null : codes.counter({ timestamp }) + away
}

/** As every authenticator app reads them (RFC 6238): six digits, a step of half a minute. */
function codesOf(label: string, secret: Secret): TOTP {
  return new TOTP({ issuer: 'Porchlight', label, secret, algorithm: 'SHA1', digits: 6, period: 30 })
}

/** The code of a moment, as an app shows it that was given this secret. @param secret - base32, spaces allowed. */
export function codeOf(secret: string, at: Date): string {
  return codesOf('', Secret.fromBase32(secret)).generate({ timestamp: at.getTime() })
}

/** As many random bits need no slow hash; a code of an earlier day has eighty. */
function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url')
}

function wrongCode(): AdmissionsError {
  return new AdmissionsError('SIGN_IN_FAILED', 'The code does not fit: wait for the next one and try again.')
}

function entryOf(house: House, name: string, event: string): AuditEvent {
  return { event, at: house.clock.now().toISOString(), actor: name, conversation: null, lead: null, detail: {} }
}
