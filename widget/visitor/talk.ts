/**
 * The talk as the page holds it: the log, the crisis card, the state of the line.
 *
 * It knows nothing of Lit. Words go on the screen and through the browser's gate before the network
 * is asked; the service's own crisis card replaces the browser's, and nothing ever takes a card away.
 */
import { DirectLine, type LineStatus, type Ticket } from '../shared/direct-line.ts'
import type { SendState } from '../shared/outbox.ts'
import type { OutgoingActivity, ReceivedActivity } from '../shared/received.ts'
import { type Card, type Entry, heavierCard, ownEntry, toEntry, withEntry } from '../shared/view-model.ts'
import { keepTicket, readTicket } from './kept-ticket.ts'
import type { PageConfig } from './page-config.ts'

/** The browser's gate: a card to show at once instead of the pinned one, or null. */
export type BrowserGate = (text: string, talk: Pick<Talk, 'log' | 'card'>, lang: 'en' | 'es') => Promise<Card | null>

export interface TalkListener {
  onChange(): void
  /** New entries to be spoken, `danger` interrupts; `history` came back after a reload and is not spoken. */
  onNews(entries: readonly Entry[], how: 'news' | 'danger' | 'history'): void
  onStartedAgain(): void
}

const ANSWER_WITHIN_MS = 20_000

export class Talk {
  log: readonly Entry[] = []
  card: Card | null = null
  /** Where in the log the card came: what the visitor writes after it makes it small. */
  cardAt = 0
  status: LineStatus = 'connecting'
  /** The service is really at work on an answer. */
  isAnswering = false
  gate: Promise<BrowserGate> | null = null
  readonly #config: PageConfig
  readonly #listener: TalkListener
  readonly #lang: () => 'en' | 'es'
  #line: DirectLine | null = null
  #ticket: Ticket | null = null
  #isResuming = false
  #hasSpoken = false
  /** The conversation before this one was over on the service's side. */
  #isLost = false
  #patience: ReturnType<typeof setTimeout> | undefined

  constructor(config: PageConfig, lang: () => 'en' | 'es', listener: TalkListener) {
    this.#config = config
    this.#lang = lang
    this.#listener = listener
  }

  /** Starts the conversation, or goes on with the one this tab remembers. */
  open(): void {
    if (this.#line) return
    const kept = readTicket(this.#config.program)
    this.#isResuming = this.#hasSpoken = kept !== null
    this.#ticket = kept
    this.#line = new DirectLine({
      base: '',
      program: this.#config.program,
      locale: () => this.#locale(),
      ticket: kept,
      onActivities: (activities) => this.#receive(activities),
      onStatus: (status) => this.#change({ status }),
      onSent: (key, state) => this.#mark(key, state),
      onTicket: (ticket, isNew) => this.#hold(ticket, isNew),
    })
    this.#line.open()
  }

  /** Shows what the visitor said, has it judged beside the page, and sends it. */
  say(text: string): void {
    const entry = ownEntry({ key: crypto.randomUUID(), text, lang: this.#lang(), at: Date.now() })
    this.#change({ log: withEntry(this.log, entry) })
    this.#hasSpoken = true
    this.#isResuming = false
    keepTicket(this.#config.program, this.#ticket)
    void this.#judge(entry)
    this.open()
    void this.#line?.send(entry.key, { type: 'message', text, locale: this.#locale() })
  }

  async #judge(entry: Entry): Promise<void> {
    const gate = await this.gate
    const card = await gate?.(entry.text, this, this.#lang())
    if (!card) return
    this.#change({ card, cardAt: this.log.length })
    this.#listener.onNews([{ ...entry, text: `${card.title} ${card.text}` }], 'danger')
  }

  /** Where photos go; null while there is no conversation. */
  get uploads() {
    return this.#line?.uploads ?? null
  }

  sendAgain(): void {
    this.#line?.resend()
  }

  /** Tells the service which language is wanted from now on. */
  changeLanguage(): void {
    if (this.#ticket) void this.#line?.send(crypto.randomUUID(), this.#event('language'))
  }

  /** Forgets here, then tells the service, unless it is only this screen's matter; true when it was told, `refused` when it may not do it. */
  async end(name?: 'erase' | 'quick-exit'): Promise<boolean | 'refused'> {
    const line = this.#line
    this.#hasSpoken = false
    keepTicket(this.#config.program, null)
    this.#change({ log: [], card: null, isAnswering: false })
    const isDone = !name || ((await line?.sendLast(this.#event(name))) ?? true)
    line?.close()
    this.#line = this.#ticket = null
    this.#change({ status: 'connecting' })
    return isDone
  }

  #locale(): string {
    return `${this.#lang()}-US`
  }

  #event(name: string): OutgoingActivity {
    return { type: 'event', name: `porchlight/${name}`, locale: this.#locale() }
  }

  #change(change: Partial<Pick<Talk, 'log' | 'card' | 'cardAt' | 'status' | 'isAnswering'>>): void {
    Object.assign(this, change)
    this.#listener.onChange()
  }

  #receive(activities: readonly ReceivedActivity[]): void {
    const now = Date.now()
    const entries = activities.flatMap((activity) => toEntry(activity, now) ?? [])
    const danger = entries.findLast(({ kind, card }) => kind === 'crisis' || card?.label)?.card
    const { card } = this
    // After a slow turn the page's own card stands there already, and may be small: the service's takes its place in quiet.
    const isKnown = card?.isFromService === false && card.links[0]?.href === danger?.links[0]?.href
    // What grows comes whole each time: what is not among it was taken back, or is said by now.
    const log = entries.reduce(
      withEntry,
      this.log.filter(({ isPartial }) => !isPartial),
    )
    this.#change({
      log,
      isAnswering: this.isAnswering && entries.every(({ speaker }) => speaker === 'visitor'),
      ...(danger ? { card: heavierCard(card, danger), cardAt: isKnown ? this.cardAt : log.length } : {}),
    })
    if (activities.some(({ type, channelData }) => type === 'typing' && !channelData)) this.#await()
    const isCrisis = !isKnown && entries.some(({ kind }) => kind === 'crisis')
    const heard = entries.filter(({ speaker, isPartial }) => speaker !== 'visitor' && !isPartial)
    if (heard.length > 0) this.#listener.onNews(heard, this.#isResuming ? 'history' : isCrisis ? 'danger' : 'news')
  }

  #mark(key: string, state: SendState): void {
    const entry = this.log.find((known) => known.key === key)
    if (!entry) return
    const hasStaff = this.log.findLast(({ speaker }) => speaker !== 'visitor')?.speaker === 'staff'
    const isLast = this.log.at(-1)?.key === key
    this.#change({ log: withEntry(this.log, { ...entry, state }) })
    if (state === 'sent' && isLast && !hasStaff) this.#await()
  }

  /** Waiting shows for as long as an answer can really be on its way. */
  #await(): void {
    clearTimeout(this.#patience)
    this.#patience = setTimeout(() => this.#change({ isAnswering: false }), ANSWER_WITHIN_MS)
    this.#change({ isAnswering: true })
  }

  #hold(ticket: Ticket | null, isNew: boolean): void {
    this.#ticket = ticket
    if (this.#hasSpoken) keepTicket(this.#config.program, ticket)
    if (!ticket) this.#isLost = true
    if (!isNew) return
    if (this.#isLost && this.log.length > 0) this.#listener.onStartedAgain()
    this.#isLost = this.#isResuming = false
  }
}
