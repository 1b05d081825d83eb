/**
 * Where one is signed in: one's own sessions, each with its kind of device, and their end.
 *
 * Ending them asks for the password (OWASP ASVS 5.0, 7.5.2): whoever found an open desk must not throw its owner out.
 */
import type { Request } from 'express'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { StaffRecord } from '../ports.ts'
import { isPassword } from './passwords.ts'
import { sessionIdOf } from './sessions.ts'

export interface OwnSession {
  readonly id: string
  readonly startedAt: string
  /** Written down once a minute at most. */
  readonly seenAt: string
  /** As `Firefox on Windows`; empty for one of an earlier version. */
  readonly device: string
  /** The one that asks. */
  readonly isThis: boolean
}

/** Those that still open something, the one seen last first. */
export async function ownSessions(house: House, staff: StaffRecord, request: Request): Promise<OwnSession[]> {
  const mine = sessionIdOf(house, request)
  const at = house.clock.now().toISOString()
  const alive = (await house.store.sessionsOf(staff.name)).filter(({ expiresAt }) => expiresAt > at)
  return alive
    .map(({ id, startedAt, seenAt, device }) => ({
      id,
      startedAt,
      seenAt: seenAt ?? startedAt,
      device: device ?? '',
      isThis: id === mine,
    }))
    .toSorted((one, other) => (one.seenAt < other.seenAt ? 1 : -1))
}

/** @throws AdmissionsError `SIGN_IN_FAILED`. */
export async function askPassword(staff: StaffRecord, password: string): Promise<void> {
  if (!(await isPassword(password, staff.passwordHash)))
    throw new AdmissionsError('SIGN_IN_FAILED', 'The present password is wrong.')
}

/**
 * Ends one session of one's own, or all but the one that asks; the password was asked before.
 *
 * @throws AdmissionsError `NOT_FOUND` for one that is not one's own or over.
 */
export async function endOwn(
  house: House,
  staff: StaffRecord,
  given: { session: string | null; request: Request },
): Promise<void> {
  const own = await ownSessions(house, staff, given.request)
  const ends = own.filter(({ id, isThis }) => (given.session === null ? !isThis : id === given.session))
  if (given.session !== null && ends.length === 0)
    throw new AdmissionsError('NOT_FOUND', 'This session is over: look at the list again.')
  for (const { id } of ends) await house.store.endSession(id)
  const about = { conversation: null, lead: null, detail: { count: ends.length } }
  const at = house.clock.now().toISOString()
  await house.store.record({ ...about, at, event: 'staff.sessions-ended', actor: staff.name })
}

/** In the order in which their names stand in each other's: Edge and Chrome call themselves Safari too. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/(?:Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'an iPhone'],
  [/\biPad\b/, 'an iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'a Chromebook'],
  [/\bMacintosh\b/, 'a Mac'],
  [/\bLinux\b/, 'Linux'],
]

/** The kind of device, of a closed list: what a browser says of itself is neither kept nor shown. */
export function deviceOf(userAgent: string | undefined): string {
  const said = (userAgent ?? '').slice(0, 400)
  const named = (list: typeof browsers) => list.find(([sign]) => sign.test(said))?.[1]
  return `${named(browsers) ?? 'A program'} on ${named(systems) ?? 'a device of another kind'}`
}
