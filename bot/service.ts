/**
 * Start and stop of the service, as two mirrored lists.
 *
 * Stop first says that this machine is leaving, so that proxies look for another one; then it finishes
 * what it took in: no new connections, turns in line end, what a model was asked ends, effects under way end, the
 * store closes last. What is left over is resumed at the next start.
 */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, RequestListener, Server } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Router } from 'express'
import { baseHeaders, errorAnswer, sendJson } from './answers.ts'
import { createApp } from './app.ts'
import { buildHouse, type Parts } from './build-house.ts'
import { AdmissionsBot } from './channels/admissions-bot.ts'
import { CONVERSATIONS_OF_A_NETWORK, CONVERSATIONS_OF_A_PROGRAM, createCrowd } from './channels/crowd.ts'
import type { DirectLine } from './channels/direct-line.ts'
import { DirectLineAdapter } from './channels/direct-line-adapter.ts'
import { createDirectLineAuth } from './channels/direct-line-auth.ts'
import { attachSockets } from './channels/direct-line-socket.ts'
import { quickRoutes } from './channels/quick-routes.ts'
import { createTokens, type Tokens } from './channels/token.ts'
import type { Config } from './config.ts'
import { openDoors } from './front-doors.ts'
import type { House } from './house.ts'
import { tellAuditHeads } from './keeping/audit-heads.ts'
import { readDeploymentKey, readDirectLineSecret } from './keeping/deployment-key.ts'
import { formerKeysFile, readFormerKeys } from './keeping/former-keys.ts'
import { keyFileOf, watchRing } from './keeping/key-ring.ts'
import { watchLearned } from './learning/learned.ts'
import { oneReadingOnly } from './limits/one-reading.ts'
import { createRateLimit, type RateLimit } from './limits/rate-limit.ts'
import { lookAfterStart } from './models/look-after-start.ts'
import { readingsEnded } from './models/second-answer.ts'
import { looksEnded } from './models/second-look.ts'
import { openLog } from './operation/log.ts'
import type { Tracer } from './operation/stages.ts'
import { startPerforming } from './outbox/perform.ts'
import { openStore } from './stores/open-store.ts'
import { createDoor } from './tls.ts'

export interface Service {
  readonly house: House
  /** e.g. `http://127.0.0.1:3978` */
  readonly address: string
  readonly secret: string
  readonly server: Server
  stop(): Promise<void>
}

/** Who sends slowly, or more headers than any client of ours, holds no connection open for long. */
const doorLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  // How often the two are looked at: Node's own half a minute would hold a slow sender three times as long as told.
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
  // Node would answer, and still hand on what was sent along behind it: `one-reading` looks.
  requireHostHeader: false,
  // Somebody whose client would rather speak another protocol (Java's asks for h2c first) is answered in ours.
  shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
  keepAliveTimeout: 65_000,
}
const HEADERS_AT_MOST = 100

export async function startService(config: Config, parts: Parts = {}): Promise<Service> {
  const house = buildHouse(config, { log: await openLog(config), ...(await withStore(config, parts)) })
  const secret =
    parts.deploymentKey && config.directLineSecret === null
      ? randomBytes(32).toString('base64url')
      : readDirectLineSecret(config)
  const tokens = createTokens(() => house.vault.deriveAll('conversation tokens'), house.clock)
  const bot = new AdmissionsBot(house)
  const chat = chatOf(house, { bot, tokens, secret })
  const azure = await azureRoutesOf(house, bot)
  const server = createDoor(config.tls, doorLimits, frontOf(house, quickRoutes(chat, createApp(house, chat, azure))))
  server.maxHeadersCount = HEADERS_AT_MOST
  const sockets = attachSockets(server, house, tokens)
  const { address, shut } = await openDoors(server, config)
  const performer = startPerforming(house)
  const learned = watchLearned(house)
  const owed = lookAfterStart(house).catch(() => undefined)
  const heads = tellAuditHeads(house)
  const keys = watchKeys(house, parts.deploymentKey ? null : keyFileOf(config))
  const stop = async (): Promise<void> => {
    house.leaving.abort()
    await wait(config.drainMs)
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    shut()
    sockets.close()
    keys.stop()
    learned.stop()
    await house.line.idle()
    await Promise.all([looksEnded(house), readingsEnded(house)])
    await performer.stop()
    await owed
    server.closeAllConnections()
    await closed
    await heads.stop()
    await Promise.all([house.stages.stop(), house.stopLog()])
    await house.store.close()
  }
  return { house, address, secret, server, stop }
}

function watchKeys({ vault, config }: House, file: string | null): ReturnType<typeof watchRing> {
  return watchRing(file, (ring) => vault.turnTo(ring, readFormerKeys(formerKeysFile(config), ring)))
}

function frontOf(house: House, answer: RequestListener): RequestListener {
  return oneReadingOnly(answer, (error, request, response) => {
    const refusal = errorAnswer(house, error, request.url ?? '')
    sendJson(response, { ...refusal, headers: { ...baseHeaders(house), ...refusal.headers, Connection: 'close' } })
  })
}

/** Microsoft's SDK is loaded by whoever uses its channels. */
async function azureRoutesOf(house: House, bot: AdmissionsBot): Promise<Router | null> {
  if (house.config.azure === null) return null
  const { azureRoutes } = await import('./channels/azure.ts')
  return azureRoutes(house, bot, house.config.azure)
}

function chatOf(
  house: House,
  { bot, tokens, secret }: { bot: AdmissionsBot; tokens: Tokens; secret: string },
): DirectLine {
  const { clock, exchange } = house
  const { rateLimitPerMinute, turnsAtOnce } = house.config
  const limits = exchange?.limits
  const limit = (name: string, times = 1): RateLimit =>
    createRateLimit(rateLimitPerMinute * times, clock, limits && { limits, name })
  const networks = limit('turns of a network', CONVERSATIONS_OF_A_NETWORK)
  const programs = limit('turns of a program', CONVERSATIONS_OF_A_PROGRAM)
  return {
    house,
    tokens,
    auth: createDirectLineAuth(house, tokens, secret),
    adapter: new DirectLineAdapter(bot),
    turnLimit: limit('turns'),
    startLimit: limit('starts'),
    crowd: createCrowd({ atOnce: turnsAtOnce, networks, programs }),
  }
}

/** The store is opened last, when the key is known to be good: nothing is written under a wrong one. */
async function withStore(config: Config, parts: Parts): Promise<Parts> {
  if (parts.store) return parts
  const deploymentKey = parts.deploymentKey ?? readDeploymentKey(config)
  return { ...parts, ...(await openStore(config, deploymentKey)), tracer: await tracerOf(config) }
}

/** Loaded only when it is asked for: it costs every start time and memory. */
async function tracerOf({ tracesUrl }: Config): Promise<Tracer | null> {
  return tracesUrl === null ? null : (await import('./operation/tracing.ts')).openTracer(tracesUrl)
}
