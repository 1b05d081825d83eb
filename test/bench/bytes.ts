/**
 * `npm run bench:bytes`: what a turn leaves in the embedded database beside what was said in it.
 *
 * The bench's talks, each by many visitors, in one process on a file of their own; what the start of a talk takes is
 * measured apart and not counted with its turns.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { buildHouse } from '../../bot/build-house.ts'
import { readConfig } from '../../bot/config.ts'
import type { House } from '../../bot/house.ts'
import { begin } from '../../bot/turn/begin.ts'
import { newId } from '../../bot/turn/conversations.ts'
import { takeTurn } from '../../bot/turn/turn.ts'
import { readWorld } from '../../bot/world.ts'
import { talks } from './talks.ts'

const EACH = 60
const world = readWorld('knowledge/programs')

interface Stored {
  readonly bytes: number
  readonly turns: number
  /** What both sides said, in UTF-8. */
  readonly text: number
  readonly tables: readonly string[]
}

async function talk(house: House, lines: readonly string[]): Promise<{ turns: number; text: number }> {
  const id = newId()
  await begin(house, { id, program: 'inspira', user: newId('dl_'), locale: 'en-US' })
  await takeTurn(house, { conversation: id, activity: { type: 'conversationUpdate' } })
  let text = 0
  for (const line of lines) {
    const activity = { type: 'message', text: line, channelData: { clientActivityID: newId() } } as const
    const { activities } = await takeTurn(house, { conversation: id, activity })
    text += activities.reduce((sum, one) => sum + Buffer.byteLength(one.text ?? ''), 0)
  }
  return { turns: lines.length, text }
}

/** @param lines - what is typed in a talk, by its number. */
async function store(lines: (talk: number) => readonly string[]): Promise<Stored> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-bytes-'))
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' })
  const house = buildHouse(config, { world, deploymentKey: randomBytes(32) })
  const all = await Promise.all(Array.from({ length: EACH * talks.length }, (_, index) => talk(house, lines(index))))
  await house.store.close()
  const file = join(folder, 'porchlight.sqlite')
  const database = new DatabaseSync(file)
  const tables = database
    .prepare('SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name ORDER BY bytes DESC LIMIT 5')
    .all()
    .map(({ name, bytes }) => `${name} ${bytes}`)
  database.close()
  const bytes = statSync(file).size
  rmSync(folder, { recursive: true, force: true })
  const [turns, text] = [all.reduce((sum, one) => sum + one.turns, 0), all.reduce((sum, one) => sum + one.text, 0)]
  return { bytes, turns, text, tables }
}

const begun = await store(() => [])
const { bytes, turns, text, tables } = await store((index) => talks[index % talks.length] ?? [])
const grown = bytes - begun.bytes
process.stdout.write(
  `a turn: ${(grown / turns).toFixed(0)} bytes for ${(text / turns).toFixed(0)} of text, ${(grown / text).toFixed(1)} times; ` +
    `the start of a talk: ${(begun.bytes / (EACH * talks.length)).toFixed(0)}\nlargest tables, in bytes: ${tables.join(', ')}\n`,
)
