/**
 * The desk's ear: events of the service as ids and codes, taken up again where a lost line left off.
 *
 * `EventSource` sends `Last-Event-ID` by itself when it connects again; the service answers with what
 * was missed, or says that everything should be read anew.
 */
export interface Heard {
  readonly event: 'lead.opened' | 'lead.changed' | 'message' | 'alarm'
  readonly lead: string | null
  readonly conversation: string | null
  /** Of an alarm: `danger`, `danger-again` (from somebody whose lead is held), `promise-late`. */
  readonly reason: string | null
}

const events = ['lead.opened', 'lead.changed', 'message', 'alarm'] as const

export class DeskLine {
  isLost = false
  readonly #heard: (heard: Heard) => void
  /** Called when the line is lost, is back, or the session ended. */
  readonly #changed: (isOver: boolean) => void
  #source: EventSource | null = null

  constructor(heard: (heard: Heard) => void, changed: (isOver: boolean) => void) {
    this.#heard = heard
    this.#changed = changed
  }

  open(): void {
    this.close()
    const source = new EventSource('/desk/api/events')
    this.#source = source
    for (const event of events) {
      source.addEventListener(event, ({ data }) => {
        const { lead = null, conversation = null, reason = null } = JSON.parse(data)
        this.#heard({ event, lead, conversation, reason })
      })
    }
    source.addEventListener('open', () => this.#is(false))
    source.addEventListener('error', () => this.#is(true, source.readyState === EventSource.CLOSED))
  }

  close(): void {
    this.#source?.close()
    this.#source = null
    this.isLost = false
  }

  #is(isLost: boolean, isOver = false): void {
    if (this.isLost === isLost && !isOver) return
    this.isLost = isLost
    this.#changed(isOver)
  }
}
