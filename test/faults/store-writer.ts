/**
 * A process that does nothing but commit turns and say so, to be killed: the store and the seal without the rest.
 *
 * usage: node test/faults/store-writer.ts DATABASE CONVERSATION…; a line on standard output is an
 * acknowledgement: `conversation number`.
 */
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { turnOf } from './numbered-turn.ts'

const [file, ...conversations] = process.argv.slice(2) as [string, ...string[]]
const store = openSqliteStore(file)
process.stdout.write('ready\n')

async function write(conversation: string): Promise<never> {
  for (;;) {
    const record = await store.load(conversation)
    const version = record?.version ?? 0
    if (!record) {
      const at = new Date().toISOString()
      const bytes = new Uint8Array(60)
      const empty = { program: 'inspira', user: 'dl_1', version: 1, lastSeq: 0, startedAt: at }
      await store.start({ id: conversation, ...empty, wrappedKey: bytes, state: bytes })
      continue
    }
    const result = await store.commit(turnOf(conversation, version))
    if (result !== 'committed') throw new Error('nobody else writes here')
    process.stdout.write(`${conversation} ${version}\n`)
  }
}

await Promise.all(conversations.map(write))
