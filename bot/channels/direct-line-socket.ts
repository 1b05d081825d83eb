/**
 * The WebSocket stream of Direct Line: replay after the watermark, then everything as it happens.
 *
 * Several sockets per conversation are welcome (two tabs, a reload); beyond four the oldest goes.
 * Compression is off: it costs 220 kB a socket.
 */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { overIfIllegible } from '../keeping/legible.ts'
import { mustHaveOneReading } from '../limits/one-reading.ts'
import { isAllowedOrigin } from '../limits/origins.ts'
import type { StreamedSet } from '../turn/stored-activity.ts'
import { sequenceOf } from './direct-line-read.ts'
import type { Grant, Tokens } from './token.ts'

const SOCKETS_PER_CONVERSATION = 4
const KEEP_ALIVE_MS = 25_000
/** A client never has much to say here; its pings are empty. */
const FRAME_MAX_BYTES = 4_096
/** Who takes the stream and does not read it loses it: what waits for her is in the store, not in our memory. */
const UNREAD_MAX_BYTES = 1_048_576
/** Status codes of a closing socket (RFC 6455, 7.4.1, and IANA's registry). */
const closing = { normal: 1_000, failed: 1_011, restart: 1_012 } as const

const streamPath = /^\/v3\/directline\/conversations\/([\w-]{1,64})\/stream$/

export function attachSockets(server: Server, house: House, tokens: Tokens): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: FRAME_MAX_BYTES })
  const open = new Map<string, Set<WebSocket>>()
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Until `ws` takes it over nobody else hears its errors, and one that nobody hears ends the process.
    socket.on('error', () => socket.destroy())
    admit(house, tokens, request).then(
      ({ grant, seq }) =>
        sockets.handleUpgrade(request, socket, head, (ws) => {
          makeRoom(open, grant.conversation, ws)
          void follow(house, ws, { conversation: grant.conversation, seq })
        }),
      (error: unknown) => refuse(socket, error),
    )
  })
  const timer = setInterval(() => {
    for (const ws of sockets.clients) {
      if (ws.bufferedAmount > UNREAD_MAX_BYTES) ws.terminate()
      else if (ws.readyState === WebSocket.OPEN) ws.send('')
    }
  }, KEEP_ALIVE_MS)
  timer.unref()
  return {
    close() {
      clearInterval(timer)
      for (const ws of sockets.clients) ws.close(closing.restart)
      sockets.close()
    },
  }
}

async function admit(house: House, tokens: Tokens, request: IncomingMessage): Promise<{ grant: Grant; seq: number }> {
  mustHaveOneReading(request)
  const url = URL.parse(request.url ?? '/', 'http://stream')
  const id = url && streamPath.exec(url.pathname)?.[1]
  if (!url || !id) throw new AdmissionsError('NotFound', 'There is no stream at this address.')
  const grant = tokens.verifyStream(url.searchParams.get('t') ?? '')
  if (grant.conversation !== id) throw new AdmissionsError('Forbidden', 'The stream is of another conversation.')
  const { origin, host } = request.headers
  if (!isAllowedOrigin(house, origin, { program: grant.program, host, trusted: grant.origins })) {
    throw new AdmissionsError('ORIGIN_NOT_ALLOWED', 'This site is not on the list of the program.')
  }
  if (!(await overIfIllegible(house, id, house.conversations.load(id))))
    throw new AdmissionsError('NotFound', 'This conversation is over.')
  return { grant, seq: sequenceOf(url.searchParams.get('watermark')) }
}

function refuse(socket: Duplex, error: unknown): void {
  const status = error instanceof AdmissionsError ? error.status : 500
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function makeRoom(open: Map<string, Set<WebSocket>>, conversation: string, ws: WebSocket): void {
  const group = open.get(conversation) ?? new Set<WebSocket>()
  open.set(conversation, group.add(ws))
  const [oldest] = group.size > SOCKETS_PER_CONVERSATION ? group : []
  // Counted out at once: whoever does not answer the closing would keep its place, and everybody after it theirs.
  if (oldest && group.delete(oldest)) oldest.close(closing.normal, 'collision')
  ws.once('close', () => {
    group.delete(ws)
    if (group.size === 0 && open.get(conversation) === group) open.delete(conversation)
  })
}

/** Listens first and reads second: what is committed in between waits and is sent once. */
async function follow(house: House, ws: WebSocket, from: { conversation: string; seq: number }): Promise<void> {
  let sent = from.seq
  let waiting: (StreamedSet | 'gap')[] | null = []
  const send = (set: StreamedSet): void => {
    if ((set.lastSeq !== null && set.lastSeq <= sent) || ws.readyState !== WebSocket.OPEN) return
    sent = set.lastSeq ?? sent
    ws.send(JSON.stringify({ activities: set.activities, watermark: String(sent) }))
  }
  const hear = (heard: StreamedSet | 'gap'): void => {
    if (heard !== 'gap' && heard.lastSeq === null) send(heard)
    else if (waiting) waiting.push(heard)
    else if (heard === 'gap' || followsGap(heard, sent)) void catchUp()
    else send(heard)
  }
  const catchUp = async (): Promise<void> => {
    waiting ??= []
    try {
      const live = await house.conversations.load(from.conversation)
      if (!live) return ws.close(closing.normal)
      send(await house.conversations.after(live, sent))
    } catch {
      return ws.close(closing.failed)
    }
    const heardMeanwhile = waiting
    waiting = null
    for (const heard of heardMeanwhile) hear(heard)
  }
  const listening = house.streams.listen(from.conversation, hear)
  ws.once('close', listening.stop)
  ws.on('error', () => ws.terminate())
  await listening.stands.catch(() => undefined)
  await catchUp()
}

/** Two machines' turns may arrive out of their order, and one that was missed leaves a hole. */
function followsGap(set: StreamedSet, sent: number): boolean {
  return set.lastSeq !== null && set.lastSeq - set.activities.length > sent
}
