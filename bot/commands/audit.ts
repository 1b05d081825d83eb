/**
 * `audit verify [--head SEQ:HASH]`: whether the trail's chain is whole, and holds a head that was logged before. `audit export`: the trail as JSON lines, newest first.
 */
import { parseArgs } from 'node:util'
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { type AuditHead, auditEntries, verifyAudit } from '../keeping/audit-walk.ts'
import { readDeploymentKey } from '../keeping/deployment-key.ts'
import type { Store } from '../ports.ts'
import { openStore } from '../stores/open-store.ts'

export const audit: Command = async ([what, ...args]) => {
  if (what !== 'verify' && what !== 'export') throw new AdmissionsError('REQUEST_INVALID', 'Say verify or export.')
  const { values } = parseArgs({ args: [...args], options: { head: { type: 'string' } } })
  const noted = headOf(values.head)
  const config = readConfig()
  const { store } = await openStore(config, readDeploymentKey(config))
  try {
    return what === 'verify' ? await verify(store, noted) : await exportTrail(store)
  } finally {
    await store.close()
  }
}

/** @throws AdmissionsError `REQUEST_INVALID`. */
function headOf(given: string | undefined): AuditHead | null {
  if (given === undefined) return null
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(given) ?? []
  if (seq === undefined || hash === undefined)
    throw new AdmissionsError('REQUEST_INVALID', 'A head is SEQ:HASH, as `audit.head` in the log says it.')
  return { seq: Number(seq), hash }
}

async function verify(store: Store, noted: AuditHead | null): Promise<number> {
  const verdict = await verifyAudit(store, noted)
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
