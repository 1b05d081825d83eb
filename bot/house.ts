/**
 * The house: everything that one running service holds, put together in one place.
 *
 * Passed as one value, so that a test builds the same house with an in-memory store and a fixed
 * clock and nothing else differs.
 */
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Eligibility } from './eligibility/port.ts'
import type { Vault } from './keeping/vault.ts'
import type { LanguageModel } from './models/language-model.ts'
import type { Metrics } from './operation/metrics.ts'
import type { Stages } from './operation/stages.ts'
import type { Texting } from './outbox/texting.ts'
import type { CardReader } from './photos/card-reader.ts'
import type { Clock, Notifier, Store } from './ports.ts'
import type { Post } from './providers/email.ts'
import type { DeskEvents } from './queue/desk-events.ts'
import type { ScriptShelf } from './scripts/script-shelf.ts'
import type { OutsideCalendars } from './slots/outside-calendars.ts'
import type { Conversations } from './turn/conversations.ts'
import type { Emergencies } from './turn/emergency.ts'
import type { Exchange } from './turn/exchange.ts'
import type { Line } from './turn/in-line.ts'
import type { Streams } from './turn/streams.ts'
import type { World } from './world.ts'

export interface House {
  readonly config: Config
  readonly world: World
  readonly store: Store
  /** Every version of the scripts that a conversation may have started with. */
  readonly scripts: ScriptShelf
  readonly vault: Vault
  /** What machines that share the store tell each other; null = this is the only one. */
  readonly exchange: Exchange | null
  readonly conversations: Conversations
  readonly streams: Streams
  readonly emergencies: Emergencies
  readonly deskEvents: DeskEvents
  readonly notifiers: readonly Notifier[]
  readonly eligibility: Eligibility
  /** null = everything works from scripts and facts alone. */
  readonly model: LanguageModel | null
  readonly cardReader: CardReader
  /** What programs keep in calendars elsewhere. */
  readonly calendars: OutsideCalendars
  /** null = no mail goes out. */
  readonly post: Post | null
  /** null = nobody is texted. */
  readonly texting: Texting | null
  readonly line: Line
  /** Aborted once this machine is about to stop: it still serves, and is not ready any more. */
  readonly leaving: AbortController
  readonly clock: Clock
  readonly log: Logger
  /** Lines on their way to another machine are sent. */
  stopLog(): Promise<void>
  readonly metrics: Metrics
  readonly stages: Stages
}
