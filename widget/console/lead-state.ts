/**
 * The one lead that is open on this desk, and the lease on it.
 *
 * A lease is renewed while its lead is open here and somebody is there: after an hour without a
 * touch it runs out, and the lead goes back to the others.
 */
import { call, type LeadView } from './desk-api.ts'

const RENEW_MS = 4 * 60_000
const AWAY_MS = 60 * 60_000
/** The visitor is shown it for longer than that. */
const TYPING_EVERY_MS = 4_000

export type Deed =
  | 'claim'
  | 'release'
  | 'takeover'
  | 'hand-back'
  | 'close'
  | 'messages'
  | 'worksheet'
  | 'ask-payer'
  | 'confirm-coverage'
  | 'revoke'
  | 'transfer'
  | 'call-again'
  | 'notes'
  | 'reopen'
  | 'hold'
  | 'lift-hold'

export class LeadState {
  lead: LeadView | null = null
  /** Who could take the open lead over; null until they were asked for. */
  colleagues: readonly string[] | null = null
  lastTouch = Date.now()
  #wanted: string | null = null
  #typedAt = 0
  readonly #me: () => string | null

  /** @param me - the name signed in; @param lapsed - told when a lease could not be renewed. */
  constructor(me: () => string | null, lapsed: () => void) {
    this.#me = me
    setInterval(() => void this.#renew().catch(lapsed), RENEW_MS)
  }

  get isMine(): boolean {
    return this.lead !== null && this.lead.state === 'claimed' && this.lead.claimedBy === this.#me()
  }

  /** This person has the chat, not the assistant and not a colleague. */
  get isLive(): boolean {
    return this.isMine && this.lead?.staff?.name === this.#me()
  }

  /** Opens a lead, or reads it again. The last one asked for wins. */
  async open(id: string): Promise<void> {
    this.#wanted = id
    const lead = await call<LeadView>(`leads/${id}`)
    if (this.#wanted === id) this.lead = lead
  }

  async askForColleagues(): Promise<void> {
    this.colleagues = null
    if (this.lead)
      this.colleagues = (await call<{ colleagues: string[] }>(`leads/${this.lead.id}/colleagues`)).colleagues
  }

  leave(): void {
    this.#wanted = null
    this.lead = null
  }

  async act(deed: Deed, said: object = {}): Promise<void> {
    const { lead } = this
    if (!lead) return
    const body = deed === 'claim' ? {} : { ...said, fence: lead.fence }
    await call(`leads/${lead.id}/${deed}`, { body })
  }

  /** The visitor sees that somebody writes; if not, nothing is lost. */
  typing(): void {
    const { lead, isLive } = this
    if (!lead || !isLive || Date.now() - this.#typedAt < TYPING_EVERY_MS) return
    this.#typedAt = Date.now()
    void call(`leads/${lead.id}/typing`, { body: { fence: lead.fence } }).catch(() => undefined)
  }

  async #renew(): Promise<void> {
    const { lead, isMine } = this
    if (!lead || !isMine || Date.now() - this.lastTouch > AWAY_MS) return
    const { lease } = await call<{ lease: { until: string } }>(`leads/${lead.id}/renew`, {
      body: { fence: lead.fence },
    })
    if (this.lead?.id === lead.id) this.lead = { ...this.lead, claimedUntil: lease.until }
  }
}
