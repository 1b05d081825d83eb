/**
 * `erase CONVERSATION`: a person's right to be forgotten; works while the service runs.
 */
import { buildHouse } from '../build-house.ts'
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { readDeploymentKey } from '../keeping/deployment-key.ts'
import { tryErase, underHold } from '../keeping/erase-conversation.ts'
import { openStore } from '../stores/open-store.ts'

export const erase: Command = async ([conversation]) => {
  if (conversation === undefined) throw new AdmissionsError('REQUEST_INVALID', 'Say which conversation.')
  const config = readConfig()
  const house = buildHouse(config, await openStore(config, readDeploymentKey(config)))
  const result = await tryErase(house, conversation, { actor: 'command', detail: {} }).finally(() =>
    house.store.close(),
  )
  if (result === 'held') throw underHold()
  const erased = result === 'erased'
  process.stderr.write(
    erased ? 'Erased: its key is destroyed.\n' : 'There is no such conversation, or it was erased before.\n',
  )
  return erased ? 0 : 1
}
