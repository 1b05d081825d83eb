/**
 * The second factor: time-based codes (RFC 6238) from an app of the person's choice, and recovery codes.
 *
 * The secret is sealed in the store; a code counts once, so one that was looked over somebody's shoulder
 * is spent; recovery codes are kept as hashes and each works once.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { factorAbout } from '../keeping/key-book.ts'
import type { AuditEvent, SecondFactor, StaffRecord } from '../ports.ts'

const STEP_S = 30
/** The present step and the one before: a code is good for a minute at most (OWASP ASVS 5.0, 6.5.5). */
const STEPS_BACK = 1
const SECRET_BYTES = 20
const RECOVERY_CODES = 10
/** 120 bits: so much that a plain hash keeps them (OWASP ASVS 5.0, 6.5.2). */
const RECOVERY_BYTES = 15
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A new secret, asked at sign-in only after a first code of it has fitted. @throws AdmissionsError `REQUEST_INVALID` when there is one already. */
export async function enrol(house: House, staff: StaffRecord) {
  if (staff.secondFactor?.confirmed)
    throw new AdmissionsError('REQUEST_INVALID', 'There is a second factor already: remove it first.')
  const secret = randomBytes(SECRET_BYTES)
  const sealed = house.vault.sealOwn(secret, factorAbout(staff.name)).toString('base64url')
  await house.store.changeStaff(staff.name, { secondFactor: { sealed, confirmed: false, lastStep: 0, recovery: '' } })
  const label = encodeURIComponent(`Porchlight:${staff.name}`)
  const shown = base32(secret)
  return {
    secret: shown,
    uri: `otpauth://totp/${label}?secret=${shown}&issuer=Porchlight&algorithm=SHA1&digits=6&period=30`,
  }
}

/** The first code fits: from now on it is asked. The recovery codes are shown this once. */
export async function confirm(house: House, staff: StaffRecord, code: string) {
  const factor = staff.secondFactor
  const step = factor && !factor.confirmed ? stepOf(house, { name: staff.name, factor }, code) : null
  if (!factor || step === null) throw wrongCode()
  const codes = Array.from({ length: RECOVERY_CODES }, () => base32(randomBytes(RECOVERY_BYTES)).toLowerCase())
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
  const now = Math.floor(house.clock.now().getTime() / 1000 / STEP_S)
  for (let step = now - STEPS_BACK; step <= now; step += 1) {
    if (isSame(codeAt(secret, step), code)) return step
  }
  return null
}

/** @see RFC 4226, 5.3: dynamic truncation to six digits. */
export function codeAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const hash = createHmac('sha1', secret).update(counter).digest()
  const offset = (hash.at(-1) as number) & 0x0f
  const number = (hash.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000
  return String(number).padStart(6, '0')
}

/** @see RFC 4648, 6; without padding, as authenticator apps read it. */
export function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** The code of a moment, as an app shows it that was given this secret. @param secret - base32, spaces allowed. */
export function codeOf(secret: string, at: Date): string {
  const letters = secret.toUpperCase().replaceAll(/[^A-Z2-7]/g, '')
  const bits = [...letters].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  return codeAt(bytes, Math.floor(at.getTime() / 1000 / STEP_S))
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
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
