/**
 * The queue as this desk holds it: who waits, who is with whom, what is shown of it and in which order.
 */
import { call, type Headline } from './desk-api.ts'
import { isSameOrder, settle } from './queue-order.ts'

export type Shown = Headline['state']

const PAGE = 200
const AT_MOST = 1_000

export class QueueState {
  shown: Shown = 'open'
  search = ''
  /** null = all that this account sees. */
  program: string | null = null
  /** The service has another order than the one on the screen. */
  hasNewOrder = false
  isLoaded = false
  #limit = PAGE
  #leads: Readonly<Record<Shown, readonly Headline[]>> = { open: [], claimed: [], closed: [] }
  #hasMore = false

  get hasMore(): boolean {
    return this.#hasMore && this.#limit < AT_MOST
  }

  /** Everything that waits, filters or not. */
  get open(): readonly Headline[] {
    return this.#leads.open
  }

  get claimed(): readonly Headline[] {
    return this.#leads.claimed
  }

  get programs(): readonly (readonly [string, string])[] {
    const all = Object.values(this.#leads).flat()
    return [...new Map(all.map(({ program, programName }) => [program, programName]))]
  }

  count(state: Shown): number {
    return this.#leads[state].length
  }

  /** What is on the screen; `mine` stands above those that wait, so that nobody loses sight of a lead that they hold. */
  rows(me: string): { mine: readonly Headline[]; rest: readonly Headline[] } {
    const mine = this.shown === 'open' ? this.#leads.claimed.filter((lead) => lead.claimedBy === me) : []
    return { mine: mine.filter(this.#fits), rest: this.#leads[this.shown].filter(this.#fits) }
  }

  /** @param isReading - somebody reads the list: only danger and late promises may move. */
  async load(isReading: boolean): Promise<void> {
    const states: Shown[] = this.shown === 'closed' ? ['open', 'claimed', 'closed'] : ['open', 'claimed']
    const pages = await Promise.all(
      states.map((state) =>
        call<{ leads: Headline[]; next: string | null }>(`leads?state=${state}&limit=${this.#limit}`),
      ),
    )
    const [open = [], claimed = [], closed = this.#leads.closed] = pages.map((page) => page.leads)
    const stands = this.#leads.open.map(({ id }) => id)
    const shown = isReading ? settle(stands, open, Date.now()) : open
    this.hasNewOrder = !isSameOrder(shown, open)
    this.#leads = { open: shown, claimed, closed }
    this.#hasMore = (pages[states.indexOf(this.shown)]?.next ?? null) !== null
    this.isLoaded = true
  }

  more(): void {
    this.#limit = Math.min(AT_MOST, this.#limit + PAGE)
  }

  readonly #fits = (lead: Headline): boolean => {
    if (this.program !== null && lead.program !== this.program) return false
    const words = [lead.about, lead.programName, lead.claimedBy, lead.acuity, lead.route, lead.label, lead.id]
    return words.some((word) => word?.toLowerCase().includes(this.search.trim().toLowerCase()))
  }
}
