/**
 * `rotate-key [--forget]`: a new deployment key, while the service runs. What was signed under the former one holds
 * as long as it would have; with `--forget`, when somebody may have that key, it ends at once.
 */
import { parseArgs } from 'node:util'
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { keyBook } from '../keeping/key-book.ts'
import { rotateKey } from '../keeping/rotate-key.ts'
import { openDatabase } from '../stores/sqlite-schema.ts'
import { existingStore, recordDeed } from './embedded.ts'

export const rotateKeyCommand: Command = async (args) => {
  const options = { forget: { type: 'boolean', default: false } } as const
  const { forget } = parseArgs({ args: [...args], options }).values
  const config = readConfig()
  const store = existingStore(config, 'rotate')
  const database = openDatabase(store)
  const { rewrapped } = await rotateKey(config, keyBook(database), { forget }).finally(() => database.close())
  await recordDeed(store, 'key.rotated', { rewrapped, forget })
  process.stderr.write(
    `A new key wraps ${rewrapped} conversations. Back up the key file now, with former.keys in DATA_DIR, and make a new backup: the former key is gone, and what was backed up before opens under it alone.\n`,
  )
  return 0
}
