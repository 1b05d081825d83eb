/**
 * `staff`: desk accounts, while the service runs or not; the password comes on standard input.
 */
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import type { z } from 'zod'
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { addStaff, disableStaff, type NewStaff } from '../console/staff-accounts.ts'
import { readDeploymentKey } from '../deployment-key.ts'
import { AdmissionsError } from '../errors.ts'
import { openStore } from '../open-store.ts'
import type { Store } from '../ports.ts'
import { readWorld } from '../world.ts'

export const staff: Command = async ([what, ...args]) => {
  if (what !== 'add' && what !== 'list' && what !== 'disable')
    throw new AdmissionsError('REQUEST_INVALID', 'Say add, list or disable.')
  const config = readConfig()
  const { store } = await openStore(config, readDeploymentKey(config))
  try {
    if (what === 'add') await add(store, args)
    if (what === 'list') await list(store)
    if (what === 'disable') await disable(store, args[0])
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
  const password = (await text(process.stdin)).replace(/\r?\n$/, '')
  await addStaff(store, { name: positionals[0] ?? '', role, programs }, password)
  await trail(store, 'staff.added', positionals[0] ?? '')
  process.stderr.write('The account is there: sign in at /desk.\n')
}

async function list(store: Store): Promise<void> {
  for (const { name, role, programs, disabled } of await store.staffList()) {
    process.stdout.write(`${JSON.stringify({ name, role, programs: programs ?? 'all', disabled })}\n`)
  }
}

async function disable(store: Store, name: string | undefined): Promise<void> {
  await disableStaff(store, name ?? '')
  await trail(store, 'staff.disabled', name ?? '')
  process.stderr.write('Disabled: every session of the account has ended.\n')
}

async function trail(store: Store, event: string, name: string): Promise<void> {
  await store.record({
    event,
    at: new Date().toISOString(),
    actor: 'command',
    conversation: null,
    lead: null,
    detail: { name },
  })
}
