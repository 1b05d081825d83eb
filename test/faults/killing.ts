/**
 * Kill -9 at random moments under load, as often as asked, and an honest count of what became of each word.
 *
 * Visitors post one message after the other. When the service is killed, each of them sends the message
 * that was not acknowledged again, under its own client id, as every Direct Line client does. At the end
 * of a night their conversations are read back: an acknowledged message is there once or it was lost.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { call, said, type Visitor, visit } from '../bot/service-in-test.ts'
import { type SpawnedService, spawnService } from '../bot/spawned-service.ts'

export interface KillCount {
  kills: number
  /** Of these kills, how many came while at least one message was under way. */
  underLoad: number
  acknowledged: number
  lost: number
  doubled: number
  dangerPosts: number
  /** Danger acknowledged, without its card in the conversation. */
  cardsMissing: number
  /** From the start of the next process to its first good `readyz`, each. */
  recoveryMs: number[]
}

const VISITORS = 6
/** After so many kills the visitors are read back and new ones come. */
const KILLS_A_NIGHT = 20
const LATEST_KILL_MS = 250
const DANGER_EVERY = 9

interface Talker {
  readonly visitor: Visitor
  readonly acknowledged: Map<string, boolean>
  /** The message that was sent and not answered, if any. */
  open: { text: string; danger: boolean } | null
  sent: number
}

export async function killOften(kills: number, told: (count: KillCount) => void = () => undefined): Promise<KillCount> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-kills-'))
  const count: KillCount = {
    kills: 0,
    underLoad: 0,
    acknowledged: 0,
    lost: 0,
    doubled: 0,
    dangerPosts: 0,
    cardsMissing: 0,
    recoveryMs: [],
  }
  let service = await start(folder)
  while (count.kills < kills) {
    const talkers = await Promise.all(Array.from({ length: VISITORS }, () => begin(service.address)))
    for (let night = 0; night < KILLS_A_NIGHT && count.kills < kills; night += 1) {
      service = await killOnce({ service, folder, talkers, count })
      for (const one of talkers) await move(one, service.address)
    }
    for (const one of talkers) await readBack(one, service.address, count)
    told(count)
  }
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
  return count
}

function start(folder: string): Promise<SpawnedService> {
  return spawnService({ DATA_DIR: folder, LOG_LEVEL: 'silent' })
}

async function begin(address: string): Promise<Talker> {
  return { visitor: await visit(address), acknowledged: new Map(), open: null, sent: 0 }
}

async function killOnce(at: {
  service: SpawnedService
  folder: string
  talkers: readonly Talker[]
  count: KillCount
}): Promise<SpawnedService> {
  const { service, folder, talkers, count } = at
  const talking = talkers.map((one) => talk(one, service.address, count))
  await new Promise((resolve) => setTimeout(resolve, Math.random() * LATEST_KILL_MS))
  if (talkers.some((one) => one.open !== null)) count.underLoad += 1
  await service.kill()
  await Promise.all(talking)
  count.kills += 1
  const begun = performance.now()
  const next = await start(folder)
  while ((await call(`${next.address}/readyz`).catch(() => null))?.status !== 200) await pause(5)
  count.recoveryMs.push(performance.now() - begun)
  return next
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Posts until the service is gone; keeps what was acknowledged and the one message that was not. */
async function talk(one: Talker, address: string, count: KillCount): Promise<void> {
  for (;;) {
    one.open ??= nextWords(one)
    const answered = await send(one, address, one.open)
    if (answered === null) return
    if (answered !== 200) throw new Error(`a message was answered ${answered}`)
    one.acknowledged.set(one.open.text, one.open.danger)
    count.acknowledged += 1
    if (one.open.danger) count.dangerPosts += 1
    one.open = null
  }
}

function nextWords(one: Talker): { text: string; danger: boolean } {
  one.sent += 1
  const danger = one.sent % DANGER_EVERY === 0
  return { text: danger ? `I want to kill myself, message ${one.sent}` : `do you have message ${one.sent}`, danger }
}

async function send(one: Talker, address: string, words: { text: string }): Promise<number | null> {
  const url = `${address}/v3/directline/conversations/${one.visitor.conversation}/activities`
  const body = { type: 'message', text: words.text, channelData: { clientActivityID: words.text } }
  const answer = await call(url, { bearer: one.visitor.token, body }).catch(() => null)
  return answer?.status ?? null
}

/** What was under way when it was killed is sent again; if it stood there already, it was kept without its answer. */
async function move(one: Talker, address: string): Promise<void> {
  if (one.open === null) return
  const answered = await send(one, address, one.open)
  if (answered !== 200) throw new Error(`a message sent again was answered ${answered}`)
  one.acknowledged.set(one.open.text, one.open.danger)
  one.open = null
}

async function readBack(one: Talker, address: string, count: KillCount): Promise<void> {
  const url = `${address}/v3/directline/conversations/${one.visitor.conversation}/activities`
  const { activities } = (await call(url, { bearer: one.visitor.token })).body
  for (const [text, danger] of one.acknowledged) {
    const places = activities.flatMap((activity, at) => (activity.text === text ? [at] : []))
    if (places.length === 0) count.lost += 1
    if (places.length > 1) count.doubled += 1
    const [first] = places
    if (danger && first !== undefined && !isCard(activities[first + 1])) count.cardsMissing += 1
  }
}

function isCard(activity: Parameters<typeof said>[0]): boolean {
  return activity !== undefined && said(activity).kind === 'crisis'
}
