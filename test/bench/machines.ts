/**
 * `npm run bench:machines`: the service on Redis. A durable turn beside Express 5's echo, claims by a
 * hundred staff, and how soon one machine hears what another has committed.
 *
 * One real Redis (append-only file, synced always) and two services in processes of their own; the load
 * comes from this process. All of them share the machine's cores: read the ratios.
 */
import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { addStaff } from '../../bot/console/staff-accounts.ts'
import { markOf } from '../../bot/keeping/deployment-key.ts'
import { openRedisStore } from '../../bot/stores/redis.ts'
import { startRedis } from '../contracts/redis-server.ts'
import { type Figures, load } from './load.ts'
import { cpuMsOf, type ServerProcess, startNode } from './server-process.ts'
import { echoer, start, talkers } from './visitors.ts'

const CONVERSATIONS = 50
const ROUND_MS = 4_000
const ROUNDS = 3
const WARMING = 4
const STAFF = 100
const CLAIMS_EACH = 5
const HEARD = 400
const PASSWORD = 'a long passphrase'

const redis = await startRedis()
const key = randomBytes(32)
const environment = {
  REDIS_URL: redis.url,
  KEY: key.toString('base64'),
  DIRECT_LINE_SECRET: 'a-secret-for-the-bench',
  DATA_DIR: redis.folder,
  PORT: '0',
  RATE_LIMIT_PER_MINUTE: '0',
  LOG_LEVEL: 'error',
}
const started: ServerProcess[] = []
try {
  for (const [script, settings] of [
    ['test/bench/echo-server.ts', {}],
    ['bot/main.js', environment],
    ['bot/main.js', environment],
  ] as const) {
    started.push(await startNode([script], settings))
  }
  const [echo, one, other] = started as [ServerProcess, ServerProcess, ServerProcess]
  await turns(echo, one)
  await fanOut(one, other)
  await claims(one, other)
} finally {
  await Promise.all(started.map((server) => server.stop()))
  await redis.end()
}

async function turns(echo: ServerProcess, house: ServerProcess): Promise<void> {
  const echoers = Array.from({ length: CONVERSATIONS }, (_, index) => echoer(`${echo.address}/echo`, index))
  await load(echoers, 1_000)
  // Until the code is warm: a figure from cold code says what a start costs.
  for (let round = 0; round < WARMING; round += 1) await load(await talkers(house.address, CONVERSATIONS), ROUND_MS)
  const rounds: { echo: Figures; turn: Figures }[] = []
  const spent = { echo: 0, turn: 0, redis: 0 }
  for (let round = 0; round < ROUNDS; round += 1) {
    const visitors = await talkers(house.address, CONVERSATIONS)
    const before = [echo.cpuMs(), house.cpuMs(), cpuMsOf(redis.pid())] as const
    rounds.push({ echo: await load(echoers, ROUND_MS), turn: await load(visitors, ROUND_MS) })
    spent.echo += echo.cpuMs() - before[0]
    spent.turn += house.cpuMs() - before[1]
    spent.redis += cpuMsOf(redis.pid()) - before[2]
  }
  const middle = (figures: readonly Figures[]) => figures.toSorted((a, b) => a.perSecond - b.perSecond)[1] as Figures
  const [bare, turn] = [middle(rounds.map((round) => round.echo)), middle(rounds.map((round) => round.turn))]
  print('Express 5 JSON echo', bare)
  print('durable, sealed turn on Redis', turn)
  process.stdout.write(`turn ÷ echo: ${(turn.perSecond / bare.perSecond).toFixed(3)} in throughput\n`)
  const counts = {
    echo: sum(rounds.map((round) => round.echo.total)),
    turn: sum(rounds.map((round) => round.turn.total)),
  }
  const each = { echo: spent.echo / counts.echo, turn: spent.turn / counts.turn, redis: spent.redis / counts.turn }
  process.stdout.write(
    `processor: an echo ${each.echo.toFixed(3)} ms, a turn ${each.turn.toFixed(3)} ms and ${each.redis.toFixed(3)} ms of Redis; ` +
      `echo ÷ turn ${(each.echo / each.turn).toFixed(3)}\n`,
  )
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function print(name: string, { perSecond, p50Ms, p99Ms, failed, total }: Figures): void {
  process.stdout.write(
    `${name}: ${perSecond.toFixed(0)}/s, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, failed ${failed} of ${total}\n`,
  )
}

/** From the post on one machine to the frame on a socket of the other. */
async function fanOut(one: ServerProcess, other: ServerProcess): Promise<void> {
  const times: number[] = []
  const talk = async (): Promise<void> => {
    const { conversationId, token, streamUrl } = await start(one.address)
    const socket = new WebSocket(streamUrl)
    await new Promise((resolve) => socket.once('open', resolve))
    const url = `${other.address}/v3/directline/conversations/${conversationId}/activities`
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    for (let count = 0; count < HEARD / 20; count += 1) {
      await wait(Math.random() * 400)
      const mark = `mark ${count}`
      const heard = new Promise<void>((resolve) => {
        const listen = (data: unknown) => {
          if (!String(data).includes(`"text":"${mark}"`)) return
          socket.off('message', listen)
          resolve()
        }
        socket.on('message', listen)
      })
      const begun = performance.now()
      const posted = fetch(url, { method: 'POST', headers, body: JSON.stringify({ type: 'message', text: mark }) })
      await Promise.all([
        heard.then(() => times.push(performance.now() - begun)),
        posted.then((answer) => answer.text()),
      ])
    }
    socket.terminate()
  }
  await Promise.all(Array.from({ length: 20 }, talk))
  quantiles('a turn on one machine, heard on a socket of the other', times)
}

function quantiles(name: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(1)
  process.stdout.write(`${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(0.9999)} ms, of ${times.length}\n`)
}

/** A hundred staff on two machines, each claiming a lead about once a second. */
async function claims(one: ServerProcess, other: ServerProcess): Promise<void> {
  const store = await openRedisStore({
    urls: [redis.url],
    prefix: 'porchlight',
    acceptedLosses: [],
    replicas: 0,
    keyMark: markOf(key),
  })
  await addStaff(store, { name: 'ana', role: 'admissions', programs: null }, PASSWORD)
  const conversations = await Promise.all(Array.from({ length: STAFF * CLAIMS_EACH }, () => leadFrom(one.address)))
  const leads = await Promise.all(conversations.map((id) => store.leadOf(id)))
  const cookie = await signIn(one.address)
  const times: number[] = []
  const staff = async (_: unknown, person: number): Promise<void> => {
    const { address } = person % 2 ? one : other
    for (const lead of leads.slice(person * CLAIMS_EACH, (person + 1) * CLAIMS_EACH)) {
      await wait(500 + Math.random() * 1_000)
      const begun = performance.now()
      const answer = await fetch(`${address}/desk/api/leads/${lead?.id}/claim`, { method: 'POST', headers: { cookie } })
      await answer.text()
      times.push(performance.now() - begun)
      if (answer.status !== 200) throw new Error(`a claim was answered ${answer.status}`)
    }
  }
  await Promise.all(Array.from({ length: STAFF }, staff))
  quantiles(`a claim, ${STAFF} staff on two machines`, times)
  await store.close()
}

async function leadFrom(address: string): Promise<string> {
  const { conversationId, token } = await start(address)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const url = `${address}/v3/directline/conversations/${conversationId}/activities`
  await fetch(url, {
    method: 'POST',
    headers,
    body: JSON.stringify({ type: 'message', text: 'I want to kill myself' }),
  })
  return conversationId
}

async function signIn(address: string): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${address}/desk/api/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ name: 'ana', password: PASSWORD }),
  })
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] as string
}
