/**
 * The queue as this desk holds it: who waits, who is with whom, what is shown of it and in which order.
 */
import { call, type Headline } from './desk-api.ts'
import { byPlace, isSameOrder, settle } from './queue-order.ts'

export type Shown = Headline['state']

const PAGE = 200
const AT_MOST = 1_000
/** As the service answers at once. */
const ROWS_AT_MOST = 50

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
  /** More wait than were read. */
  #goesOn = false

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

  /** Whether this person holds it. */
  isOf(name: string, lead: string | null): boolean {
    return this.#leads.claimed.some(({ id, claimedBy }) => id === lead && claimedBy === name)
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
    this.#show({ open, claimed, closed }, isReading)
    this.#hasMore = (pages[states.indexOf(this.shown)]?.next ?? null) !== null
    this.#goesOn = (pages[0]?.next ?? null) !== null
    this.isLoaded = true
  }

  /**
   * Reads these rows alone and puts them where the whole list would have them.
   *
   * A desk that read its whole list at every change would, with a hundred desks, keep the service from
   * everything else.
   *
   * @returns false when the list must be read as a whole: what is closed has another order, or too few are left.
   */
  async renew(ids: readonly string[], isReading: boolean): Promise<boolean> {
    if (!this.isLoaded || this.shown === 'closed' || ids.length > ROWS_AT_MOST) return false
    const { leads } = await call<{ leads: Headline[] }>(`leads/rows?ids=${ids.map(encodeURIComponent).join(',')}`)
    const without = (rows: readonly Headline[]) => rows.filter(({ id }) => !ids.includes(id))
    const now = (state: Shown) => leads.filter((lead) => lead.state === state)
    const open = [...without(this.#leads.open), ...now('open')].sort(byPlace)
    // Behind the last row that was read there may be others that go before it.
    const last = this.#goesOn ? this.#leads.open.toSorted(byPlace).at(-1) : undefined
    const known = last ? open.filter((lead) => byPlace(lead, last) <= 0) : open
    if (this.#goesOn && known.length < PAGE / 2) return false
    const claimed = [...without(this.#leads.claimed), ...now('claimed')].sort(byPlace)
    this.#show({ open: known, claimed, closed: this.#leads.closed }, isReading)
    return true
  }

  #show(fresh: Readonly<Record<Shown, readonly Headline[]>>, isReading: boolean): void {
    const stands = this.#leads.open.map(({ id }) => id)
    const open = isReading ? settle(stands, fresh.open, Date.now()) : fresh.open
    this.hasNewOrder = !isSameOrder(open, fresh.open)
    this.#leads = { ...fresh, open }
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
