/**
 * How fast the desk is: a lead on an open desk after the visitor's turn, claims by a hundred staff, a long queue.
 *
 * `node test/bench/desk.ts [leads]`: the real service with its file on disk, desks over HTTP. On this
 * machine visitors, desks and service share the processor, so the figures are an upper bound.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../bot/config.ts'
import { addStaff } from '../../bot/console/staff-accounts.ts'
import type { Store } from '../../bot/ports.ts'
import { startService } from '../../bot/service.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { visit } from '../bot/service-in-test.ts'

const PASSWORD = 'a long passphrase'
const [LEADS, STAFF, TURNS] = [Number(process.argv[2] ?? 50_000), 100, 100]
const folder = await mkdtemp(join(tmpdir(), 'porchlight-bench-desk-'))
const store = openSqliteStore(join(folder, 'porchlight.sqlite'))
await addStaff(store, { name: 'ana', role: 'admissions', programs: null }, PASSWORD)
const config = readConfig({ PORT: '0', DATA_DIR: folder, RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'silent' })
const service = await startService(config, { store, deploymentKey: randomBytes(32) })
const api = `${service.address}/desk/api`

const cookie = await signIn()
const visible = await leadVisible()
await fill(store, LEADS)
const pages = await timed(200, () => get('leads?limit=100'))
const ofStore = await timed(200, () =>
  store.leads({ state: 'open', programs: null, limit: 100, after: null, at: new Date().toISOString() }),
)
const claims = await claimPaced()
const burst = await claimBurst()
process.stdout.write(
  `${JSON.stringify({ leads: LEADS, leadVisibleMs: spread(visible), claimMs: spread(claims), claimBurstMs: spread(burst), firstPageMs: spread(pages), firstPageOfStoreMs: spread(ofStore) }, null, 2)}\n`,
)
await service.stop()
await rm(folder, { recursive: true })

async function signIn(): Promise<string> {
  const body = JSON.stringify({ name: 'ana', password: PASSWORD })
  const answer = await fetch(`${api}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

function get(path: string): Promise<unknown> {
  return fetch(`${api}/${path}`, { headers: { cookie } }).then((answer) => answer.json())
}

/** From the moment a visitor's words are sent to the moment an open desk hears of the lead. */
async function leadVisible(): Promise<number[]> {
  const stop = new AbortController()
  const heard = new Map<string, number>()
  const response = await fetch(`${api}/events`, { headers: { cookie }, signal: stop.signal })
  const read = async (): Promise<void> => {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      for (const [, id] of new TextDecoder()
        .decode(chunk)
        .matchAll(/event: lead\.opened\ndata: .*?"conversation":"([^"]+)"/g))
        heard.set(id ?? '', performance.now())
    }
  }
  void read().catch(() => undefined)
  const times: number[] = []
  for (let turn = 0; turn < TURNS; turn += 1) {
    const visitor = await visit(service.address)
    const sent = performance.now()
    await visitor.post({ type: 'message', text: 'I want to kill myself' })
    while (!heard.has(visitor.conversation)) await new Promise((resolve) => setTimeout(resolve, 1))
    times.push((heard.get(visitor.conversation) as number) - sent)
  }
  stop.abort()
  return times
}

async function fill(into: Store, count: number): Promise<void> {
  const startedAt = new Date().toISOString()
  // Nothing falls due meanwhile: what is measured is the queue, not its alarms.
  const dueAt = new Date(Date.now() + 3_600_000).toISOString()
  const batch = 500
  for (let from = 0; from < count; from += batch) {
    await Promise.all(
      Array.from({ length: Math.min(batch, count - from) }, async (_, index) => {
        const id = `bench${from + index}`
        const record = { id, program: 'inspira', user: 'u', version: 1, lastSeq: 0, startedAt }
        await into.start({ ...record, wrappedKey: new Uint8Array(1), state: new Uint8Array(1) })
        const lead = { id: `lead_${id}`, acuity: 'soon', route: 'iop-fit', label: null, dueAt } as const
        const nothing = { turn: null, clientKey: null, effects: [], questions: [], consents: [], audit: [] }
        await into.commit({
          conversation: id,
          expectedVersion: 1,
          state: new Uint8Array(1),
          lead,
          at: startedAt,
          ...nothing,
        })
      }),
    )
  }
}

/** A hundred staff, each taking ten leads, one claim every ten milliseconds: far more than a full desk does. */
async function claimPaced(): Promise<number[]> {
  const times: Promise<number>[] = []
  for (let index = 0; index < STAFF * 10; index += 1) {
    times.push(claim(index))
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return Promise.all(times)
}

/** A hundred staff in the same instant, each a lead of its own. */
function claimBurst(): Promise<number[]> {
  return Promise.all(Array.from({ length: STAFF }, (_, index) => claim(STAFF * 10 + index)))
}

async function claim(index: number): Promise<number> {
  const sent = performance.now()
  const answer = await fetch(`${api}/leads/lead_bench${index}/claim`, { method: 'POST', headers: { cookie } })
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

function spread(times: readonly number[]) {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1))
  return { p50: at(0.5), p99: at(0.99), max: at(1) }
}
