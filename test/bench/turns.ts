/**
 * `npm run bench`: durable, sealed turns through HTTP beside Express 5's bare echo, in one run.
 *
 * Fifty visitors type whole talks; the load comes from this process on one core, the servers have
 * another. Rounds alternate and the median counts, because shared machines drift: read the ratios.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { type Figures, load, type Visitor } from './load.ts'
import { keepOffServersCore, type ServerProcess, startOnItsCore } from './server-process.ts'
import { echoer, start, talkers } from './visitors.ts'

const VISITORS = 50
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 4_000)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const IDLE_CHATS = 1_000

interface Round extends Figures {
  /** Processor time of the server for each request, in microseconds. */
  readonly processorUs: number
}

const folder = mkdtempSync(join(tmpdir(), 'porchlight-bench-'))
const environment = { DATA_DIR: folder, PORT: '0', RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'error' }

keepOffServersCore()
const started: ServerProcess[] = []
try {
  const echo = await startOnItsCore(['test/bench/echo-server.ts'])
  started.push(echo)
  const house = await startOnItsCore(['bot/main.ts'], environment)
  started.push(house)
  const rounds = await measure(echo, house)
  const idleBytes = await measureIdle(house)
  print({ echo: rounds.map((one) => one.echo), turn: rounds.map((one) => one.turn), idleBytes, startMs: house.startMs })
} finally {
  await Promise.all(started.map((server) => server.stop()))
  rmSync(folder, { recursive: true, force: true })
}

async function measure(echo: ServerProcess, house: ServerProcess): Promise<{ echo: Round; turn: Round }[]> {
  const echoers = Array.from({ length: VISITORS }, (_, index) => echoer(`${echo.address}/echo`, index))
  await load(echoers, ROUND_MS / 2)
  await load(await talkers(house.address, VISITORS), ROUND_MS)
  const rounds: { echo: Round; turn: Round }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const visitors = await talkers(house.address, VISITORS)
    rounds.push({ echo: await timed(echo, echoers), turn: await timed(house, visitors) })
  }
  return rounds
}

async function timed(server: ServerProcess, visitors: readonly Visitor[]): Promise<Round> {
  const before = server.cpuMs() * 1000
  const figures = await load(visitors, ROUND_MS)
  return { ...figures, processorUs: (server.cpuMs() * 1000 - before) / figures.total }
}

function median(rounds: readonly Round[]): Round {
  return rounds.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(rounds.length / 2)] as Round
}

/** Resident memory that each open and quiet chat with its socket adds. */
async function measureIdle(house: ServerProcess): Promise<number> {
  const before = house.memory()
  const sockets: WebSocket[] = []
  for (let count = 0; count < IDLE_CHATS; count += 1) {
    const { streamUrl } = await start(house.address)
    const socket = new WebSocket(streamUrl)
    await new Promise((resolve) => socket.once('open', resolve))
    sockets.push(socket)
  }
  const bytes = (house.memory() - before) / IDLE_CHATS
  for (const socket of sockets) socket.terminate()
  return bytes
}

function print(all: { echo: Round[]; turn: Round[]; idleBytes: number; startMs: number }): void {
  const [echo, turn] = [median(all.echo), median(all.turn)]
  const row = (name: string, one: Round) =>
    `| ${name} | ${one.perSecond.toFixed(0)} | ${one.processorUs.toFixed(0)} | ${one.p50Ms.toFixed(1)} | ${one.p99Ms.toFixed(1)} | ${one.failed} of ${one.total} |`
  const lines = [
    `Node ${process.version}, ${VISITORS} visitors, median of ${ROUNDS} rounds of ${ROUND_MS / 1000} s`,
    '| | per second | processor µs each | p50 ms | p99 ms | failed |',
    '|---|---|---|---|---|---|',
    row('Express 5 JSON echo', echo),
    row('durable, sealed turn', turn),
    '',
    `turn ÷ echo: ${(turn.perSecond / echo.perSecond).toFixed(2)} in throughput (by processor time ${(echo.processorUs / turn.processorUs).toFixed(2)}), ${(turn.p99Ms / echo.p99Ms).toFixed(1)} in p99`,
    `start to listening: ${all.startMs.toFixed(0)} ms`,
    `memory per idle chat with its socket: ${(all.idleBytes / 1000).toFixed(1)} kB`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
  keep(all)
}

/** Raw results, for whoever wants to compare: every round as it was. */
function keep(all: object): void {
  const { BENCH_OUT: out } = process.env
  if (!out) return
  mkdirSync(join(out, '..'), { recursive: true })
  const machine = { node: process.version, processors: cpus().map(({ model }) => model), at: new Date().toISOString() }
  writeFileSync(out, `${JSON.stringify({ machine, roundMs: ROUND_MS, visitors: VISITORS, ...all }, null, 2)}\n`)
}
