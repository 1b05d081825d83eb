/**
 * `npm run bench`: durable, sealed turns through HTTP beside Express 5's bare echo and the SDKs' echo bots.
 *
 * Fifty visitors type whole talks; the load comes from this process on one core, the servers have
 * another and are loaded one after the other, each until its code is warm. Rounds alternate and the median counts, because shared
 * machines drift: read the ratios, and the processor time, which a neighbour disturbs less.
 *
 * usage: node test/bench/turns.ts [file for the raw results] [seconds a round] [rounds]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { type Figures, load, paced, type Visitor } from './load.ts'
import { keepOffServersCore, type ServerProcess, startOnItsCore } from './server-process.ts'
import { echoBotVisitor, echoer, offlineVisitor, start, talkers } from './visitors.ts'

const VISITORS = 50
const file = process.argv[2] ?? 'docs/bench/turns.json'
const roundMs = Number(process.argv[3] ?? 4) * 1_000
const rounds = Number(process.argv[4] ?? 3)
const IDLE_CHATS = 1_000
/** Rounds until our own code is compiled; an echo has little of it. */
const WARMING = 4

interface Round extends Figures {
  /** Processor time of the server for each request, in microseconds. */
  readonly processorUs: number
}

interface Contestant {
  readonly name: string
  readonly server: ServerProcess
  visitors(): Promise<Visitor[]>
  readonly rounds: Round[]
}

const folder = mkdtempSync(join(tmpdir(), 'porchlight-bench-'))
const settings = { DATA_DIR: folder, PORT: '0', RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'error' }
const started: ServerProcess[] = []

keepOffServersCore()
try {
  const echo = await contestant('Express 5 JSON echo', 'test/bench/echo-server.ts', (address, index) =>
    echoer(`${address}/echo`, index),
  )
  const botbuilder = await contestant('botbuilder 4.23 echo bot', 'test/bench/botbuilder-echo.ts', echoBotVisitor)
  const agents = await contestant('agents-hosting 1.8 echo bot', 'test/bench/agents-echo.ts', echoBotVisitor)
  const offline = await contestant(
    'offline-directline 1.3 + echo bot',
    'test/bench/offline-direct-line.ts',
    offlineVisitor,
  )
  // Once to keep what was read and compiled: what is measured is a restart.
  const first = await startOnItsCore(['bot/main.js'], settings)
  await first.stop()
  const server = await startOnItsCore(['bot/main.js'], settings)
  started.push(server)
  const house = { name: 'durable, sealed turn', server, visitors: () => talkers(server.address, VISITORS), rounds: [] }
  const all = [echo, botbuilder, agents, offline, house]
  for (const one of all) await load(await one.visitors(), roundMs / 2)
  for (let round = 0; round < WARMING; round += 1) await load(await house.visitors(), roundMs)
  for (let round = 0; round < rounds; round += 1) for (const one of all) one.rounds.push(await timed(one))
  const halfLoad = await atHalf(echo, house)
  report(all, { halfLoad, idleBytes: await measureIdle(server), startMs: server.startMs, firstStartMs: first.startMs })
} finally {
  await Promise.all(started.map((server) => server.stop()))
  rmSync(folder, { recursive: true, force: true })
}

async function contestant(
  name: string,
  script: string,
  visitor: (address: string, index: number) => Visitor,
): Promise<Contestant> {
  const server = await startOnItsCore([script])
  started.push(server)
  const visitors = Array.from({ length: VISITORS }, (_, index) => visitor(server.address, index))
  return { name, server, visitors: async () => visitors, rounds: [] }
}

async function timed({ server, visitors }: Contestant): Promise<Round> {
  const posting = await visitors()
  const before = server.cpuMs()
  const figures = await load(posting, roundMs)
  return { ...figures, processorUs: ((server.cpuMs() - before) * 1_000) / figures.total }
}

/** Both at half of what the turn carries: what a visitor feels while nothing is full. */
async function atHalf(echo: Contestant, house: Contestant): Promise<Record<'echo' | 'turn', Figures>> {
  const pace = { perSecond: median(house).perSecond / 2, forMs: roundMs }
  return { echo: await paced(await echo.visitors(), pace), turn: await paced(await house.visitors(), pace) }
}

function median({ rounds }: Contestant): Round {
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

interface More {
  readonly halfLoad: Record<'echo' | 'turn', Figures>
  readonly idleBytes: number
  readonly startMs: number
  readonly firstStartMs: number
}

function report(all: readonly Contestant[], more: More): void {
  const row = (one: Contestant): string => {
    const { perSecond, processorUs, p50Ms, p99Ms, failed, total } = median(one)
    return `| ${one.name} | ${perSecond.toFixed(0)} | ${processorUs.toFixed(0)} | ${p50Ms.toFixed(1)} | ${p99Ms.toFixed(1)} | ${failed} of ${total} |`
  }
  const [echo, turn] = [median(all[0] as Contestant), median(all.at(-1) as Contestant)]
  const lines = [
    `Node ${process.version}, ${VISITORS} visitors, median of ${rounds} rounds of ${roundMs / 1000} s, load of the machine ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`,
    '| | per second | processor µs each | p50 ms | p99 ms | failed |',
    '|---|---|---|---|---|---|',
    ...all.map(row),
    '',
    `turn ÷ echo: ${(turn.perSecond / echo.perSecond).toFixed(2)} in throughput (by processor time ${(echo.processorUs / turn.processorUs).toFixed(2)}), ${(turn.p99Ms / echo.p99Ms).toFixed(1)} in p99`,
    `at half of that load (${more.halfLoad.turn.perSecond.toFixed(0)} a second, nobody waiting for anybody): turn p50 ${more.halfLoad.turn.p50Ms.toFixed(1)}, p99 ${more.halfLoad.turn.p99Ms.toFixed(1)} ms; echo p50 ${more.halfLoad.echo.p50Ms.toFixed(1)}, p99 ${more.halfLoad.echo.p99Ms.toFixed(1)} ms`,
    `restart to listening: ${more.startMs.toFixed(0)} ms; the first start ever: ${more.firstStartMs.toFixed(0)} ms`,
    `memory per idle chat with its socket: ${(more.idleBytes / 1000).toFixed(1)} kB`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
  const machine = { node: process.version, processors: cpus().map(({ model }) => model), load: loadavg() }
  const results = all.map(({ name, rounds: each }) => ({ name, rounds: each }))
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(
    file,
    `${JSON.stringify({ at: new Date().toISOString(), machine, roundMs, visitors: VISITORS, results, ...more }, null, 2)}\n`,
  )
}
