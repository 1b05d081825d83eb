/**
 * One thing that befalls Redis while the service stays: its beginning, what people see meanwhile, its end.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { call } from '../bot/service-in-test.ts'
import type { RedisFault } from './killed-store.ts'
import type { RedisPair } from './redis-pair.ts'

/** So long it lasts at most: below it nobody notices, beyond it a turn hangs and its card comes apart from it. */
const LATEST_END_MS = { killed: 400, 'failed-over': 400, paused: 1_500, 'cut-off': 1_500 }

/** @returns whether `readyz` said that all is well while there was no Redis. */
export async function hitRedis(pair: RedisPair, fault: RedisFault, address: string): Promise<boolean> {
  await begin(pair, fault)
  // One that is paused or cut off answers nothing, and so does `readyz` until its own time is over.
  const isGone = fault === 'killed' || fault === 'failed-over'
  const saidReady = isGone && (await call(`${address}/readyz`)).status === 200
  await wait(Math.random() * LATEST_END_MS[fault])
  await end(pair, fault)
  return saidReady
}

async function begin(pair: RedisPair, fault: RedisFault): Promise<void> {
  if (fault === 'killed' || fault === 'failed-over') await pair.kill()
  if (fault === 'paused') pair.pause()
  if (fault === 'cut-off') pair.cut(true)
}

async function end(pair: RedisPair, fault: RedisFault): Promise<void> {
  if (fault === 'killed') await pair.restart()
  if (fault === 'failed-over') await pair.failOver()
  if (fault === 'paused') pair.goOn()
  if (fault === 'cut-off') pair.cut(false)
}
