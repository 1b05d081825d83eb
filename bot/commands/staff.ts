/**
 * `staff`: desk accounts, while the service runs or not; the password comes on standard input.
 */
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import type { z } from 'zod'
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { setPassword } from '../console/change-password.ts'
import { disableStaff, type NewStaff, newStaff } from '../console/staff-accounts.ts'
import { AdmissionsError } from '../errors.ts'
import { readDeploymentKey } from '../keeping/deployment-key.ts'
import type { AuditEvent, Store } from '../ports.ts'
import { refuseBreached } from '../providers/breached-passwords.ts'
import { openStore } from '../stores/open-store.ts'
import { readWorld } from '../world.ts'

const deeds = ['add', 'list', 'disable', 'link', 'reset-factor', 'set-password'] as const
type Deed = (typeof deeds)[number]

const isDeed = (what: string | undefined): what is Deed => deeds.some((one) => one === what)

export const staff: Command = async ([what, ...args]) => {
  if (!isDeed(what)) throw new AdmissionsError('REQUEST_INVALID', `Say one of ${deeds.join(', ')}.`)
  const config = readConfig()
  const { store } = await openStore(config, readDeploymentKey(config))
  try {
    if (what === 'add') await add(store, args)
    if (what === 'list') await list(store)
    if (what === 'disable') await disable(store, args[0])
    if (what === 'link') await link(store, args)
    if (what === 'reset-factor') await resetFactor(store, args[0])
    if (what === 'set-password') await forgotten(store, args[0] ?? '')
  } finally {
    await store.close()
  }
  return 0
}

async function add(store: Store, args: readonly string[]): Promise<void> {
  const options = { role: { type: 'string' }, programs: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const role = values.role as z.input<typeof NewStaff>['role']
  const programs = values.programs?.split(',') ?? null
  const served = readWorld(readConfig().programsDir).programs
  const unknown = programs?.find((program) => !served.has(program))
  if (unknown !== undefined) {
    throw new AdmissionsError(
      'REQUEST_INVALID',
      `There is no program ${unknown}; there are: ${[...served.keys()].join(', ')}.`,
    )
  }
  const password = await passwordGiven()
  const staff = await newStaff(store, { name: positionals[0] ?? '', role, programs }, password)
  await store.putStaff(staff, entryOf('staff.added', staff.name))
  process.stderr.write('The account is there: sign in at /desk.\n')
}

/** On standard input, so that it stands in no history. @throws AdmissionsError `REQUEST_INVALID` for one known from a breach. */
async function passwordGiven(): Promise<string> {
  const password = (await text(process.stdin)).replace(/\r?\n$/, '')
  await refuseBreached(readConfig().breachService, password)
  return password
}

/** For whoever forgot hers; the new one comes on standard input. */
async function forgotten(store: Store, name: string): Promise<void> {
  await setPassword(store, { name, password: await passwordGiven() }, entryOf('staff.password-set', name))
  process.stderr.write('The new password is in force; every session of the account has ended.\n')
}

async function list(store: Store): Promise<void> {
  for (const { name, role, programs, disabled } of await store.staffList()) {
    process.stdout.write(`${JSON.stringify({ name, role, programs: programs ?? 'all', disabled })}\n`)
  }
}

async function disable(store: Store, name = ''): Promise<void> {
  await disableStaff(store, name, entryOf('staff.disabled', name))
  process.stderr.write('Disabled: every session of the account has ended.\n')
}

/** Whose account it is at the provider of OpenID Connect. */
async function link(store: Store, args: readonly string[]): Promise<void> {
  const { openId } = readConfig()
  const options = { 'open-id': { type: 'string' } } as const
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const account = await store.staff(positionals[0] ?? '')
  const subject = values['open-id']
  if (!account || !subject) throw new AdmissionsError('REQUEST_INVALID', 'Name an account and its subject.')
  if (!openId) throw new AdmissionsError('REQUEST_INVALID', 'OPENID_ISSUER is not set.')
  const { name } = account
  await store.changeStaff(name, { openId: `${openId.issuer} ${subject}` }, entryOf('staff.linked', name))
  process.stderr.write('Linked: this person may sign in by OpenID Connect.\n')
}

/** For a lost phone: the next sign-in asks for the password alone, or for a new second factor. */
async function resetFactor(store: Store, name: string | undefined): Promise<void> {
  const account = await store.staff(name ?? '')
  if (!account) throw new AdmissionsError('REQUEST_INVALID', 'There is no account of this name.')
  const event = entryOf('staff.second-factor-reset', account.name)
  await store.changeStaff(account.name, { secondFactor: null, endSessions: true }, event)
  process.stderr.write('The second factor is off, and every session of the account has ended.\n')
}

function entryOf(event: string, name: string): AuditEvent {
  const at = new Date().toISOString()
  return { event, at, actor: 'command', conversation: null, lead: null, detail: { name } }
}
