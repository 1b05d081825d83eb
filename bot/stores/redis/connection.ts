/**
 * The line to Redis: the only file that knows its client.
 *
 * Commands wait a moment for a line that is being mended, then fail as `STORE_UNAVAILABLE`. One that
 * was under way when the line broke is sent again, so every change carries an operation id and is
 * done once.
 */
import { Cluster, type ClusterNode, Redis, type RedisOptions } from 'ioredis'
import { AdmissionsError } from '../../errors.ts'
import type { Server, Weakness } from './durability.ts'
import { type Inspection, inspect } from './inspection.ts'
import type { Reply } from './reply.ts'
import type { Script } from './scripts.ts'
import { createSubscriber, type Subscriber, type SubscriberLine } from './subscriber.ts'

export interface RedisSettings {
  /** One address, or several nodes of a cluster. */
  readonly urls: readonly string[]
  readonly prefix: string
  readonly acceptedLosses: readonly Weakness[]
  /** So many replicas must have a change before it counts as kept. */
  readonly replicas: number
  /** A fingerprint of the deployment key. */
  readonly keyMark: string
}

export type Argument = string | number | Uint8Array

export interface Connection extends Omit<Subscriber, 'close'> {
  /** The key that every other begins with, its hash tag included. */
  readonly root: string
  /** Whether a server answered at the start. */
  readonly isReached: boolean
  /** The form of what is stored, 0 while no server has said it: written and read so that every machine can. */
  form(): number
  run(script: Script, ...args: Argument[]): Promise<Reply>
  ask(command: string, ...args: Argument[]): Promise<Reply>
  close(): Promise<void>
}

type Client = Redis | Cluster

const COMMAND_TIMEOUT_MS = 5_000
/** A line that leaves a command unanswered so long is dead. */
const SILENCE_MS = 4_000
/** A line that only listens is asked something now and then, so that a dead one shows. */
const ASK_MS = 5_000
/** So long may replicas take to say that they have a change. */
const REPLICAS_WAIT_MS = 250
const CONNECT_TIMEOUT_MS = 2_000
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
  client.on('error', () => undefined)
  let form = 0
  const inspection = inspectionOf(client, settings, async () => {
    form = await formOf(client, root)
    await holdToMark(client, root, settings.keyMark)
  })
  const close = (): void => {
    inspection.stop()
    client.disconnect()
  }
  const isReached = await inspection.first.catch((error: unknown) => {
    close()
    throw error
  })
  const { close: closeSubscriber, ...subscriber } = createSubscriber(() => subscriberLine(client))
  return {
    root,
    isReached,
    form: () => form,
    ...subscriber,
    run(script, ...args) {
      const given = [1, root, ...args].map(toArgument)
      const replicas = script.isReadOnly ? 0 : settings.replicas
      return inspection.admit(() => evaluate(send(client, replicas), script, given))
    },
    ask: (command, ...args) =>
      inspection.admit(() => client.callBuffer(command, args.map(toArgument)) as Promise<Reply>),
    async close() {
      closeSubscriber()
      close()
    },
  }
}

function inspectionOf(client: Client, { acceptedLosses }: RedisSettings, afterwards: () => Promise<void>): Inspection {
  return inspect({
    servers: () => (client instanceof Cluster ? client.nodes('all') : [client]).map(serverOf),
    accepted: acceptedLosses,
    clustered: client instanceof Cluster,
    afterwards,
    onLine: (listener) => void client.on('ready', listener).on('+node', listener),
  })
}

function options(url: string): RedisOptions {
  let lookedAgain = 0
  return {
    protocol: 2,
    commandTimeout: COMMAND_TIMEOUT_MS,
    socketTimeout: SILENCE_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
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
  const username = decodeURIComponent(first.username)
  const password = decodeURIComponent(first.password)
  const account = { ...(username ? { username } : {}), ...(password ? { password } : {}) }
  return new Cluster(nodes, {
    clusterRetryStrategy: pause,
    redisOptions: { ...options(first.href), ...account },
  })
}

/** A line of its own to this server, or to any node of the cluster: what is published reaches all of them. */
function subscriberLine(client: Client): SubscriberLine | null {
  const servers = client instanceof Cluster ? client.nodes('all') : [client]
  const server = servers[Math.floor(Math.random() * servers.length)]
  if (!server) return null
  const line = new Redis({ ...server.options, lazyConnect: false, retryStrategy: null, autoResubscribe: false })
  line.on('error', () => undefined)
  const asking = setInterval(() => void line.ping().catch(() => undefined), ASK_MS)
  line.once('end', () => clearInterval(asking))
  return {
    subscribe: (channels) => line.subscribe(...channels),
    unsubscribe: (channel) => line.unsubscribe(channel),
    on: (event, listener) => void line.once(event, listener),
    onMessage: (listener) =>
      void line.on('messageBuffer', (channel: Buffer, message: Buffer) => listener(channel.toString(), message)),
    end: () => line.disconnect(),
  }
}

/** Grows when the form of what is stored changes; an older machine then stays away from it. */
const FORM = 2

/**
 * The form in which everybody writes. It grows by itself only where nothing was stored before: while machines of
 * an older version may still run, whoever runs them raises it (`docs/deploy.md`).
 */
async function formOf(client: Client, root: string): Promise<number> {
  const form = Number(await noted(client, `${root}:form`, String(FORM)))
  if (form <= FORM) return form
  throw new AdmissionsError('STORE_UNAVAILABLE', 'Redis was written by a newer Porchlight: start that version.')
}

/** What stands there; the first one's where nothing did. A full Redis takes no write, so it is asked before. */
async function noted(client: Client, key: string, first: string): Promise<string | null> {
  const there = await client.get(key)
  if (there !== null) return there
  await client.set(key, first, 'NX')
  return client.get(key)
}

/** What was sealed under one key does not open under another: the first machine's mark holds for all. */
async function holdToMark(client: Client, root: string, mark: string): Promise<void> {
  if ((await noted(client, `${root}:key-mark`, mark)) === mark) return
  throw new AdmissionsError(
    'KEY_UNREADABLE',
    'This key is not the one that sealed the data in Redis: set the same key on all machines.',
  )
}

type Send = (command: 'eval' | 'evalsha', args: readonly (string | number | Buffer)[]) => Promise<Reply>

/** Scripts go by their hash; a server whose cache was flushed is given the source. */
async function evaluate(send: Send, script: Script, given: readonly (string | number | Buffer)[]): Promise<Reply> {
  try {
    return await send('evalsha', [script.sha, ...given])
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error
    return await send('eval', [script.source, ...given])
  }
}

/** With replicas, each change is followed on its line by the question how many of them have it. */
function send(client: Client, replicas: number): Send {
  if (replicas === 0) return (command, args) => client.callBuffer(command, [...args]) as Promise<Reply>
  return async (command, args) => {
    const both = client
      .pipeline()
      .callBuffer(command, ...args)
      .wait(replicas, REPLICAS_WAIT_MS)
    const [[fault, reply] = [], [unasked, count] = []] = (await both.exec()) ?? []
    if (fault ?? unasked) throw fault ?? unasked
    if (Number(count) < replicas) throw new Error(`${count} of ${replicas} replicas have it`)
    return reply as Reply
  }
}

function toArgument(value: Argument): string | number | Buffer {
  if (typeof value !== 'object' || Buffer.isBuffer(value)) return value
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
}

function serverOf(client: Redis): Server {
  const { host, port } = client.options
  return { name: `${host}:${port}`, ask: (command, ...args) => client.callBuffer(command, args) as Promise<Reply> }
}
