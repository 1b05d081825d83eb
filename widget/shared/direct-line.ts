/**
 * A conversation with the service over Direct Line 3.0 that a bad network cannot end.
 *
 * It opens (or resumes) the conversation, listens, reconnects with growing, jittered pauses and goes
 * on at the last watermark; a repeated activity is dropped by its id and words wait in the outbox.
 * Only when the service says that a conversation is over or its token too old does it begin a new
 * one, and then it says so.
 */
import { type CallResult, callService, type Fault } from './line-call.ts'
import { listenOnSocket } from './line-stream.ts'
import { Outbox, type SendState } from './outbox.ts'
import { Patience } from './patience.ts'
import type { ActivitySet, OutgoingActivity, ReceivedActivity } from './received.ts'

export type LineStatus = 'connecting' | 'online' | Fault

/** What a reload needs. */
export interface Ticket {
  readonly conversationId: string
  readonly token: string
}

interface Opened extends Ticket {
  readonly expires_in?: number
  readonly streamUrl: string
}

export interface LineOptions {
  /** Where the service is, without a slash at the end; '' = our own origin. */
  readonly base: string
  readonly program: string
  readonly locale: () => string
  readonly ticket: Ticket | null
  readonly onActivities: (activities: readonly ReceivedActivity[]) => void
  readonly onStatus: (status: LineStatus) => void
  readonly onSent: (clientId: string, state: SendState) => void
  /** A ticket to keep, or null when the old one is worthless; `isNew` when a fresh conversation replaced one. */
  readonly onTicket: (ticket: Ticket | null, isNew: boolean) => void
}

const ECHO_WITHIN_MS = 3_000

export class DirectLine {
  readonly #options: LineOptions
  readonly #outbox: Outbox
  readonly #seen = new Set<string>()
  readonly #closed = new AbortController()
  #ticket: Ticket | null
  #watermark = ''
  readonly #patience = new Patience()
  #isRunning = false
  #connection = new AbortController()
  #renewal: ReturnType<typeof setTimeout> | undefined

  constructor(options: LineOptions) {
    this.#options = options
    this.#ticket = options.ticket
    this.#outbox = new Outbox((post) => this.#post(post), options.onSent)
  }

  /** Connects and stays connected until `close`. */
  open(): void {
    if (this.#isRunning) return
    this.#isRunning = true
    globalThis.addEventListener?.('online', () => this.resend(), { signal: this.#closed.signal })
    void this.#run()
  }

  close(): void {
    this.#closed.abort()
    this.#connection.abort()
    clearTimeout(this.#renewal)
    this.#outbox.clear()
    this.#patience.wake()
  }

  /** Takes an activity into the outbox and sends it as soon as it can; resolves when this try is over. */
  async send(clientId: string, activity: OutgoingActivity): Promise<void> {
    this.#outbox.add(clientId, activity)
    await this.#flush()
  }

  /** Tries everything that waits again, now. */
  resend(): void {
    void this.#flush()
    this.#patience.wake()
  }

  /** Where files go, for the part of the program that sends them; null while there is no conversation. */
  get uploads(): { url: string; token: string } | null {
    const ticket = this.#ticket
    return ticket && { url: this.#url(`/conversations/${ticket.conversationId}/upload`), token: ticket.token }
  }

  /** Says one last thing without waiting, also while the page goes away; true when it was taken. */
  async sendLast(activity: OutgoingActivity): Promise<boolean | 'refused'> {
    const ticket = this.#ticket
    if (!ticket) return true
    const url = this.#url(`/conversations/${ticket.conversationId}/activities`)
    const result = await callService(url, { token: ticket.token, body: activity, keepalive: true })
    if (!result.ok && result.fault === 'refused') return 'refused'
    return result.ok || result.fault === 'gone' || result.fault === 'denied'
  }

  async #run(): Promise<void> {
    while (!this.#closed.signal.aborted) {
      const opened = this.#ticket ? await this.#rejoin(this.#ticket) : await this.#begin()
      if (this.#closed.signal.aborted) return
      if (opened.ok) await this.#listen(opened.body)
      else if (this.#ticket && (opened.fault === 'gone' || opened.fault === 'denied')) this.#forget()
      else this.#fail(opened.fault)
      await this.#patience.wait(opened.ok ? 0 : opened.waitMs)
    }
  }

  async #begin(): Promise<CallResult<Opened>> {
    this.#options.onStatus('connecting')
    const { base, program, locale } = this.#options
    const door = await callService<Ticket>(`${base}/programs/${encodeURIComponent(program)}/token`)
    if (!door.ok) return door
    const started = await callService<Opened>(this.#url('/conversations'), {
      token: door.body.token,
      body: { user: {}, locale: locale() },
    })
    if (started.ok) this.#keep(started.body, true)
    return started
  }

  async #rejoin(ticket: Ticket): Promise<CallResult<Opened>> {
    const url = this.#url(`/conversations/${ticket.conversationId}?${this.#after}`)
    const rejoined = await callService<Opened>(url, { method: 'GET', token: ticket.token })
    if (rejoined.ok) this.#keep({ ...rejoined.body, token: rejoined.body.token || ticket.token }, false)
    return rejoined
  }

  async #listen(opened: Opened): Promise<void> {
    this.#connection = new AbortController()
    const listening = { signal: this.#connection.signal, onSet: this.#take, onOpen: this.#online }
    if (await listenOnSocket(opened.streamUrl, listening)) return
    const polling = await import('./line-polling.ts').catch(() => null)
    const fault = polling ? await polling.listenByPolling(() => this.#question(), listening) : 'offline'
    if (fault) this.#fail(fault)
  }

  readonly #online = () => {
    this.#patience.failures = 0
    this.#options.onStatus('online')
    void this.#flush()
  }

  readonly #take = (set: ActivitySet) => {
    if (set.watermark) this.#watermark = set.watermark
    const fresh = (set.activities ?? []).filter((activity) => this.#isFresh(activity))
    if (fresh.length > 0) this.#options.onActivities(fresh)
  }

  #isFresh(activity: ReceivedActivity): boolean {
    const clientId = activity.channelData?.clientActivityID
    if (clientId) this.#outbox.confirm(clientId)
    // A streamed sentence grows under one id; only finished activities are told apart by it.
    if (activity.type === 'typing' || !activity.id) return true
    if (this.#seen.has(activity.id)) return false
    this.#seen.add(activity.id)
    return true
  }

  async #flush(): Promise<void> {
    if (!this.#ticket) return
    const result = await this.#outbox.flush()
    if (!result || this.#closed.signal.aborted) return
    if (result.ok) {
      this.#patience.failures = 0
      this.#options.onStatus('online')
      this.#expectEcho()
    } else if (result.fault === 'denied' || result.fault === 'gone') this.#forget()
    else if (result.fault !== 'refused') {
      this.#fail(result.fault)
      setTimeout(() => void this.#flush(), Math.max(result.waitMs, this.#patience.ms))
    }
  }

  /** A socket can look open long after the network is gone; a missing echo is the sign, and asking once the cure. */
  #expectEcho(): void {
    const before = this.#watermark
    setTimeout(async () => {
      if (this.#closed.signal.aborted || !this.#ticket || this.#watermark !== before) return
      const { url, token } = this.#question()
      const set = await callService<ActivitySet>(url, { method: 'GET', token })
      if (!set.ok || !set.body.activities?.length) return
      this.#take(set.body)
      this.#connection.abort()
    }, ECHO_WITHIN_MS)
  }

  #post(post: unknown): Promise<CallResult<unknown>> {
    const ticket = this.#ticket
    if (!ticket) return Promise.resolve({ ok: false, fault: 'offline', waitMs: 0 })
    return callService(this.#url(`/conversations/${ticket.conversationId}/activities`), {
      token: ticket.token,
      body: post,
    })
  }

  #question(): { url: string; token: string } {
    const { conversationId, token } = this.#ticket ?? { conversationId: '', token: '' }
    return { url: this.#url(`/conversations/${conversationId}/activities?${this.#after}`), token }
  }

  #keep(opened: Opened, isNew: boolean): void {
    this.#ticket = { conversationId: opened.conversationId, token: opened.token }
    this.#options.onTicket(this.#ticket, isNew)
    clearTimeout(this.#renewal)
    // Half of the token's life: a phone that wakes late still holds a good one. Unknown life: at once.
    this.#renewal = setTimeout(() => void this.#renew(), (opened.expires_in ?? 2) * 500)
  }

  async #renew(): Promise<void> {
    if (!this.#ticket) return
    const renewed = await callService<Opened>(this.#url('/tokens/refresh'), { token: this.#ticket.token })
    if (renewed.ok) this.#keep(renewed.body, false)
    else this.#renewal = setTimeout(() => void this.#renew(), 60_000)
  }

  #forget(): void {
    this.#ticket = null
    this.#watermark = ''
    this.#options.onTicket(null, false)
    this.#connection.abort()
    this.#patience.wake()
  }

  #fail(fault: Fault): void {
    this.#patience.failures += 1
    this.#options.onStatus(fault)
  }

  get #after(): string {
    return `watermark=${encodeURIComponent(this.#watermark)}`
  }

  #url(path: string): string {
    return `${this.#options.base}/v3/directline${path}`
  }
}
