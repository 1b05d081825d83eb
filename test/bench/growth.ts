/**
 * `npm run bench:growth`: what a full database costs: start, turns and bytes with so many stored conversations.
 *
 * usage: node test/bench/growth.ts [file for the results] [stored conversations…]
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { turnOf } from '../faults/numbered-turn.ts'
import { load } from './load.ts'
import { keepOffServersCore, type ServerProcess, startOnItsCore } from './server-process.ts'
import { talkers } from './visitors.ts'

const file = process.argv[2] ?? 'docs/bench/growth.json'
const counts = process.argv.length > 3 ? process.argv.slice(3).map(Number) : [1, 10_000, 1_000_000]
const ROUND_MS = 4_000
const AT_ONCE = 500

interface Grown {
  readonly stored: number
  readonly startMs: number
  readonly perSecond: number
  readonly processorUs: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** What the file and its log grew by for each turn of the load. */
  readonly bytesPerTurn: number
}

keepOffServersCore()
const grown: Grown[] = []
for (const stored of counts) {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-growth-'))
  await fill(join(folder, 'porchlight.sqlite'), stored)
  const settings = { DATA_DIR: folder, PORT: '0', RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'error' }
  // The first start brings compiled code into its cache.
  await (await startOnItsCore(['bot/main.js'], settings)).stop()
  const server = await startOnItsCore(['bot/main.js'], settings)
  grown.push(await measure(server, stored, join(folder, 'porchlight.sqlite')))
  rmSync(folder, { recursive: true, force: true })
  process.stdout.write(`${JSON.stringify(grown.at(-1))}\n`)
}
mkdirSync(join(file, '..'), { recursive: true })
writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), node: process.version, grown }, null, 2)}\n`)

async function measure(server: ServerProcess, stored: number, database: string): Promise<Grown> {
  // Until the code is warm: a figure from cold code says nothing about what is stored.
  for (let round = 0; round < 3; round += 1) await load(await talkers(server.address, 50), ROUND_MS)
  const visitors = await talkers(server.address, 50)
  const [bytes, used] = [statSync(database).size, server.cpuMs()]
  const { perSecond, p50Ms, p99Ms, total } = await load(visitors, ROUND_MS)
  const processorUs = ((server.cpuMs() - used) * 1_000) / total
  await server.stop()
  const bytesPerTurn = (statSync(database).size - bytes) / total
  return { stored, startMs: server.startMs, perSecond, processorUs, p50Ms, p99Ms, bytesPerTurn }
}

/** Conversations of one turn each, of an ordinary size. */
async function fill(database: string, count: number): Promise<void> {
  const store = openSqliteStore(database)
  const bytes = randomBytes(60)
  for (let from = 0; from < count; from += AT_ONCE) {
    const ids = Array.from({ length: Math.min(AT_ONCE, count - from) }, () => randomBytes(16).toString('base64url'))
    const record = { program: 'inspira', user: 'dl_1', version: 1, lastSeq: 0, wrappedKey: bytes, state: bytes }
    await Promise.all(ids.map((id) => store.start({ id, ...record, startedAt: new Date().toISOString() })))
    await Promise.all(ids.map((id) => store.commit(turnOf(id, 1))))
  }
  await store.close()
}
