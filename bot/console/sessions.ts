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
import type { StaffRecord, StaffSession } from '../ports.ts'
import { isPassword } from './passwords.ts'
import type { SignInGuard } from './sign-in-guard.ts'

const COOKIE = 'porchlight-desk'
const LIFE_MS = 12 * 3_600_000
const IDLE_MS = 3_600_000
/** A use is written down at most this often. */
const TOUCH_MS = 60_000

export interface SignIn {
  readonly name: string
  readonly password: string
}

/** @throws AdmissionsError `SIGN_IN_FAILED`, `SIGN_IN_LOCKED`. */
export async function signIn(
  house: House,
  guard: SignInGuard,
  request: { from: string | undefined; given: SignIn },
): Promise<{ staff: StaffRecord; cookie: string }> {
  const { from, given } = request
  const at = house.clock.now().toISOString()
  const attempt = await guard.begin(given.name, from)
  const staff = await house.store.staff(given.name)
  const fits = await isPassword(given.password, staff && !staff.disabled ? staff.passwordHash : null)
  const about = { at, conversation: null, lead: null, detail: {} }
  if (!fits || !staff) {
    await house.store.record({ ...about, event: 'staff.sign-in-failed', actor: staff?.name ?? 'unknown' })
    throw new AdmissionsError('SIGN_IN_FAILED', 'Name or password is wrong.')
  }
  await attempt.fits()
  const value = randomBytes(32).toString('base64url')
  await house.store.putSession({ id: idOf(value), name: staff.name, startedAt: at, expiresAt: expiryOf(at, at) })
  await house.store.record({ ...about, event: 'staff.signed-in', actor: staff.name })
  return { staff, cookie: value }
}

/** The earlier of an hour from now and twelve hours from the start. */
function expiryOf(startedAt: string, at: string): string {
  return new Date(Math.min(Date.parse(startedAt) + LIFE_MS, Date.parse(at) + IDLE_MS)).toISOString()
}

export function setCookie(house: House, response: Response, value: string | null): void {
  const attributes = { httpOnly: true, sameSite: 'strict', path: '/desk', secure: house.config.production } as const
  if (value === null) response.clearCookie(COOKIE, attributes)
  else response.cookie(COOKIE, value, { ...attributes, maxAge: LIFE_MS })
}

/** Who calls; the call counts as a use. @throws AdmissionsError `SIGNED_OUT`. */
export async function staffOf(house: House, request: Request): Promise<StaffRecord> {
  const value = cookieOf(request)
  const at = house.clock.now().toISOString()
  const session = value === null ? null : await house.store.session(idOf(value))
  const staff = session && session.expiresAt > at ? await house.store.staff(session.name) : null
  if (!session || !staff || staff.disabled)
    throw new AdmissionsError('SIGNED_OUT', 'There is no valid session: sign in.')
  await touch(house, session, at)
  return staff
}

async function touch(house: House, session: StaffSession, at: string): Promise<void> {
  const expiresAt = expiryOf(session.startedAt, at)
  if (Date.parse(expiresAt) - Date.parse(session.expiresAt) < TOUCH_MS) return
  await house.store.putSession({ ...session, expiresAt })
}

/** Ends the session of this cookie, if there is one. */
export async function signOut(house: House, request: Request): Promise<void> {
  const value = cookieOf(request)
  const session = value === null ? null : await house.store.session(idOf(value))
  if (!session) return
  await house.store.endSession(session.id)
  const at = house.clock.now().toISOString()
  await house.store.record({
    event: 'staff.signed-out',
    at,
    actor: session.name,
    conversation: null,
    lead: null,
    detail: {},
  })
}

function cookieOf(request: Request): string | null {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='))
  const value = pairs.find(([name]) => name === COOKIE)?.[1]
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : null
}

function idOf(value: string): string {
  return createHash('sha256').update(value).digest('base64url')
}
