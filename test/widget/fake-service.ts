/**
 * A small Direct Line service for the widget's tests: real HTTP, real sockets, a scripted bot.
 *
 * It keeps to the wire contract where the browser can see it and can be told to misbehave: to hang
 * up, answer 503, deny a token, speak HTML like a captive portal, or hide its sockets.
 */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ReceivedActivity } from '../../widget/shared/received.ts'
import { servePage } from './fake-pages.ts'

export type Trouble = 'none' | 'hang-up' | 'busy' | 'down' | 'denied' | 'portal' | 'gone'

interface Talk {
  readonly activities: ReceivedActivity[]
  readonly sockets: Set<WebSocket>
  readonly posts: Map<string, string>
}

/** What the scripted bot says: to the start (text null) and to each message. */
export type Script = (text: string | null, locale: string) => readonly Partial<ReceivedActivity>[]

export class FakeService {
  readonly #server: Server
  readonly #sockets = new WebSocketServer({ noServer: true })
  readonly talks = new Map<string, Talk>()
  readonly received: { path: string; body: Record<string, unknown> }[] = []
  script: Script
  /** How the next calls fail: path part → trouble. */
  trouble: { path: RegExp; kind: Trouble; times: number } = { path: /^$/, kind: 'none', times: 0 }
  hasSockets = true
  hasEcho = true

  readonly #dist: string

  private constructor(script: Script, dist: string) {
    this.script = script
    this.#dist = dist
    this.#server = createServer((request, response) => void this.#answer(request, response))
    this.#server.on('upgrade', (request, socket, head) => {
      const talk = this.talks.get(request.url?.split('/')[4] ?? '')
      if (!this.hasSockets || !talk) return socket.destroy()
      this.#sockets.handleUpgrade(request, socket, head, (client) => {
        const after = Number(new URL(request.url ?? '', 'http://x').searchParams.get('watermark') || 0)
        talk.sockets.add(client)
        client.on('close', () => talk.sockets.delete(client))
        const missed = talk.activities.slice(after)
        if (missed.length > 0) client.send(setOf(missed, talk.activities.length))
      })
    })
  }

  /** Starts on a free port; `dist` is a build of the widget, where pages are wanted. */
  static async start(script: Script, dist = ''): Promise<FakeService> {
    const service = new FakeService(script, dist)
    await new Promise<void>((resolve) => service.#server.listen(0, '127.0.0.1', resolve))
    return service
  }

  get base(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    for (const client of this.#sockets.clients) client.terminate()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** Texts of the messages that were taken, without repetitions. */
  get said(): string[] {
    return [...this.talks.values()].flatMap((talk) =>
      talk.activities.flatMap((one) => (one.from?.role === 'user' && one.type === 'message' ? [one.text ?? ''] : [])),
    )
  }

  /** Says something unasked in every talk. */
  push(activity: Partial<ReceivedActivity>): void {
    for (const talk of this.talks.values()) this.#append(talk, [complete(activity)])
  }

  hangUp(): void {
    for (const talk of this.talks.values()) for (const socket of talk.sockets) socket.terminate()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.base)
    const body = await readBody(request)
    if (this.#isTroubled(url.pathname, response)) return
    if (await servePage(this.#dist, url, response)) return
    this.received.push({ path: url.pathname, body })
    const [, , , , id = '', what] = url.pathname.split('/')
    const talk = this.talks.get(id)
    if (/^\/programs\/[^/]+\/token$/.test(url.pathname)) return send(response, 200, ticketOf(randomUUID()))
    if (url.pathname === '/v3/directline/tokens/refresh') return send(response, 200, ticketOf(tokenOf(request)))
    if (url.pathname === '/v3/directline/conversations') {
      return send(response, 201, this.#start(tokenOf(request), String(body.locale ?? 'en-US')))
    }
    if (!talk) return send(response, 404, { error: { code: 'NotFound', message: 'No such conversation.' } })
    if (what === undefined) return send(response, 200, this.#opened(id, url.searchParams.get('watermark') ?? ''))
    if (request.method === 'POST')
      return send(response, 200, { id: this.#take(talk, body as Partial<ReceivedActivity>) })
    const after = Number(url.searchParams.get('watermark') || 0)
    return send(response, 200, JSON.parse(setOf(talk.activities.slice(after), talk.activities.length)))
  }

  #isTroubled(path: string, response: ServerResponse): boolean {
    const { kind, times } = this.trouble
    if (kind === 'none' || times <= 0 || !this.trouble.path.test(path)) return false
    this.trouble = { ...this.trouble, times: times - 1 }
    if (kind === 'hang-up') response.destroy()
    if (kind === 'portal') response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Sign in to the WiFi</h1>')
    if (kind === 'busy') response.writeHead(429, { 'Retry-After': '1' }).end('{}')
    if (kind === 'down') send(response, 503, { error: { code: 'STORE_UNAVAILABLE', message: '' } })
    if (kind === 'denied') send(response, 403, { error: { code: 'TokenExpired', message: '' } })
    if (kind === 'gone') send(response, 404, { error: { code: 'NotFound', message: '' } })
    return true
  }

  #start(id: string, locale: string): object {
    if (!this.talks.has(id)) {
      const talk: Talk = { activities: [], sockets: new Set(), posts: new Map() }
      this.talks.set(id, talk)
      talk.activities.push(...this.script(null, locale).map(complete))
    }
    return this.#opened(id, '')
  }

  #opened(id: string, watermark: string): object {
    const streamUrl = `${this.base.replace('http', 'ws')}/v3/directline/conversations/${id}/stream?t=x&watermark=${watermark}`
    return { ...ticketOf(id), streamUrl }
  }

  #take(talk: Talk, activity: Partial<ReceivedActivity>): string {
    const clientId = activity.channelData?.clientActivityID ?? randomUUID()
    const known = talk.posts.get(clientId)
    if (known) return known
    const own = complete({ ...activity, from: { id: 'dl_visitor', role: 'user' } })
    talk.posts.set(clientId, own.id ?? '')
    const answers = activity.type === 'message' ? this.script(activity.text ?? '', activity.locale ?? 'en-US') : []
    const echo = activity.type === 'message' && this.hasEcho ? [own] : []
    setTimeout(() => this.#append(talk, [...echo, ...answers.map(complete)]), 20)
    return own.id ?? ''
  }

  #append(talk: Talk, activities: readonly ReceivedActivity[]): void {
    const kept = activities.filter(({ type }) => type !== 'typing')
    talk.activities.push(...kept)
    for (const socket of talk.sockets) socket.send(setOf(activities, talk.activities.length))
  }
}

function setOf(activities: readonly ReceivedActivity[], watermark: number): string {
  return JSON.stringify({ activities, watermark: String(watermark) })
}

function complete(activity: Partial<ReceivedActivity>): ReceivedActivity {
  const from = { id: 'porchlight', role: 'bot' }
  return { type: 'message', id: randomUUID(), timestamp: new Date().toISOString(), from, locale: 'en-US', ...activity }
}

function ticketOf(id: string): object {
  return { conversationId: id, token: id, expires_in: 1800 }
}

function tokenOf(request: IncomingMessage): string {
  return request.headers.authorization?.replace('Bearer ', '') ?? ''
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const text = (await request.toArray()).map(String).join('')
  return text ? (JSON.parse(text) as Record<string, unknown>) : {}
}

function send(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
    .end(JSON.stringify(body))
}
