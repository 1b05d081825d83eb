/**
 * `npm run faults:flood`: three times as many messages as the service can take, and how soon danger is answered.
 *
 * First its capacity is measured with fifty visitors; then messages are sent at three times that rate,
 * whether they are answered or not, and four times a second somebody new opens a chat and writes a sentence
 * of danger. They have a process of their own (`danger-sender`), as every person has a device of her own:
 * the sender of the flood is itself too busy to look at its clock.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load, send } from '../bench/load.ts'
import { keepOffServersCore, startOnItsCore } from '../bench/server-process.ts'
import { talkers } from '../bench/visitors.ts'
import type { DangerFigures } from './danger-sender.ts'

const FLOOD_MS = Number(process.argv[3] ?? 10) * 1_000
const TIMES = Number(process.argv[4] ?? 3)
const SOCKETS_AT_MOST = 4_000
const file = process.argv[2] ?? 'docs/bench/flood.json'

keepOffServersCore()
const folder = mkdtempSync(join(tmpdir(), 'porchlight-flood-'))
const settings = { DATA_DIR: folder, PORT: '0', RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'error' }
const service = await startOnItsCore(['bot/main.js'], settings)
try {
  await load(await talkers(service.address, 50), 4_000)
  const capacity = (await load(await talkers(service.address, 50), 4_000)).perSecond
  const visitors = await talkers(service.address, 50)
  const sender = fork(fileURLToPath(new URL('danger-sender.ts', import.meta.url)), [service.address, String(FLOOD_MS)])
  const heard = once(sender, 'message')
  const flood = await flooded(visitors, capacity * TIMES)
  const [danger] = (await heard) as [DangerFigures]
  const after = (await load(await talkers(service.address, 50), 2_000)).perSecond
  const figures = {
    capacityPerSecond: Math.round(capacity),
    offeredPerSecond: Math.round(capacity * TIMES),
    ...flood,
    danger,
    perSecondRightAfter: Math.round(after),
  }
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(
    file,
    `${JSON.stringify({ at: new Date().toISOString(), node: process.version, ...figures }, null, 2)}\n`,
  )
} finally {
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function flooded(visitors: Awaited<ReturnType<typeof talkers>>, rate: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS_AT_MOST })
  const statuses = new Map<number | 'none', number>()
  const pending: Promise<void>[] = []
  const begun = performance.now()
  for (let sent = 0; performance.now() - begun < FLOOD_MS; await new Promise((next) => setTimeout(next, 2)))
    for (; sent < (rate * (performance.now() - begun)) / 1000; sent += 1) pending.push(post(sent))
  const sentPerSecond = Math.round((pending.length * 1000) / FLOOD_MS)
  await Promise.all(pending)
  agent.destroy()
  return { sentPerSecond, sent: pending.length, statuses: Object.fromEntries(statuses) }

  async function post(count: number): Promise<void> {
    const one = visitors[count % visitors.length] as (typeof visitors)[0]
    const status = await send(agent, one()).catch(() => 'none' as const)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }
}
