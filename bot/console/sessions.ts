/**
 * Desk sessions: a random cookie, kept on the server as its hash, ended by time, by sign-out, by disabling.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { StaffRecord } from '../ports.ts'
import { isPassword } from './passwords.ts'
import type { SignInGuard } from './sign-in-guard.ts'

const COOKIE = 'porchlight-desk'
/** A shift. */
const LIFE_MS = 12 * 3_600_000

export interface SignIn {
  readonly name: string
  readonly password: string
}

/** @throws AdmissionsError `SIGN_IN_FAILED`, `SIGN_IN_LOCKED`. */
export async function signIn(
  house: House,
  guard: SignInGuard,
  request: Request,
  given: SignIn,
): Promise<{ staff: StaffRecord; cookie: string }> {
  const at = house.clock.now()
  guard.refuseLocked(given.name, request.socket.remoteAddress)
  const staff = await house.store.staff(given.name)
  const fits = await isPassword(given.password, staff && !staff.disabled ? staff.passwordHash : null)
  const audit = {
    at: at.toISOString(),
    actor: fits ? given.name : 'unknown',
    conversation: null,
    lead: null,
    detail: {},
  }
  if (!fits || !staff) {
    guard.failed(given.name, request.socket.remoteAddress)
    await house.store.record({ ...audit, event: 'staff.sign-in-failed' })
    throw new AdmissionsError('SIGN_IN_FAILED', 'Name or password is wrong.')
  }
  guard.succeeded(given.name)
  const value = randomBytes(32).toString('base64url')
  await house.store.putSession({
    id: idOf(value),
    name: staff.name,
    expiresAt: new Date(at.getTime() + LIFE_MS).toISOString(),
  })
  await house.store.record({ ...audit, event: 'staff.signed-in' })
  return { staff, cookie: value }
}

export function setCookie(house: House, response: Response, value: string | null): void {
  const attributes = { httpOnly: true, sameSite: 'strict', path: '/desk', secure: house.config.production } as const
  if (value === null) response.clearCookie(COOKIE, attributes)
  else response.cookie(COOKIE, value, { ...attributes, maxAge: LIFE_MS })
}

/** @throws AdmissionsError `SIGNED_OUT`. */
export async function staffOf(house: House, request: Request): Promise<StaffRecord> {
  const value = cookieOf(request)
  const session = value === null ? null : await house.store.session(idOf(value))
  const staff =
    session && session.expiresAt > house.clock.now().toISOString() ? await house.store.staff(session.name) : null
  if (!staff || staff.disabled) throw new AdmissionsError('SIGNED_OUT', 'There is no valid session: sign in.')
  return staff
}

export async function signOut(house: House, request: Request): Promise<void> {
  const value = cookieOf(request)
  if (value !== null) await house.store.endSession(idOf(value))
}

function cookieOf(request: Request): string | null {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='))
  const value = pairs.find(([name]) => name === COOKIE)?.[1]
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : null
}

function idOf(value: string): string {
  return createHash('sha256').update(value).digest('base64url')
}
