/**
 * Desk accounts: made, listed and disabled, from the command line or by tests.
 */
import { z } from 'zod'
import { AdmissionsError } from '../errors.ts'
import type { AuditEvent, StaffRecord, StaffStore } from '../ports.ts'
import { hashPassword } from './passwords.ts'

export const NewStaff = z.strictObject({
  name: z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u, 'a name has 1 to 60 letters, digits, spaces, dots or dashes'),
  role: z.enum(['admissions', 'clinical', 'admin'], 'a role is admissions, clinical or admin'),
  programs: z.array(z.string()).min(1).nullable(),
})

export async function addStaff(store: StaffStore, account: z.input<typeof NewStaff>, password: string): Promise<void> {
  await store.putStaff(await newStaff(store, account, password))
}

/** An existing name is refused: a new password must not come in by mistake. */
export async function newStaff(
  store: StaffStore,
  account: z.input<typeof NewStaff>,
  password: string,
): Promise<StaffRecord> {
  const parsed = NewStaff.safeParse(account)
  if (!parsed.success) throw new AdmissionsError('REQUEST_INVALID', `${parsed.error.issues[0]?.message}.`)
  if (await store.staff(parsed.data.name)) {
    throw new AdmissionsError(
      'REQUEST_INVALID',
      'There is an account of this name: disable it, or choose another name.',
    )
  }
  return { ...parsed.data, passwordHash: await hashPassword(password, parsed.data.name), disabled: false }
}

/** Ends every session of the account at once. @throws AdmissionsError `REQUEST_INVALID` for an unknown name. */
export async function disableStaff(store: StaffStore, name: string, event?: AuditEvent): Promise<void> {
  if (!(await store.changeStaff(name, { disabled: true, endSessions: true }, event)))
    throw new AdmissionsError('REQUEST_INVALID', 'There is no account of this name.')
}

export function sees(staff: StaffRecord, program: string): boolean {
  return staff.programs === null || staff.programs.includes(program)
}
