/**
 * What the desk knows and does: who is signed in, the queue, one open lead, alarms, the other pages.
 *
 * No markup here; the element shows what this holds whenever it changes.
 */
import { AccountState } from './account-state.ts'
import { leadInAddress } from './address.ts'
import { Alarms } from './alarms.ts'
import { call, Refusal, type Staff } from './desk-api.ts'
import { DeskLine, type Heard } from './desk-line.ts'
import { type Deed, LeadState } from './lead-state.ts'
import { QueueState, type Shown } from './queue-state.ts'
import { type DeskPage, ReportState } from './report-state.ts'

/** After a change the queue is read at once, and then at most this often. */
const CALM_MS = 120

export class DeskState {
  staff: Staff | null = null
  page: DeskPage = 'queue'
  /** What went wrong, for a person. */
  fault = ''
  /** When somebody was locked out under this name; null once it was read. */
  lockedAt: string | null = null
  /** What just happened, read out by screen readers. */
  notice = ''
  readonly queue = new QueueState()
  readonly reports: ReportState
  readonly alarms: Alarms
  readonly work: LeadState
  readonly account: AccountState
  readonly line: DeskLine
  readonly #changed: () => void
  readonly #isReading: () => boolean
  #refreshing: Promise<void> | null = null
  /** Leads that changed since they were read; `all` when nobody can say which. */
  #stale: Set<string> | 'all' = new Set()

  constructor(changed: () => void, isReading: () => boolean) {
    this.#changed = changed
    this.#isReading = isReading
    this.alarms = new Alarms(changed)
    this.reports = new ReportState({ changed, signedOut: () => this.#signedOut() })
    this.account = new AccountState({ changed, enrolled: () => void this.begin() })
    const name = () => this.staff?.name ?? null
    this.work = new LeadState(name, () => void this.#reopen('Your lease could not be renewed.'))
    this.line = new DeskLine(
      (heard) => this.#hear(heard),
      (isOver) => void this.#lineChanged(isOver),
    )
  }

  async begin(): Promise<void> {
    this.staff = await call<Staff>('session').catch(() => null)
    if (this.staff) await this.#try(() => this.#enter())
    else await this.account.ask()
    this.#changed()
  }

  async signIn(name: string, password: string, code = ''): Promise<void> {
    this.alarms.sound.unblock()
    await this.#try(async () => {
      this.staff = await this.account.signIn(name, password, code)
      this.lockedAt = this.staff.lockedAt ?? null
      await this.#enter()
    })
  }

  async signOut(): Promise<void> {
    await this.#try(() => call('session', { method: 'DELETE' }))
    this.#forget()
  }

  async turnTo(page: DeskPage): Promise<void> {
    this.page = page
    await this.#try(() => this.reports.read(page))
    if (page === 'figures') await this.reports.readStops().then(this.#changed, () => undefined)
  }

  /** What one of the other pages asks for: another period, a notice to be sent again. */
  async report(deed: (reports: ReportState) => Promise<void>): Promise<void> {
    await this.#try(() => deed(this.reports))
  }

  async show(state: Shown): Promise<void> {
    this.page = 'queue'
    this.queue.shown = state
    await this.#try(() => this.queue.load(false))
  }

  filter(by: { search?: string; program?: string | null }): void {
    if (by.search !== undefined) this.queue.search = by.search
    if (by.program !== undefined) this.queue.program = by.program
    this.#changed()
  }

  /** Puts the queue into the service's order. */
  async order(): Promise<void> {
    await this.#try(() => this.queue.load(false))
  }

  async more(): Promise<void> {
    this.queue.more()
    await this.order()
  }

  async open(id: string): Promise<void> {
    this.page = 'queue'
    this.alarms.seen(id)
    await this.#try(() => this.work.open(id))
  }

  /** Opens a lead of another program, with a reason, for an hour. */
  async breakGlass(lead: string, reason: string): Promise<void> {
    if (await this.#try(() => call('break-glass', { body: { lead, reason } }))) await this.open(lead)
  }

  readLock(): void {
    this.lockedAt = null
    this.#changed()
  }

  /** No event tells of a lead of another program, so it is read again while it is open. */
  async readGlass(): Promise<void> {
    if (this.work.lead?.glassUntil) await this.#reopen('')
  }

  async pass(): Promise<void> {
    await this.#try(() => this.work.askForColleagues())
  }

  leave(): void {
    this.work.leave()
    this.fault = ''
    this.#changed()
  }

  /** @returns whether it was done; if not, `fault` says why and the lead is shown as it stands. */
  async act(deed: Deed, said: object = {}): Promise<boolean> {
    const isDone = await this.#try(() => this.work.act(deed, said))
    if (isDone && deed === 'claim') this.alarms.settle([this.work.lead?.id ?? ''])
    await this.#reopen(this.fault)
    await this.#refresh(this.work.lead?.id ?? null)
    return isDone
  }

  async #enter(): Promise<void> {
    if (this.staff?.mustEnrol) return
    this.line.open()
    void this.reports.learning.count()
    await this.queue.load(false)
    this.alarms.raiseFor(this.queue.open)
    const named = leadInAddress()
    if (named !== null) await this.work.open(named)
  }

  #hear(heard: Heard): void {
    const { event, lead, conversation } = heard
    const open = this.work.lead
    this.#ring(heard)
    if (event === 'lead.opened') this.notice = 'A lead came in.'
    if (event !== 'message') void this.#refresh(lead)
    if (open && (open.id === lead || open.conversation === conversation)) void this.#reopen(this.fault)
  }

  #ring({ event, lead, reason }: Heard): void {
    if (event !== 'alarm') return
    const isOpenAndMine = this.work.isMine && this.work.lead?.id === lead
    const isMine = isOpenAndMine || this.queue.isOf(this.staff?.name ?? '', lead)
    this.alarms.hear({ lead, reason }, { isMine, isAdmin: this.staff?.role === 'admin' })
  }

  /** One reading at a time; what changed meanwhile is read after it. @param lead - the one that changed; null = any. */
  async #refresh(lead: string | null): Promise<void> {
    if (lead === null) this.#stale = 'all'
    else if (this.#stale !== 'all') this.#stale.add(lead)
    if (this.#refreshing) return this.#refreshing
    this.#refreshing = this.#readQueue()
    await this.#refreshing
    setTimeout(() => {
      this.#refreshing = null
      const [one] = this.#stale === 'all' ? [null] : this.#stale
      if (one !== undefined) void this.#refresh(one)
    }, CALM_MS)
  }

  async #readQueue(): Promise<void> {
    const stale = this.#stale
    this.#stale = new Set()
    const isRenewed = stale !== 'all' && (await this.queue.renew([...stale], this.#isReading()).catch(() => false))
    if (!isRenewed) await this.queue.load(this.#isReading()).catch(() => undefined)
    this.alarms.settle(this.queue.claimed.map(({ id }) => id))
    this.#changed()
  }

  async #reopen(fault: string): Promise<void> {
    const id = this.work.lead?.id
    if (id !== undefined) await this.#try(() => this.work.open(id))
    if (fault !== '') this.fault = fault
    this.#changed()
  }

  async #lineChanged(isOver: boolean): Promise<void> {
    this.#changed()
    if (isOver) {
      const staff = await call<Staff>('session').catch((error: unknown) => error)
      if (staff instanceof Refusal && staff.code === 'SIGNED_OUT') return this.#signedOut()
      setTimeout(() => this.staff && this.line.open(), 5_000)
    } else if (!this.line.isLost) {
      await this.#refresh(null)
      this.alarms.raiseFor(this.queue.open)
    }
  }

  async #try(deed: () => Promise<unknown>): Promise<boolean> {
    try {
      this.fault = ''
      await deed()
      return true
    } catch (error) {
      this.fault = error instanceof Refusal ? error.message : 'Something failed here: reload the page.'
      if (error instanceof Refusal && error.code === 'SIGNED_OUT') this.#signedOut()
      return false
    } finally {
      this.#changed()
    }
  }

  #signedOut(): void {
    if (this.staff) this.fault = 'You were signed out. Alarms do not sound here until you sign in.'
    const { fault } = this
    this.#forget()
    this.fault = fault
    this.#changed()
  }

  /** Nothing of a visitor stays on the screen of somebody who left. */
  #forget(): void {
    this.line.close()
    this.alarms.forget()
    this.work.leave()
    this.staff = null
    this.lockedAt = null
    this.reports.forget()
    this.page = 'queue'
    this.#changed()
  }
}
