/**
 * `npm run faults:danger`: how long somebody in danger waits for her card in each fault, and what `readyz` says then.
 *
 * The chats are opened before; then the fault begins, everybody writes her sentence, one after the other, and looks
 * until her card is there. After the fault it is sent again until it is kept, and must stand there once.
 *
 * usage: node test/faults/run-danger.ts [file for the figures] [people for each fault]
 */
import { writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { call, type Visitor, visit } from '../bot/service-in-test.ts'
import { cryOut, untilKept } from './in-danger.ts'
import { all, type Trouble } from './troubles.ts'

const file = process.argv[2] ?? 'docs/bench/danger-in-faults.json'
const people = Number(process.argv[3] ?? 20)
const QUESTION_EVERY_MS = 250

interface Lived {
  readonly fault: string
  readonly people: number
  readonly cards: number
  readonly p50Ms: number
  readonly longestMs: number
  readonly readyz: number
  readonly saysTheTruth: boolean
  readonly lost: number
  readonly doubled: number
}

const rows: Lived[] = []
for (const open of all) {
  const { service, troubles, end } = await open()
  for (const trouble of troubles) {
    const row = await liveThrough(service.address, trouble)
    rows.push(row)
    process.stdout.write(`${JSON.stringify(row)}\n`)
  }
  await end()
}
writeFileSync(
  file,
  `${JSON.stringify({ at: new Date().toISOString(), node: process.version, people, rows }, null, 2)}\n`,
)
process.exitCode = rows.every((row) => row.cards === row.people && row.saysTheTruth && row.lost + row.doubled === 0)
  ? 0
  : 1

async function liveThrough(address: string, trouble: Trouble): Promise<Lived> {
  const visitors: Visitor[] = []
  for (let count = 0; count < people; count += 1) visitors.push(await visit(address))
  const asking = new AbortController()
  const questions = ask(await visit(address), asking.signal)
  trouble.begin()
  const waits: number[] = []
  const posts: Promise<unknown>[] = []
  let readyz = 0
  for (const one of visitors) {
    const { cardMs, posted } = await cryOut(one)
    if (cardMs !== null) waits.push(cardMs)
    posts.push(posted)
    readyz ||= (await call(`${address}/readyz`)).status
  }
  trouble.end()
  asking.abort()
  await Promise.all([...posts, questions])
  while ((await call(`${address}/readyz`)).status !== 200) await wait(20)
  const kept = []
  for (const one of visitors) kept.push(await untilKept(one))
  const sorted = waits.toSorted((one, other) => one - other)
  const at = (share: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? -1)
  return {
    fault: trouble.name,
    people,
    cards: waits.length,
    p50Ms: at(0.5),
    longestMs: at(1),
    readyz,
    saysTheTruth: (readyz === 200) === trouble.isReady,
    lost: kept.filter(({ times, hasCard }) => times === 0 || !hasCard).length,
    doubled: kept.filter(({ times }) => times > 1).length,
  }
}

/** Somebody who asks what only a model could answer, so that it has work meanwhile. */
async function ask(visitor: Visitor, until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    await visitor.post({ type: 'message', text: 'is there a swimming pool on the roof' }).catch(() => undefined)
    await wait(QUESTION_EVERY_MS)
  }
}
