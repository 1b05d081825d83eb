/**
 * Listening to channels of Redis over a line that may break and come back, perhaps to another node.
 *
 * Publish and subscribe forgets what nobody hears. So whenever a line stands anew with all its
 * channels, everybody is told of a gap and reads the store for what came in between.
 */
import { AdmissionsError } from '../../errors.ts'

/** One line, used until it ends; the connection makes it. */
export interface SubscriberLine {
  subscribe(channels: readonly string[]): Promise<unknown>
  unsubscribe(channel: string): Promise<unknown>
  on(event: 'ready' | 'end', listener: () => void): void
  onMessage(listener: (channel: string, message: Buffer) => void): void
  end(): void
}

export interface Subscriber {
  /** Resolves once the channel is heard. @throws AdmissionsError `STORE_UNAVAILABLE`. */
  subscribe(channel: string): Promise<void>
  unsubscribe(channel: string): Promise<void>
  onMessage(listener: (channel: string, message: Buffer) => void): void
  /** Called whenever messages may have been missed. */
  onGap(listener: () => void): void
  close(): void
}

const SHORTEST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 1_000
/** So long may a new listener wait for a broken line. */
const WAIT_MS = 2_000
const CHANNELS_AT_ONCE = 500

/** @param open - opens a line to a server that is up; null when there is none now. */
export function createSubscriber(open: () => SubscriberLine | null): Subscriber {
  const ears: Ears = { channels: new Set(), hear: [], tellGap: [] }
  const { channels } = ears
  const lines = keepLine(open, ears)
  return {
    async subscribe(channel) {
      channels.add(channel)
      const line = await within(lines.standing())
      if (channels.has(channel)) await line.subscribe([channel]).catch(refuse)
    },
    async unsubscribe(channel) {
      channels.delete(channel)
      await lines
        .current()
        ?.unsubscribe(channel)
        .catch(() => undefined)
    },
    onMessage: (listener) => void ears.hear.push(listener),
    onGap: (listener) => void ears.tellGap.push(listener),
    close: lines.close,
  }
}

interface Ears {
  readonly channels: Set<string>
  readonly hear: ((channel: string, message: Buffer) => void)[]
  readonly tellGap: (() => void)[]
}

/** One line after the other; each stands once all channels are heard on it. */
function keepLine(open: () => SubscriberLine | null, ears: Ears) {
  const standing = createStanding()
  let line: SubscriberLine | null = null
  let pauseMs = SHORTEST_PAUSE_MS
  let closed = false

  function next(): void {
    line = closed ? null : open()
    if (line) follow(line)
    else if (!closed) again()
  }

  function again(): void {
    standing.ended()
    setTimeout(next, pauseMs).unref()
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
  }

  function follow(mine: SubscriberLine): void {
    mine.onMessage((channel, message) => {
      for (const listener of ears.hear) listener(channel, message)
    })
    mine.on('end', again)
    mine.on('ready', () => void subscribeAll(mine, [...ears.channels]).then(() => stood(mine), mine.end))
  }

  function stood(mine: SubscriberLine): void {
    pauseMs = SHORTEST_PAUSE_MS
    standing.began(mine)
    for (const listener of ears.tellGap) listener()
  }

  next()
  const close = (): void => {
    closed = true
    line?.end()
  }
  return { standing: standing.line, current: () => line, close }
}

/** The line that stands now, or the next one that will. */
function createStanding() {
  let next = Promise.withResolvers<SubscriberLine>()
  let stands = false
  return {
    line: () => next.promise,
    began(line: SubscriberLine): void {
      stands = true
      next.resolve(line)
    },
    ended(): void {
      if (stands) next = Promise.withResolvers()
      stands = false
    },
  }
}

async function subscribeAll(line: SubscriberLine, channels: readonly string[]): Promise<void> {
  for (let from = 0; from < channels.length; from += CHANNELS_AT_ONCE) {
    await line.subscribe(channels.slice(from, from + CHANNELS_AT_ONCE))
  }
}

function within<T>(promise: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('no line')), WAIT_MS)
  return Promise.race([promise, late.promise])
    .catch(refuse)
    .finally(() => clearTimeout(timer))
}

function refuse(cause: unknown): never {
  throw new AdmissionsError('STORE_UNAVAILABLE', 'Other machines cannot be heard now.', { cause })
}
