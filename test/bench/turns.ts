/**
 * `npm run bench`: durable, sealed turns through HTTP beside Express 5's bare echo, in one run.
 *
 * Fifty conversations; the load comes from this process, each server runs in its own. Rounds
 * alternate and the median counts, because shared machines drift: read the ratios.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { type Figures, load, type Post } from './load.ts'
import { type ServerProcess, startProcess } from './server-process.ts'

const CONVERSATIONS = 50
const ROUND_MS = 4_000
const ROUNDS = 3
const IDLE_CHATS = 1_000

/** What visitors write: answers, questions, worries, so that no path is flattered. */
const said = [
  'do you take my insurance',
  'I am 34',
  'yes',
  'how long is the program',
  'not at all',
  'is it evening or day',
  'skip',
  'back',
]

const folder = mkdtempSync(join(tmpdir(), 'porchlight-bench-'))
const environment = { DATA_DIR: folder, PORT: '0', RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'error' }

const started: ServerProcess[] = []
try {
  const echo = await startProcess(['test/bench/echo-server.ts'], {})
  started.push(echo)
  const house = await startProcess(['bot/main.ts'], environment)
  started.push(house)
  const turns = await measureTurns(echo, house)
  const idleBytes = await measureIdle(house)
  print({ ...turns, idleBytes, startMs: house.startMs })
} finally {
  await Promise.all(started.map((server) => server.stop()))
  rmSync(folder, { recursive: true, force: true })
}

async function measureTurns(echo: ServerProcess, house: ServerProcess): Promise<{ echo: Figures; turn: Figures }> {
  const echoPosts = Array.from({ length: CONVERSATIONS }, () => ({ url: `${echo.address}/echo`, headers: {}, body }))
  const turnPosts = await Promise.all(Array.from({ length: CONVERSATIONS }, () => conversation(house.address)))
  await load(echoPosts, 1_000)
  await load(turnPosts, 1_000)
  const rounds: { echo: Figures; turn: Figures }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({ echo: await load(echoPosts, ROUND_MS), turn: await load(turnPosts, ROUND_MS) })
  }
  return { echo: median(rounds.map((one) => one.echo)), turn: median(rounds.map((one) => one.turn)) }
}

function median(figures: readonly Figures[]): Figures {
  return figures.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(figures.length / 2)] as Figures
}

function body(count: number): string {
  return JSON.stringify({
    type: 'message',
    text: said[count % said.length],
    channelData: { clientActivityID: `${count}-${Math.random()}` },
  })
}

interface Started {
  readonly conversationId: string
  readonly token: string
  readonly streamUrl: string
}

async function start(address: string): Promise<Started> {
  const granted = (await (await fetch(`${address}/programs/inspira/token`, { method: 'POST' })).json()) as Started
  const headers = { authorization: `Bearer ${granted.token}` }
  return (await (await fetch(`${address}/v3/directline/conversations`, { method: 'POST', headers })).json()) as Started
}

async function conversation(address: string): Promise<Post> {
  const { conversationId, token } = await start(address)
  return {
    url: `${address}/v3/directline/conversations/${conversationId}/activities`,
    headers: { authorization: `Bearer ${token}` },
    body,
  }
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

function print(all: { echo: Figures; turn: Figures; idleBytes: number; startMs: number }): void {
  const { echo, turn } = all
  const row = (name: string, one: Figures) =>
    `| ${name} | ${one.perSecond.toFixed(0)} | ${one.p50Ms.toFixed(1)} | ${one.p99Ms.toFixed(1)} | ${one.failed} of ${one.total} |`
  const lines = [
    `Node ${process.version}, ${CONVERSATIONS} conversations, median of ${ROUNDS} rounds of ${ROUND_MS / 1000} s`,
    '| | per second | p50 ms | p99 ms | failed |',
    '|---|---|---|---|---|',
    row('Express 5 JSON echo', echo),
    row('durable, sealed turn', turn),
    '',
    `turn ÷ echo: ${(turn.perSecond / echo.perSecond).toFixed(2)} in throughput, ${(turn.p99Ms / echo.p99Ms).toFixed(1)} in p99`,
    `start to listening: ${all.startMs.toFixed(0)} ms`,
    `memory per idle chat with its socket: ${(all.idleBytes / 1000).toFixed(1)} kB`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
