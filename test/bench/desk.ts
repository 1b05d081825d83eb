/**
 * How fast the desk is with many staff: a lead on every open desk after the visitor's turn, claims, a long queue.
 *
 * `node test/bench/desk.ts [leads] [staff]`: the real service in a process of its own with its file on disk, so many
 * desks over HTTP that read again as the page does. Visitors, desks and service share the machine's
 * processor, so the times are an upper bound; the processor time for each is the steadier figure.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Service } from '../../bot/service.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import type { LiveConversation } from '../../bot/turn/conversations.ts'
import { startTestService, visit } from '../bot/service-in-test.ts'
import { type BenchDesk, cookiesFor, openDesk } from './desks.ts'
import { type ServerProcess, startNode } from './server-process.ts'

const [LEADS, STAFF, PACE_MS] = [Number(process.argv[2] ?? 50_000), Number(process.argv[3] ?? 100), 10]
const TURNS = STAFF
const folder = await mkdtemp(join(tmpdir(), 'porchlight-bench-desk-'))
const key = randomBytes(32)
const store = openSqliteStore(join(folder, 'porchlight.sqlite'))
const filling = await startTestService({ store, deploymentKey: key })
await fill(filling, LEADS)
const cookies = await cookiesFor(store, STAFF)
const ofStore = await timed(200, () =>
  store.leads({ state: 'open', programs: null, limit: 100, after: null, at: new Date().toISOString() }),
)
await wait(1_000)
await filling.stop()
const settings = {
  DATA_DIR: folder,
  KEY: key.toString('base64'),
  PORT: '0',
  RATE_LIMIT_PER_MINUTE: '0',
  LOG_LEVEL: 'error',
}
const service = await startNode(['bot/main.js'], settings)
const api = `${service.address}/desk/api`
let next = 0
try {
  await timed(50, () => get('leads?limit=100'))
  const pages = await cost(service, 200, () => timed(200, () => get('leads?limit=100')))
  const alone = await cost(service, STAFF * 5, () => claimPaced(STAFF * 5))
  const quiet = await withDesks(false, () => cost(service, STAFF * 5, () => claimPaced(STAFF * 5)))
  const [claims, burst, visible] = await withDesks(true, async (desks) => [
    await cost(service, STAFF * 5, () => claimPaced(STAFF * 5)),
    await cost(service, STAFF, claimBurst),
    await leadVisible(desks),
  ])
  const figures = { pages, claimsAlone: alone, claimsDesksOpen: quiet, claimsDesksReading: claims, burst }
  process.stdout.write(
    `${JSON.stringify({ leads: LEADS, ofStore: spread(ofStore), ...figures, visible: spread(visible) }, null, 1)}\n`,
  )
} catch (error) {
  process.stderr.write(`${error}\n`)
  process.exitCode = 1
} finally {
  await service.stop()
  await rm(folder, { recursive: true })
}

function get(path: string): Promise<unknown> {
  return fetch(`${api}/${path}`, { headers: { cookie: cookies[0] ?? '' } }).then((answer) => {
    if (!answer.ok) throw new Error(`${path} was refused: ${answer.status}`)
    return answer.json()
  })
}

async function withDesks<T>(reads: boolean, deed: (desks: readonly BenchDesk[]) => Promise<T>): Promise<T> {
  const desks = await Promise.all(cookies.map((cookie) => openDesk(api, cookie, reads)))
  await wait(500)
  const result = await deed(desks)
  for (const desk of desks) desk.close()
  await wait(500)
  return result
}

/** From the moment a visitor's words are sent to the moment the last of the open desks hears of the lead. */
async function leadVisible(desks: readonly BenchDesk[]): Promise<number[]> {
  const times: number[] = []
  for (let turn = 0; turn < TURNS; turn += 1) {
    const visitor = await visit(service.address)
    const sent = performance.now()
    await visitor.post({ type: 'message', text: 'I want to kill myself' })
    while (!desks.every(({ opened }) => opened.has(visitor.conversation))) await wait(1)
    times.push(Math.max(...desks.map(({ opened }) => opened.get(visitor.conversation) as number)) - sent)
  }
  return times
}

/** Leads of conversations that can be opened: each row of the queue shows six of their words. */
async function fill({ house, address }: Service, count: number): Promise<void> {
  const visitor = await visit(address)
  await visitor.say('I drink every night and I am tired of it')
  const like = (await house.conversations.load(visitor.conversation))?.state
  if (!like) throw new Error('the visitor has no conversation')
  const at = new Date().toISOString()
  // Nothing falls due meanwhile: what is measured is the queue, not its alarms.
  const dueAt = new Date(Date.now() + 3_600_000).toISOString()
  const nothing = { turn: null, clientKey: null, effects: [], questions: [], consents: [], audit: [], referrals: [] }
  for (let from = 0; from < count; from += 500) {
    const batch = Array.from({ length: Math.min(500, count - from) }, async (_, index) => {
      const id = `bench${from + index}`
      await house.conversations.begin({ id, user: 'u', state: like })
      const live = await house.conversations.load(id)
      const state = house.conversations.sealed.state(live as LiveConversation, like)
      const lead = { id: `lead_${id}`, acuity: 'soon', route: 'iop-fit', label: null, dueAt } as const
      await house.store.commit({ conversation: id, expectedVersion: 1, state, lead, at, ...nothing })
    })
    await Promise.all(batch)
  }
}

/** A hundred staff, one claim every ten milliseconds: far more than a full desk does. */
async function claimPaced(count: number): Promise<number[]> {
  const times: Promise<number>[] = []
  for (let index = 0; index < count; index += 1) {
    times.push(claim())
    await wait(PACE_MS)
  }
  return Promise.all(times)
}

/** A hundred staff in the same instant, each a lead of its own. */
function claimBurst(): Promise<number[]> {
  return Promise.all(Array.from({ length: STAFF }, claim))
}

async function claim(): Promise<number> {
  const index = next++
  const sent = performance.now()
  const headers = { cookie: cookies[index % STAFF] ?? '' }
  const answer = await fetch(`${api}/leads/lead_bench${index}/claim`, { method: 'POST', headers })
  if (!answer.ok) throw new Error(`a claim was refused: ${answer.status} ${await answer.text()}`)
  await answer.json()
  return performance.now() - sent
}

async function timed(count: number, deed: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let index = 0; index < count; index += 1) {
    const begun = performance.now()
    await deed()
    times.push(performance.now() - begun)
  }
  return times
}

/** Times in ms, and the service's processor time for one. */
async function cost(server: ServerProcess, count: number, deed: () => Promise<number[]>) {
  const before = server.cpuMs()
  const times = await deed()
  return { ...spread(times), processorMs: Number(((server.cpuMs() - before) / count).toFixed(2)) }
}

function spread(times: readonly number[]) {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1))
  return { p50: at(0.5), p99: at(0.99), max: at(1) }
}
