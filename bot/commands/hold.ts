/**
 * `hold CONVERSATION REASON`, `hold --lift CONVERSATION`, `hold list`: legal holds, while the service runs or not.
 */
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { readDeploymentKey } from '../keeping/deployment-key.ts'
import { HoldReason, holds, liftHold, placeHold } from '../keeping/legal-hold.ts'
import type { Store } from '../ports.ts'
import { openStore } from '../stores/open-store.ts'

const clock = { now: () => new Date() }

export const hold: Command = async ([what, more]) => {
  if (what === undefined) throw new AdmissionsError('REQUEST_INVALID', 'Say which conversation.')
  const config = readConfig()
  const { store } = await openStore(config, readDeploymentKey(config))
  try {
    if (what === 'list') await list(store)
    else if (what === '--lift') await lift(store, more)
    else await place(store, what, more)
  } finally {
    await store.close()
  }
  return 0
}

async function list(store: Store): Promise<void> {
  for (const one of await holds(store)) process.stdout.write(`${JSON.stringify(one)}\n`)
}

async function lift(store: Store, conversation: string | undefined): Promise<void> {
  if (conversation === undefined) throw new AdmissionsError('REQUEST_INVALID', 'Say which conversation.')
  await liftHold({ store, clock }, conversation, 'command')
  process.stderr.write('Lifted: the conversation ends by its age again, and can be erased.\n')
}

async function place(store: Store, conversation: string, given: string | undefined): Promise<void> {
  const reason = HoldReason.safeParse(given)
  if (!reason.success) throw new AdmissionsError('REQUEST_INVALID', `Say why: one of ${HoldReason.options.join(', ')}.`)
  await placeHold({ store, clock }, conversation, { by: 'command', reason: reason.data })
  process.stderr.write('Held: nothing of this conversation ends until the hold is lifted.\n')
}
