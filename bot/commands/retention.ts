/**
 * `retention`: what has reached the age of its class by now, counted; nothing is deleted by looking.
 */
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { readDeploymentKey } from '../keeping/deployment-key.ts'
import { holds } from '../keeping/legal-hold.ts'
import { overdue } from '../keeping/retention.ts'
import { openStore } from '../stores/open-store.ts'

export const retention: Command = async () => {
  const config = readConfig()
  const { store } = await openStore(config, readDeploymentKey(config))
  const due = { chat: 0, lead: 0, held: 0 }
  for await (const { kind, isHeld } of overdue(store, config.keptDays, new Date())) due[isHeld ? 'held' : kind] += 1
  const held = (await holds(store)).length
  await store.close()
  process.stdout.write(`${JSON.stringify({ keptDays: config.keptDays, due, holds: held }, null, 2)}\n`)
  return 0
}
