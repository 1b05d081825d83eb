/**
 * The line to Redis: the only file that knows its client.
 *
 * Commands wait a moment for a line that is being mended, then fail as `STORE_UNAVAILABLE`. One that
 * was under way when the line broke is sent again, so every change carries an operation id and is
 * done once. Each server is held to its durability every time a line to it opens.
 */
import { Cluster, type ClusterNode, Redis, type RedisOptions } from 'ioredis'
import { AdmissionsError } from '../../errors.ts'
import { holdToDurability, type Server, type Weakness } from './durability.ts'
import type { Reply } from './reply.ts'
import type { Script } from './scripts.ts'

export interface RedisSettings {
  /** One address, or several nodes of a cluster. */
  readonly urls: readonly string[]
  readonly prefix: string
  readonly acceptedLosses: readonly Weakness[]
}

export type Argument = string | number | Uint8Array

export interface Connection {
  /** The key that every other begins with, its hash tag included. */
  readonly root: string
  run(script: Script, ...args: Argument[]): Promise<Reply>
  ask(command: string, ...args: Argument[]): Promise<Reply>
  /** Resolves once the channel is heard. */
  subscribe(channel: string): Promise<void>
  unsubscribe(channel: string): Promise<void>
  onMessage(listener: (channel: string, message: Buffer) => void): void
  /** Called whenever messages may have been missed. */
  onGap(listener: () => void): void
  close(): Promise<void>
}

const COMMAND_TIMEOUT_MS = 5_000
const START_TIMEOUT_MS = 5_000
const LONGEST_PAUSE_MS = 1_000
/** A server that says it is read-only has been replaced, or will be: look again, but not at every command. */
const LOOK_AGAIN_MS = 1_000

const pause = (times: number): number => Math.min(50 * times, LONGEST_PAUSE_MS)

/**
 * @throws AdmissionsError `CONFIG_INVALID` for a Redis that must not be used. One that cannot be reached
 * is waited for: the line opens by itself, and until then everything is `STORE_UNAVAILABLE`.
 */
export async function connect(settings: RedisSettings): Promise<Connection> {
  const root = `{${settings.prefix}}`
  const client = settings.urls.length > 1 ? clusterOf(settings.urls) : single(settings.urls[0] as string)
  const subscriber = client instanceof Cluster ? client : client.duplicate()
  const inspection = inspect(client, settings.acceptedLosses)
  subscriber.on('error', () => undefined)
  await inspection.first
  return {
    root,
    run: (script, ...args) => inspection.admit(() => evaluate(client, script, [1, root, ...args])),
    ask: (command, ...args) =>
      inspection.admit(() => client.callBuffer(command, args.map(toArgument)) as Promise<Reply>),
    subscribe: async (channel) => void (await subscriber.subscribe(channel).catch(refuse)),
    unsubscribe: async (channel) => void (await subscriber.unsubscribe(channel).catch(() => undefined)),
    onMessage: (listener) =>
      void subscriber.on('messageBuffer', (channel: Buffer, message: Buffer) => listener(channel.toString(), message)),
    onGap: (listener) => void subscriber.on(client instanceof Cluster ? '+subscriber' : 'ready', listener),
    async close() {
      subscriber.disconnect()
      client.disconnect()
    },
  }
}

function options(url: string): RedisOptions {
  let lookedAgain = 0
  return {
    protocol: 2,
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: 2_000,
    maxRetriesPerRequest: 1,
    ...(url.startsWith('rediss:') ? { tls: {} } : {}),
    reconnectOnError(error) {
      if (!error.message.startsWith('READONLY') || Date.now() - lookedAgain < LOOK_AGAIN_MS) return false
      lookedAgain = Date.now()
      return true
    },
  }
}

function single(url: string): Redis {
  return new Redis(url, { ...options(url), retryStrategy: pause })
}

function clusterOf(urls: readonly string[]): Cluster {
  const nodes: ClusterNode[] = urls.map((url) => {
    const { hostname, port } = new URL(url)
    return { host: hostname, port: Number(port || 6379) }
  })
  const first = new URL(urls[0] as string)
  const { maxRetriesPerRequest: _, ...node } = options(first.href)
  return new Cluster(nodes, {
    clusterRetryStrategy: pause,
    redisOptions: {
      ...node,
      username: decodeURIComponent(first.username),
      password: decodeURIComponent(first.password),
    },
  })
}

/** Scripts go by their hash; a server whose cache was flushed is given the source. */
async function evaluate(client: Redis | Cluster, script: Script, args: readonly Argument[]): Promise<Reply> {
  const given = args.map(toArgument)
  try {
    return (await client.callBuffer('evalsha', [script.sha, ...given])) as Reply
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error
    return (await client.callBuffer('eval', [script.source, ...given])) as Reply
  }
}

function toArgument(value: Argument): string | number | Buffer {
  if (typeof value !== 'object' || Buffer.isBuffer(value)) return value
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
}

interface Inspection {
  readonly first: Promise<void>
  admit<T>(act: () => Promise<T>): Promise<T>
}

/** Holds every server to its durability, at each new line; what comes meanwhile waits, what comes after a refusal is refused. */
function inspect(client: Redis | Cluster, accepted: readonly Weakness[]): Inspection {
  let running: Promise<void> | null = null
  let refusal: AdmissionsError | null = null
  const look = (): Promise<void> => {
    running = inspectAll(client, accepted).then(
      () => {
        refusal = null
        running = null
      },
      (error: unknown) => {
        refusal = error instanceof AdmissionsError ? error : unavailable(error)
        running = null
      },
    )
    return running
  }
  const first = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, START_TIMEOUT_MS)
    client.once('ready', () => {
      clearTimeout(timer)
      void look().then(() => (refusal ? reject(refusal) : resolve()))
    })
  })
  client.on('error', () => undefined)
  void first.catch(() => client.disconnect()).then(() => client.on('ready', look))
  if (client instanceof Cluster) client.on('+node', () => void look())
  return {
    first,
    async admit(act) {
      if (running) await running
      if (refusal) throw new AdmissionsError('STORE_UNAVAILABLE', refusal.message, { cause: refusal })
      return act().catch(refuse)
    },
  }
}

async function inspectAll(client: Redis | Cluster, accepted: readonly Weakness[]): Promise<void> {
  const clustered = client instanceof Cluster
  const servers = clustered ? client.nodes('all') : [client]
  await Promise.all(servers.map((server) => holdToDurability(serverOf(server), accepted, clustered)))
}

function serverOf(client: Redis): Server {
  const { host, port } = client.options
  return { name: `${host}:${port}`, ask: (command, ...args) => client.callBuffer(command, args) as Promise<Reply> }
}

function refuse(cause: unknown): never {
  throw unavailable(cause)
}

function unavailable(cause: unknown): AdmissionsError {
  return new AdmissionsError('STORE_UNAVAILABLE', 'The store cannot be reached or written now; nothing was kept.', {
    cause,
  })
}
