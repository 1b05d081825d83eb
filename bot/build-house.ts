/**
 * Builds the house: every part of it, without opening a port.
 *
 * Commands, tests and the service share it, so what a command measures is what the service runs.
 */
import { join } from 'node:path'
import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'
import { openConversations } from './conversations.ts'
import { readDeploymentKey } from './deployment-key.ts'
import { createDeskEvents } from './desk-events.ts'
import { createEmergencies } from './emergency.ts'
import type { House } from './house.ts'
import { createLine } from './in-line.ts'
import { createMetrics } from './metrics.ts'
import type { Clock, Notifier, Store } from './ports.ts'
import { emailNotifier, openMailbox } from './providers/email.ts'
import { webhookNotifier } from './providers/webhook.ts'
import { openSqliteStore } from './stores/sqlite.ts'
import { createStreams } from './streams.ts'
import { openVault } from './vault.ts'
import { readWorld, type World } from './world.ts'

/** Parts that a test may bring: a world read once, a store in memory, a clock of its own. */
export interface Parts {
  readonly world?: World
  readonly store?: Store
  readonly clock?: Clock
  readonly deploymentKey?: Buffer
}

const systemClock: Clock = { now: () => new Date() }

/** @throws AdmissionsError for every fault that stops a start. */
export function buildHouse(config: Config, parts: Parts = {}): House {
  const clock = parts.clock ?? systemClock
  const key = parts.deploymentKey ?? readDeploymentKey(config)
  const world = parts.world ?? readWorld(config.programsDir)
  const vault = openVault(key)
  const store = parts.store ?? openSqliteStore(join(config.dataDir, 'porchlight.sqlite'))
  return {
    config,
    world,
    store,
    vault,
    clock,
    conversations: openConversations(store, vault),
    streams: createStreams(),
    emergencies: createEmergencies(),
    deskEvents: createDeskEvents(clock.now().getTime()),
    notifiers: notifiersOf(config, clock),
    line: createLine(),
    log: createLog(config),
    metrics: createMetrics(),
  }
}

function notifiersOf({ onCallWebhook, email }: Config, clock: Clock): Notifier[] {
  return [
    ...(onCallWebhook === null ? [] : [webhookNotifier(onCallWebhook, clock)]),
    ...(email === null ? [] : [emailNotifier(openMailbox(email), email)]),
  ]
}

/** Structured, with codes and ids; to standard error, so that a command's output stays data. */
function createLog(config: Config): Logger {
  return pino({ level: config.logLevel, base: null }, pino.destination({ fd: 2, sync: false }))
}
