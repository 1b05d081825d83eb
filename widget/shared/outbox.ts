/**
 * The outbox: what the visitor said and the service has not yet confirmed, in order.
 *
 * One item travels at a time, so words arrive as they were written. A failed item stays first and
 * is tried again; its client id makes that harmless, however often the first try had arrived.
 */
import type { CallResult } from './line-call.ts'
import type { OutgoingActivity } from './received.ts'

/** `failed` is tried again, by itself and on request; `refused` is for good. */
export type SendState = 'sending' | 'sent' | 'failed' | 'refused'

interface Item {
  readonly clientId: string
  readonly activity: OutgoingActivity
}

export interface Post extends OutgoingActivity {
  readonly channelData: { readonly clientActivityID: string }
}

export class Outbox {
  readonly #items: Item[] = []
  readonly #post: (post: Post) => Promise<CallResult<unknown>>
  readonly #onState: (clientId: string, state: SendState) => void
  #isSending = false

  constructor(
    post: (post: Post) => Promise<CallResult<unknown>>,
    onState: (clientId: string, state: SendState) => void,
  ) {
    this.#post = post
    this.#onState = onState
  }

  add(clientId: string, activity: OutgoingActivity): void {
    this.#items.push({ clientId, activity })
  }

  /** The echo of an item proves its arrival, also when the answer to its POST was lost. */
  confirm(clientId: string): void {
    const at = this.#items.findIndex((item) => item.clientId === clientId)
    if (at < 0) return
    this.#items.splice(at, 1)
    this.#onState(clientId, 'sent')
  }

  clear(): void {
    this.#items.length = 0
  }

  /** Sends what waits; the last result, or null when there was nothing to do or a run is on its way. */
  async flush(): Promise<CallResult<unknown> | null> {
    if (this.#isSending) return null
    this.#isSending = true
    let last: CallResult<unknown> | null = null
    for (let item = this.#items[0]; item !== undefined; item = this.#items[0]) {
      this.#onState(item.clientId, 'sending')
      last = await this.#post({ ...item.activity, channelData: { clientActivityID: item.clientId } })
      if (last.ok) this.confirm(item.clientId)
      else if (this.#items[0] === item) this.#onState(item.clientId, last.fault === 'refused' ? 'refused' : 'failed')
      // What the service refuses for good (too long, malformed) must not hold up the words after it.
      if (!last.ok && last.fault === 'refused') this.#items.splice(this.#items.indexOf(item), 1)
      else if (!last.ok && this.#items[0] === item) break
    }
    this.#isSending = false
    return last
  }
}
