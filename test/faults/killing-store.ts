/**
 * The store alone, killed in the middle of its commits, as often as asked, and read back each time.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { numberIn } from './numbered-turn.ts'

export interface StoreKillCount {
  kills: number
  acknowledged: number
  lost: number
  doubled: number
  /** Kept without its acknowledgement having been heard: at most one for each conversation and kill. */
  keptUnheard: number
  /** A state that is not of the last kept turn, or a turn whose bytes are not its own. */
  torn: number
  /** To open the database again after a kill, each, in milliseconds. */
  openMs: number[]
}

const conversations = Array.from({ length: 12 }, (_, index) => `conversation-${index}`)
const LATEST_KILL_MS = 60
/** A database grows; after so many kills a new one is begun. */
const KILLS_A_DATABASE = 50

export async function killStoreOften(kills: number): Promise<StoreKillCount> {
  const count: StoreKillCount = { kills: 0, acknowledged: 0, lost: 0, doubled: 0, keptUnheard: 0, torn: 0, openMs: [] }
  while (count.kills < kills) {
    const folder = mkdtempSync(join(tmpdir(), 'porchlight-store-kills-'))
    const heard = new Map(conversations.map((id) => [id, 0]))
    for (let kill = 0; kill < KILLS_A_DATABASE && count.kills < kills; kill += 1) {
      await killOnce(join(folder, 'porchlight.sqlite'), heard, count)
      await readBack(join(folder, 'porchlight.sqlite'), heard, count)
    }
    rmSync(folder, { recursive: true, force: true })
  }
  return count
}

async function killOnce(file: string, heard: Map<string, number>, count: StoreKillCount): Promise<void> {
  const child = spawn(process.execPath, ['test/faults/store-writer.ts', file, ...conversations], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  // Every other time once something was acknowledged: on a busy machine six kills in a row came before it.
  const until = count.kills % 2 === 0 ? /^ready\n/ : /^ready\n.*\n/
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      if (until.test(printed)) resolve()
    })
  })
  const closed = once(child, 'close')
  await ready
  await new Promise((resolve) => setTimeout(resolve, Math.random() * LATEST_KILL_MS))
  child.kill('SIGKILL')
  await closed
  count.kills += 1
  // What was cut off in the middle of its line was not heard.
  for (const line of printed.slice(0, printed.lastIndexOf('\n')).split('\n').slice(1)) {
    const [conversation = '', number = ''] = line.split(' ')
    heard.set(conversation, Number(number))
    count.acknowledged += 1
  }
}

async function readBack(file: string, heard: Map<string, number>, count: StoreKillCount): Promise<void> {
  const begun = performance.now()
  const store = openSqliteStore(file)
  await store.check()
  count.openMs.push(performance.now() - begun)
  for (const [conversation, last] of heard) {
    const turns = await store.turnsAfter(conversation, 0)
    const numbers = turns.map((turn) => numberIn(turn.body))
    const kept = new Set(numbers)
    count.doubled += numbers.length - kept.size
    for (let number = 1; number <= last; number += 1) if (!kept.has(number)) count.lost += 1
    count.keptUnheard += Math.max(0, numbers.length - last)
    if (turns.some((turn) => turn.lastSeq !== numberIn(turn.body))) count.torn += 1
    const record = await store.load(conversation)
    if (record && turns.length > 0 && numberIn(record.state) !== numbers.at(-1)) count.torn += 1
    // The next process goes on from what is kept; what stands there needs no acknowledgement any more.
    heard.set(conversation, numbers.length)
  }
  await store.close()
}
