/**
 * A new password: by oneself with the present one, or by an operator for whoever forgot hers. Every session of the account ends.
 */
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { AuditEvent, StaffRecord, StaffStore } from '../ports.ts'
import { refuseBreached } from '../providers/breached-passwords.ts'
import { hashPassword, isPassword } from './passwords.ts'
import { beginSession } from './sessions.ts'

/** @returns the cookie of a new session. @throws AdmissionsError `SIGN_IN_FAILED`, `REQUEST_INVALID` for one that is too short, soon guessed or known from a breach. */
export async function changePassword(
  house: House,
  staff: StaffRecord,
  given: { current: string; next: string; device: string },
): Promise<string> {
  if (!(await isPassword(given.current, staff.passwordHash)))
    throw new AdmissionsError('SIGN_IN_FAILED', 'The present password is wrong.')
  await refuseBreached(house.config.breachService, given.next)
  const about = { at: house.clock.now().toISOString(), conversation: null, lead: null, detail: {} }
  const event = { ...about, event: 'staff.password-changed', actor: staff.name }
  await setPassword(house.store, { name: staff.name, password: given.next }, event)
  return beginSession(house, staff, { by: 'password', device: given.device })
}

/** @throws AdmissionsError `REQUEST_INVALID`. */
export async function setPassword(
  store: StaffStore,
  { name, password }: { name: string; password: string },
  event?: AuditEvent,
): Promise<void> {
  const passwordHash = await hashPassword(password, name)
  if (!(await store.changeStaff(name, { passwordHash, endSessions: true }, event)))
    throw new AdmissionsError('REQUEST_INVALID', 'There is no account of this name.')
}
