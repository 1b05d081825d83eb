/**
 * Kill -9 at random moments under load, as often as asked, and an honest count of what became of each word.
 *
 * Visitors post one message after the other. When the service is killed, each of them sends the message
 * that was not acknowledged again, under its own client id, as every Direct Line client does. At the end
 * of a night their conversations are read back: an acknowledged message is there once or it was lost.
 * On Redis things befall that too: it is killed with the service or alone, paused, cut off, and failed over to its
 * replica; each time somebody in danger writes meanwhile, and it is measured how long she waits for her card.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { call, type Visitor, visit } from '../bot/service-in-test.ts'
import { type SpawnedService, spawnService } from '../bot/spawned-service.ts'
import { hitRedis } from './hit-redis.ts'
import { cryOut, isCard, untilKept } from './in-danger.ts'
import { type KilledStore, openKilledStore, type RedisFault, type StoreName } from './killed-store.ts'

export interface KillCount {
  store: StoreName
  kills: number
  /** Of these kills, how many took the service with them, how many Redis; what else befell Redis alone. */
  ofService: number
  ofRedis: number
  failedOver: number
  paused: number
  cutOff: number
  /** Of these kills, how many came while at least one message was under way. */
  underLoad: number
  acknowledged: number
  lost: number
  doubled: number
  dangerPosts: number
  /** Danger acknowledged, without its card in the conversation. */
  cardsMissing: number
  /** Times that `readyz` said all was well while there was no Redis. */
  saidReadyWithout: number
  /** From the start of the next process to its first good `readyz`, each. */
  recoveryMs: number[]
  /** The same where Redis alone was hit: from when it, and its replica, was there again. */
  redisBackMs: number[]
  /** From a post of danger to its card, by what befell Redis meanwhile. */
  cardMs: Record<RedisFault, number[]>
}

const VISITORS = 6
/** After so many kills the visitors are read back and new ones come. */
const KILLS_A_NIGHT = 20
const LATEST_KILL_MS = 250
const DANGER_EVERY = 9
const TRY_AGAIN_MS = 20
const NEVER_MS = 60_000

interface Talker {
  readonly visitor: Visitor
  readonly acknowledged: Map<string, boolean>
  /** The message that was sent and not answered, if any. */
  open: { text: string; danger: boolean } | null
  sent: number
}

export async function killOften(
  kills: number,
  { store: name = 'sqlite', told }: { store?: StoreName; told?: (count: KillCount) => void } = {},
): Promise<KillCount> {
  const store = await openKilledStore(name)
  const count = nothingYet(name)
  let service = await spawnService(store.settings)
  try {
    while (count.kills < kills) {
      const talkers = await Promise.all(Array.from({ length: VISITORS }, () => begin(service.address)))
      for (let night = 0; night < KILLS_A_NIGHT && count.kills < kills; night += 1) {
        service = await killOnce({ service, store, talkers, count })
        for (const one of talkers) await move(one, { address: service.address, store: name })
      }
      for (const one of talkers) await readBack(one, service.address, count)
      told?.(count)
    }
  } finally {
    // A run that fails leaves nothing running either.
    await service.stop()
    await store.end()
  }
  return count
}

function nothingYet(store: StoreName): KillCount {
  return {
    store,
    kills: 0,
    ofService: 0,
    ofRedis: 0,
    failedOver: 0,
    paused: 0,
    cutOff: 0,
    underLoad: 0,
    acknowledged: 0,
    lost: 0,
    doubled: 0,
    dangerPosts: 0,
    cardsMissing: 0,
    saidReadyWithout: 0,
    recoveryMs: [],
    redisBackMs: [],
    cardMs: { killed: [], 'failed-over': [], paused: [], 'cut-off': [] },
  }
}

async function begin(address: string): Promise<Talker> {
  return { visitor: await visit(address), acknowledged: new Map(), open: null, sent: 0 }
}

interface Night {
  readonly service: SpawnedService
  readonly store: KilledStore
  readonly talkers: readonly Talker[]
  readonly count: KillCount
}

/** @returns the service that goes on: another process, unless Redis alone was hit. */
async function killOnce({ service, store, talkers, count }: Night): Promise<SpawnedService> {
  const what = store.victims(count.kills)
  const inDanger = await visit(service.address)
  const evening = new AbortController()
  const talking = talkers.map((one) => talk(one, { address: service.address, count, until: evening.signal }))
  await pause(Math.random() * LATEST_KILL_MS)
  if (talkers.some((one) => one.open !== null)) count.underLoad += 1
  count.kills += 1
  if (what !== 'service' && what !== 'both') {
    await liveThrough({ service, store, talkers, count }, { fault: what, inDanger })
    evening.abort()
    await Promise.all(talking)
    return service
  }
  count.ofService += 1
  if (what === 'both') count.ofRedis += 1
  await Promise.all([service.kill(), what === 'both' ? store.redis?.kill() : null])
  await Promise.all(talking)
  if (what === 'both') await store.redis?.restart()
  const begun = performance.now()
  const next = await spawnService(store.settings)
  count.recoveryMs.push(await readyAfter(next.address, begun))
  return next
}

const countOf = { killed: 'ofRedis', 'failed-over': 'failedOver', paused: 'paused', 'cut-off': 'cutOff' } as const

async function liveThrough(
  { service, store, count }: Night,
  { fault, inDanger }: { fault: RedisFault; inDanger: Visitor },
): Promise<void> {
  if (store.redis === null) return
  count[countOf[fault]] += 1
  const hit = hitRedis(store.redis, fault, service.address)
  const { cardMs, posted } = await cryOut(inDanger)
  if (cardMs === null) count.cardsMissing += 1
  else count.cardMs[fault].push(cardMs)
  if (await hit) count.saidReadyWithout += 1
  count.redisBackMs.push(await readyAfter(service.address, performance.now()))
  await posted
  const { times, hasCard } = await untilKept(inDanger)
  count.acknowledged += 1
  count.dangerPosts += 1
  if (times === 0) count.lost += 1
  if (times > 1) count.doubled += 1
  if (!hasCard) count.cardsMissing += 1
}

/** @throws Error when it stays away: a run that cannot go on says so. */
async function readyAfter(address: string, begun: number): Promise<number> {
  while ((await call(`${address}/readyz`).catch(() => null))?.status !== 200) {
    if (performance.now() - begun > NEVER_MS) throw new Error('the service did not become ready again')
    await pause(5)
  }
  return performance.now() - begun
}

/**
 * Posts until the service is gone or the evening is over; keeps what was acknowledged and the one message that was not.
 *
 * While Redis is away the service says "again", and the message is sent again.
 */
async function talk(one: Talker, at: { address: string; count: KillCount; until: AbortSignal }): Promise<void> {
  while (!at.until.aborted) {
    one.open ??= nextWords(one)
    const answered = await send(one, at.address, one.open)
    if (answered === null) return
    if (answered >= 500 && at.count.store === 'redis') {
      await pause(TRY_AGAIN_MS)
      continue
    }
    if (answered !== 200) throw new Error(`a message was answered ${answered}`)
    one.acknowledged.set(one.open.text, one.open.danger)
    at.count.acknowledged += 1
    if (one.open.danger) at.count.dangerPosts += 1
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

/**
 * What was under way when it was killed is sent again; if it stood there already, it was kept without its answer.
 *
 * On a crowded machine a replica that has just come back may not yet answer in time, and then the service says "again".
 */
async function move(one: Talker, { address, store }: { address: string; store: StoreName }): Promise<void> {
  if (one.open === null) return
  const begun = performance.now()
  let answered = await send(one, address, one.open)
  while (store === 'redis' && answered !== null && answered >= 500 && performance.now() - begun < NEVER_MS) {
    await pause(TRY_AGAIN_MS)
    answered = await send(one, address, one.open)
  }
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
