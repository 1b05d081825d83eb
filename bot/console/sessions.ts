/**
 * Desk sessions: a random cookie, kept on the server as its hash only.
 *
 * A session ends twelve hours after it began (a shift), an hour after its last use, by sign-out, or
 * when the account is disabled. An open desk uses it: somebody must hear the alarm at night; a
 * closed laptop does not, and neither does a stolen cookie for long.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { AuditEvent, StaffRecord, StaffSession } from '../ports.ts'
import { COOKIE_PATH, cookieName, cookieOf } from './cookies.ts'
import { noteLock } from './lock-notice.ts'
import { isPassword } from './passwords.ts'
import { fits } from './second-factor.ts'
import type { SignInGuard, SignInTry } from './sign-in-guard.ts'

const COOKIE = 'porchlight-desk'
const LIFE_MS = 12 * 3_600_000
const IDLE_MS = 3_600_000
/** A use is written down at most this often. */
const TOUCH_MS = 60_000

export interface SignIn {
  readonly name: string
  readonly password: string
  /** Of the second factor, or a recovery code. */
  readonly code?: string | undefined
}

/** @throws AdmissionsError `SIGN_IN_FAILED`, `SIGN_IN_LOCKED`, `SECOND_FACTOR_REQUIRED` when the password fits and a code is missing. */
export async function signIn(
  house: House,
  guard: SignInGuard,
  request: { from: string | undefined; known: string | null; device: string; given: SignIn },
): Promise<{ staff: StaffRecord; cookie: string }> {
  const { from, known, device, given } = request
  const attempt = await beginTry(house, guard, { name: given.name, from, known })
  const staff = await house.store.staff(given.name)
  const isHers = await isPassword(given.password, staff && !staff.disabled ? staff.passwordHash : null)
  if (!isHers || !staff) throw await failed(house, staff, 'Name or password is wrong.')
  if (staff.secondFactor?.confirmed) {
    if (given.code === undefined || given.code === '')
      throw new AdmissionsError('SECOND_FACTOR_REQUIRED', 'Enter the code of your second factor, or a recovery code.')
    if (!(await fits(house, staff, given.code)))
      throw await failed(house, staff, 'The code does not fit, or it was used before.')
  } else if (house.config.secondFactorRequired && staff.openId !== undefined) {
    // The provider asks for the second factor of such an account: a password alone would go around it.
    throw await failed(house, staff, 'This account signs in through the sign-in provider.')
  }
  await attempt.fits()
  return { staff, cookie: await beginSession(house, staff, { by: 'password', device }) }
}

/** A new session with a value that nobody has seen before; the cookie's value. */
export async function beginSession(
  house: House,
  staff: StaffRecord,
  { by, device }: { by: 'password' | 'open-id'; device: string },
): Promise<string> {
  const at = house.clock.now().toISOString()
  const value = randomBytes(32).toString('base64url')
  const times = { startedAt: at, expiresAt: expiryOf(at, at), seenAt: at }
  await house.store.putSession({ id: idOf(value), name: staff.name, ...times, device })
  await note(house, { event: 'staff.signed-in', actor: staff.name, detail: { by } })
  return value
}

async function failed(house: House, staff: StaffRecord | null, words: string): Promise<AdmissionsError> {
  await note(house, { event: 'staff.sign-in-failed', actor: staff?.name ?? 'unknown', detail: {} })
  return new AdmissionsError('SIGN_IN_FAILED', words)
}

/**
 * A try at a password or a code of this name: it counts as failed until it fits.
 *
 * @throws AdmissionsError `SIGN_IN_LOCKED`, and the trail says so.
 */
export function beginTry(
  house: House,
  guard: SignInGuard,
  { name, from, known }: { name: string; from: string | undefined; known: string | null },
): Promise<SignInTry> {
  return guard.begin(name, from, known).catch((error: unknown) => locked(house, guard, { name, error }))
}

/** A lock is written down under the name that it is for, when there is such an account; of many refusals one a minute. */
async function locked(
  house: House,
  guard: SignInGuard,
  { name, error }: { name: string; error: unknown },
): Promise<never> {
  const staff = await house.store.staff(name)
  const actor = staff?.name ?? 'unknown'
  if (guard.isToTell(actor)) {
    await note(house, { event: 'staff.locked', actor, detail: {} })
    await noteLock(house, staff)
  }
  throw error
}

function note(house: House, what: Pick<AuditEvent, 'event' | 'actor' | 'detail'>): Promise<void> {
  return house.store.record({ ...what, at: house.clock.now().toISOString(), conversation: null, lead: null })
}

/**
 * What may sign somebody in has changed: every session ends and this browser has a new one.
 *
 * @returns the cookie's value.
 */
export async function beginAnew(house: House, staff: StaffRecord, device: string): Promise<string> {
  await house.store.endSessionsOf(staff.name)
  return beginSession(house, staff, { by: 'password', device })
}

/** The earlier of an hour from now and twelve hours from the start. */
function expiryOf(startedAt: string, at: string): string {
  return new Date(Math.min(Date.parse(startedAt) + LIFE_MS, Date.parse(at) + IDLE_MS)).toISOString()
}

export function setCookie(house: House, response: Response, value: string | null): void {
  const attributes = { httpOnly: true, sameSite: 'strict', path: COOKIE_PATH, secure: house.config.production } as const
  const name = cookieName(house, COOKIE)
  if (value === null) response.clearCookie(name, attributes)
  else response.cookie(name, value, { ...attributes, maxAge: LIFE_MS })
}

/** Who calls; the call counts as a use. @throws AdmissionsError `SIGNED_OUT`. */
export async function staffOf(house: House, request: Request): Promise<StaffRecord> {
  const value = sessionCookie(house, request)
  const at = house.clock.now().toISOString()
  const known = value === null ? null : await house.store.signedIn(idOf(value))
  if (!known || known.session.expiresAt <= at || known.staff.disabled)
    throw new AdmissionsError('SIGNED_OUT', 'There is no valid session: sign in.')
  await touch(house, known.session, at)
  return known.staff
}

async function touch(house: House, session: StaffSession, at: string): Promise<void> {
  const expiresAt = expiryOf(session.startedAt, at)
  if (Date.parse(at) - Date.parse(session.seenAt ?? session.startedAt) < TOUCH_MS) return
  await house.store.touchSession({ ...session, expiresAt, seenAt: at })
}

/** Ends the session of this cookie, if there is one. */
export async function signOut(house: House, request: Request): Promise<void> {
  const value = sessionCookie(house, request)
  const session = value === null ? null : await house.store.session(idOf(value))
  if (!session) return
  await house.store.endSession(session.id)
  await note(house, { event: 'staff.signed-out', actor: session.name, detail: {} })
}

/** Under which the session of this request is kept; null when it has no cookie. */
export function sessionIdOf(house: House, request: Request): string | null {
  const value = sessionCookie(house, request)
  return value === null ? null : idOf(value)
}

function sessionCookie(house: House, request: Request): string | null {
  const value = cookieOf(house, request, COOKIE)
  return value !== null && /^[\w-]{43}$/.test(value) ? value : null
}

function idOf(value: string): string {
  return createHash('sha256').update(value).digest('base64url')
}
