/**
 * `npm run faults:flood`: three times as many messages as the service can take, and how soon danger is answered.
 *
 * First its capacity is measured with fifty visitors; then messages are sent at three times that rate,
 * whether they are answered or not, and four times a second somebody new writes a sentence of danger.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from '../bench/load.ts'
import { keepOffServersCore, startOnItsCore } from '../bench/server-process.ts'
import { start, talkers } from '../bench/visitors.ts'
import { call } from '../bot/service-in-test.ts'

const FLOOD_MS = 10_000
const TIMES = 3
const DANGER_EVERY_MS = 250
const file = process.argv[2] ?? 'docs/bench/flood.json'

keepOffServersCore()
const folder = mkdtempSync(join(tmpdir(), 'porchlight-flood-'))
const settings = { DATA_DIR: folder, PORT: '0', RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'error' }
const service = await startOnItsCore(['bot/main.js'], settings)
try {
  await load(await talkers(service.address, 50), 4_000)
  const capacity = (await load(await talkers(service.address, 50), 4_000)).perSecond
  const rate = capacity * TIMES
  const danger = await Promise.all(Array.from({ length: FLOOD_MS / DANGER_EVERY_MS }, () => start(service.address)))
  const visitors = await talkers(service.address, 50)
  const statuses = new Map<number | 'none', number>()
  const cardMs: number[] = []
  const pending: Promise<void>[] = []
  const begun = performance.now()
  let sent = 0
  let asked = 0
  while (performance.now() - begun < FLOOD_MS) {
    const passed = performance.now() - begun
    for (; sent < (rate * passed) / 1000; sent += 1) pending.push(post(sent))
    for (; asked < danger.length && asked * DANGER_EVERY_MS < passed; asked += 1) pending.push(cry(asked))
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await Promise.all(pending)
  cardMs.sort((a, b) => a - b)
  const at = (share: number): number =>
    Math.round(cardMs[Math.min(cardMs.length - 1, Math.floor(cardMs.length * share))] ?? -1)
  const figures = {
    capacityPerSecond: Math.round(capacity),
    offeredPerSecond: Math.round(rate),
    sent,
    statuses: Object.fromEntries(statuses),
    dangerPosts: danger.length,
    cards: cardMs.length,
    cardMs: { p50: at(0.5), p90: at(0.9), longest: at(1) },
  }
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(
    file,
    `${JSON.stringify({ at: new Date().toISOString(), node: process.version, ...figures }, null, 2)}\n`,
  )

  async function post(count: number): Promise<void> {
    const { url, headers, body } = (visitors[count % visitors.length] as (typeof visitors)[0])()
    const answer = await call(url, { headers, body: JSON.parse(body) }).catch(() => null)
    const status = answer?.status ?? 'none'
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }

  /** From the post to its answer: by then the card is kept and on the visitor's stream. */
  async function cry(count: number): Promise<void> {
    const { conversationId, token } = danger[count] as (typeof danger)[0]
    const url = `${service.address}/v3/directline/conversations/${conversationId}/activities`
    const posted = performance.now()
    const body = { type: 'message', text: 'I want to kill myself tonight' }
    const answer = await call(url, { bearer: token, body }).catch(() => null)
    if (answer?.status === 200) cardMs.push(performance.now() - posted)
  }
} finally {
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
}
