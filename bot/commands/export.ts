/**
 * `export CONVERSATION [--text]`: a person's right to a copy, as data or to read.
 */
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
    options: { text: { type: 'boolean' } },
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
    process.stdout.write(values.text ? readable(copy) : `${JSON.stringify(copy, null, 2)}\n`)
    return 0
  } finally {
    await house.store.close()
  }
}
