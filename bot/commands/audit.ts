/**
 * `audit verify`: whether the trail's chain is whole. `audit export`: the trail as JSON lines, newest first.
 */

import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { auditEntries, verifyAudit } from '../keeping/audit-walk.ts'
import { readDeploymentKey } from '../keeping/deployment-key.ts'
import type { Store } from '../ports.ts'
import { openStore } from '../stores/open-store.ts'

export const audit: Command = async ([what]) => {
  if (what !== 'verify' && what !== 'export') throw new AdmissionsError('REQUEST_INVALID', 'Say verify or export.')
  const config = readConfig()
  const { store } = await openStore(config, readDeploymentKey(config))
  try {
    return what === 'verify' ? await verify(store) : await exportTrail(store)
  } finally {
    await store.close()
  }
}

async function verify(store: Store): Promise<number> {
  const verdict = await verifyAudit(store)
  process.stdout.write(`${JSON.stringify(verdict)}\n`)
  if (verdict.type === 'broken') {
    process.stderr.write(
      `Broken at entry ${verdict.seq}: ${verdict.why}. Keep this copy and compare it with a backup.\n`,
    )
    return 1
  }
  process.stderr.write(
    `Whole: ${verdict.entries} entries. Write the head down elsewhere: it proves that none was cut off.\n`,
  )
  return 0
}

async function exportTrail(store: Store): Promise<number> {
  for await (const entry of auditEntries(store)) process.stdout.write(`${JSON.stringify(entry)}\n`)
  return 0
}
