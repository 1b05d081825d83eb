/**
 * Builds the house: every part of it, without opening a port.
 *
 * Commands, tests and the service share it, so what a command measures is what the service runs.
 */
import { join } from 'node:path'
import type { Config } from './config.ts'
import { eligibilityOf } from './eligibility/from-config.ts'
import type { Eligibility } from './eligibility/port.ts'
import type { House } from './house.ts'
import { readKeyRing } from './keeping/deployment-key.ts'
import { formerKeysFile, readFormerKeys } from './keeping/former-keys.ts'
import { openVault, type Vault } from './keeping/vault.ts'
import { conceal } from './limits/shared-limits.ts'
import type { LanguageModel } from './models/language-model.ts'
import { registerGauges } from './operation/gauges.ts'
import { type OpenLog, openLogHere } from './operation/log.ts'
import { createMetrics } from './operation/metrics.ts'
import { createStages, type Tracer } from './operation/stages.ts'
import type { Texting } from './outbox/texting.ts'
import { type CardReader, personReads } from './photos/card-reader.ts'
import type { Clock, Notifier, Store } from './ports.ts'
import { emailNotifier, openMailbox, type Post } from './providers/email.ts'
import { openaiModel } from './providers/openai.ts'
import { webhookNotifier } from './providers/webhook.ts'
import { createDeskEvents } from './queue/desk-events.ts'
import { createScriptShelf } from './scripts/script-shelf.ts'
import { calendarsOf } from './slots/calendars-from-config.ts'
import { openSqliteStore } from './stores/sqlite.ts'
import { type Conversations, openConversations } from './turn/conversations.ts'
import { createEmergencies } from './turn/emergency.ts'
import type { Exchange } from './turn/exchange.ts'
import { createLine } from './turn/in-line.ts'
import { createStreams, type OpenTurn } from './turn/streams.ts'
import { readWorld, type World, withMail } from './world.ts'

/** Parts that a test may bring: a world read once, a store in memory, a clock of its own. */
export interface Parts {
  readonly world?: World
  readonly store?: Store
  readonly clock?: Clock
  readonly eligibility?: Eligibility
  readonly model?: LanguageModel
  readonly cardReader?: CardReader
  readonly texting?: Texting
  readonly exchange?: Exchange | null
  readonly deploymentKey?: Buffer
  readonly tracer?: Tracer | null
  readonly log?: OpenLog
}

const systemClock: Clock = { now: () => new Date() }

/** @throws AdmissionsError for every fault that stops a start. */
export function buildHouse(config: Config, parts: Parts = {}): House {
  const clock = parts.clock ?? systemClock
  const vault = vaultOf(config, parts)
  const world = withMail(parts.world ?? keptWorld(config, vault), config.email !== null)
  const store = parts.store ?? openSqliteStore(join(config.dataDir, 'porchlight.sqlite'))
  const exchange = parts.exchange ?? null
  const { log, stop: stopLog } = parts.log ?? openLogHere(config)
  const conversations = openConversations(store, vault, exchange !== null)
  exchange?.erasures.onErased(conversations.forget)
  const post = config.email && openMailbox(config.email)
  return {
    config,
    world,
    store,
    scripts: createScriptShelf({ store, world, clock }),
    vault,
    clock,
    exchange: exchange && { ...exchange, limits: conceal(exchange.limits, vault.derive('shared limits')) },
    conversations,
    streams: createStreams(exchange ? { feed: exchange.turns, open: turnOpener(conversations) } : undefined),
    emergencies: createEmergencies(),
    deskEvents: exchange?.deskEvents ?? createDeskEvents(clock.now().getTime()),
    notifiers: notifiersOf(config, { clock, post }),
    post,
    texting: parts.texting ?? null,
    calendars: calendarsOf(config, {
      clock,
      failed: (code, program) => log.warn({ event: 'calendar.unread', code, program }),
    }),
    eligibility: parts.eligibility ?? eligibilityOf(config, clock),
    model: parts.model ?? (config.model === null ? null : openaiModel(config.model)),
    cardReader: parts.cardReader ?? personReads,
    line: createLine(),
    leaving: new AbortController(),
    log,
    stopLog,
    ...figuresOf({ store, clock, exchange }, parts.tracer ?? null),
  }
}

function vaultOf(config: Config, { deploymentKey }: Parts): Vault {
  if (deploymentKey) return openVault(deploymentKey)
  const ring = readKeyRing(config)
  return openVault(ring.current, ring.former, config.redis ? [] : readFormerKeys(formerKeysFile(config), ring))
}

function figuresOf(sources: Parameters<typeof registerGauges>[1], tracer: Tracer | null) {
  const metrics = createMetrics()
  registerGauges(metrics.registry, sources)
  return { metrics, stages: createStages(metrics.stageSeconds, tracer) }
}

function keptWorld({ programsDir, dataDir }: Config, vault: Vault): World {
  return readWorld(programsDir, { folder: dataDir, key: vault.derive('scripts and facts as read') })
}

/** A conversation's key never changes, so any copy of it opens its turns. */
function turnOpener(conversations: Conversations): OpenTurn {
  return async (conversation, turn) => {
    const key = await conversations.keyOf(conversation)
    return key && { activities: conversations.openTurn({ id: conversation, key }, turn), lastSeq: turn.lastSeq }
  }
}

function notifiersOf(
  { onCallWebhook, email }: Config,
  { clock, post }: { clock: Clock; post: Post | null },
): Notifier[] {
  return [
    ...(onCallWebhook === null ? [] : [webhookNotifier(onCallWebhook, clock)]),
    ...(email === null || post === null ? [] : [emailNotifier(post, email)]),
  ]
}
