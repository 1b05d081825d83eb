/**
 * `backup FILE` and `restore FILE [--keys FILE]`: the embedded store, content and keys apart.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { backUp, keysBeside, restore as restoreStore } from '../keeping/backup.ts'
import { readKeyRing } from '../keeping/deployment-key.ts'
import { openVault } from '../keeping/vault.ts'
import { embeddedStore, existingStore, recordDeed } from './embedded.ts'

export const backup: Command = async (args) => {
  const [file] = args
  if (file === undefined || args.length > 1) throw new AdmissionsError('REQUEST_INVALID', 'Say where to write it.')
  const store = existingStore(readConfig(), 'backup')
  const { conversations } = backUp(store, resolve(file))
  await recordDeed(store, 'store.backed-up', { conversations })
  process.stderr.write(
    `Written: ${conversations} conversations. Their keys stand beside it as porchlight.keys; keep only the newest keys.\n`,
  )
  return 0
}

export const restore: Command = async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { keys: { type: 'string' } },
    allowPositionals: true,
  })
  const [file] = positionals
  if (file === undefined || positionals.length > 1) throw new AdmissionsError('REQUEST_INVALID', 'Say which backup.')
  const config = readConfig()
  const store = embeddedStore(config, 'restore')
  const ring = readKeyRing(config)
  const from = { file: resolve(file), keys: resolve(values.keys ?? keysBeside(file)), at: new Date().toISOString() }
  const { conversations, erased, kept } = restoreStore(store, from, openVault(ring.current, ring.former))
  await recordDeed(store, 'store.restored', { conversations, erased })
  process.stderr.write(`Restored: ${conversations} conversations; ${erased} stay erased.\n`)
  if (kept !== null) process.stderr.write('The replaced database stands in DATA_DIR as *.replaced-*: delete it soon.\n')
  return 0
}
