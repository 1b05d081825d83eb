/**
 * Start and stop of the service, as two mirrored lists.
 *
 * Stop finishes what it took in: no new connections, turns in line end, effects under way end, the
 * store closes last. What is left over is resumed at the next start.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Logger, pino } from 'pino'
import { createApp } from './app.ts'
import { AdmissionsBot } from './channels/admissions-bot.ts'
import { azureRoutes } from './channels/azure.ts'
import { DirectLineAdapter } from './channels/direct-line-adapter.ts'
import { createDirectLineAuth } from './channels/direct-line-auth.ts'
import { attachSockets } from './channels/direct-line-socket.ts'
import { createTokens } from './channels/token.ts'
import type { Config } from './config.ts'
import { openConversations } from './conversations.ts'
import { readDeploymentKey, readDirectLineSecret } from './deployment-key.ts'
import { createDeskEvents } from './desk-events.ts'
import { createEmergencies } from './emergency.ts'
import { AdmissionsError } from './errors.ts'
import type { House } from './house.ts'
import { createLine } from './in-line.ts'
import { createMetrics } from './metrics.ts'
import { startPerforming } from './perform.ts'
import type { Clock, Store } from './ports.ts'
import { webhookNotifier } from './providers/webhook.ts'
import { createRateLimit } from './rate-limit.ts'
import { openSqliteStore } from './stores/sqlite.ts'
import { createStreams } from './streams.ts'
import { openVault } from './vault.ts'
import { readWorld, type World } from './world.ts'

export interface Service {
  readonly house: House
  /** e.g. `http://127.0.0.1:3978` */
  readonly address: string
  readonly secret: string
  stop(): Promise<void>
}

/** Parts that a test may bring: a world read once, a store in memory, a clock of its own. */
export interface Parts {
  readonly world?: World
  readonly store?: Store
  readonly clock?: Clock
  readonly deploymentKey?: Buffer
}

const systemClock: Clock = { now: () => new Date() }

/** Builds the house without opening a port. @throws AdmissionsError for every fault that stops a start. */
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
    notifiers: config.onCallWebhook === null ? [] : [webhookNotifier(config.onCallWebhook, clock)],
    line: createLine(),
    log: createLog(config),
    metrics: createMetrics(),
  }
}

export async function startService(config: Config, parts: Parts = {}): Promise<Service> {
  const house = buildHouse(config, parts)
  const secret =
    parts.deploymentKey && config.directLineSecret === null ? 'test-secret-of-a-house' : readDirectLineSecret(config)
  const tokens = createTokens(house.vault.derive('conversation tokens'), house.clock)
  const bot = new AdmissionsBot(house)
  const chat = {
    house,
    tokens,
    auth: createDirectLineAuth(house, tokens, secret),
    adapter: new DirectLineAdapter(bot),
    turnLimit: createRateLimit(config.rateLimitPerMinute, house.clock),
    startLimit: createRateLimit(config.rateLimitPerMinute, house.clock),
  }
  const azure = config.azure === null ? null : await azureRoutes(house, bot, config.azure)
  const server = createServer(createApp(house, chat, azure))
  const sockets = attachSockets(server, house, tokens)
  const address = await listen(server, config)
  const performer = startPerforming(house)
  const stop = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    sockets.close()
    await house.line.idle()
    await performer.stop()
    server.closeAllConnections()
    await closed
    await house.store.close()
  }
  return { house, address, secret, stop }
}

function listen(server: Server, config: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const mend = cause.code === 'EADDRINUSE' ? 'another program uses it: set another PORT' : 'set HOST and PORT'
      reject(new AdmissionsError('CONFIG_INVALID', `Port ${config.port} cannot be opened: ${mend}.`, { cause }))
    })
    server.listen(config.port, config.host, () => {
      const { address, port, family } = server.address() as AddressInfo
      resolve(`http://${family === 'IPv6' ? `[${address}]` : address}:${port}`)
    })
  })
}

/** Structured, with codes and ids; to standard error, so that a command's output stays data. */
function createLog(config: Config): Logger {
  return pino({ level: config.logLevel, base: null }, pino.destination({ fd: 2, sync: false }))
}
