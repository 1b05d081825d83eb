/**
 * `export CONVERSATION [--text] [--to FILE]`: a person's right to a copy, as data or to read.
 *
 * A FILE is new and only its owner may open it; what a shell writes to is as open as that shell makes it.
 */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildHouse } from '../build-house.ts'
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { readDeploymentKey } from '../keeping/deployment-key.ts'
import { exportConversation, readable } from '../keeping/export-conversation.ts'
import { openStore } from '../stores/open-store.ts'

export const exportCommand: Command = async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { text: { type: 'boolean' }, to: { type: 'string' } },
    allowPositionals: true,
  })
  const [conversation] = positionals
  if (conversation === undefined) throw new AdmissionsError('REQUEST_INVALID', 'Say which conversation.')
  const config = readConfig()
  const house = buildHouse(config, await openStore(config, readDeploymentKey(config)))
  try {
    const copy = await exportConversation(house, conversation)
    if (copy === null) {
      process.stderr.write('There is no such conversation, or it was erased.\n')
      return 1
    }
    const shown = values.text ? readable(copy) : `${JSON.stringify(copy, null, 2)}\n`
    if (values.to === undefined) process.stdout.write(shown)
    else writeNew(resolve(values.to), shown)
    return 0
  } finally {
    await house.store.close()
  }
}

function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    const words = 'The file cannot be made: name a new one in a folder that exists and can be written.'
    throw new AdmissionsError('REQUEST_INVALID', words, { cause })
  }
}
