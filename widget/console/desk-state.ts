/**
 * What the desk knows and does: the queue, one open lead, the lease that is renewed while it is open.
 *
 * No markup here; the element shows what this holds whenever it changes.
 */
import { createAlarm } from './alarm.ts'
import { call, type Headline, type LeadView, type Question, Refusal, type Staff } from './desk-api.ts'

const RENEW_MS = 5 * 60_000

export class DeskState {
  staff: Staff | null = null
  leads: readonly Headline[] = []
  shown: Headline['state'] = 'open'
  lead: LeadView | null = null
  questions: readonly Question[] | null = null
  /** Leads in danger that nobody has answered yet. */
  alarms: readonly string[] = []
  fault = ''
  /** Fences of the leads that this desk holds. */
  readonly fences = new Map<string, number>()
  readonly #changed: () => void
  readonly #alarm = createAlarm()
  #events: EventSource | null = null

  constructor(changed: () => void) {
    this.#changed = changed
    setInterval(() => void this.#renew(), RENEW_MS)
  }

  get isMine(): boolean {
    return this.lead !== null && this.fences.has(this.lead.id) && this.lead.claimedBy === this.staff?.name
  }

  async begin(): Promise<void> {
    await this.#try(async () => {
      this.staff = await call<Staff>('session')
      await this.#opened()
    }, true)
  }

  async signIn(name: string, password: string): Promise<void> {
    await this.#try(async () => {
      this.staff = await call<Staff>('session', { body: { name, password } })
      await this.#opened()
    })
  }

  async signOut(): Promise<void> {
    await this.#try(() => call('session', { method: 'DELETE' }))
    this.#events?.close()
    this.silence()
    this.staff = null
    this.lead = null
    this.#changed()
  }

  async show(state: Headline['state']): Promise<void> {
    this.shown = state
    await this.refresh()
  }

  async refresh(): Promise<void> {
    await this.#try(async () => {
      this.leads = (await call<{ leads: Headline[] }>(`leads?state=${this.shown}&limit=200`)).leads
    })
  }

  async open(id: string | null): Promise<void> {
    if (id === null) {
      this.lead = null
      return this.#changed()
    }
    await this.#try(async () => {
      this.lead = await call<LeadView>(`leads/${id}`)
    })
  }

  async claim(): Promise<void> {
    await this.#act(async (lead) => {
      const { lease } = await call<{ lease: { fence: number } }>(`leads/${lead.id}/claim`, { method: 'POST' })
      this.fences.set(lead.id, lease.fence)
      this.alarms = this.alarms.filter((id) => id !== lead.id)
      if (this.alarms.length === 0) this.#alarm.stop()
    })
  }

  async under(deed: 'release' | 'takeover' | 'hand-back' | 'close' | 'messages', body: object = {}): Promise<void> {
    await this.#act(async (lead) => {
      await call(`leads/${lead.id}/${deed}`, { body: { ...body, fence: this.fences.get(lead.id) } })
      if (deed === 'release' || deed === 'close') this.fences.delete(lead.id)
    })
  }

  async showQuestions(shown: boolean): Promise<void> {
    await this.#try(async () => {
      this.questions = shown ? (await call<{ questions: Question[] }>('unanswered')).questions : null
    })
  }

  /** Only a person silences the alarm. */
  silence(): void {
    this.alarms = []
    this.#alarm.stop()
    this.#changed()
  }

  async #opened(): Promise<void> {
    this.#events = new EventSource('/desk/api/events')
    this.#events.addEventListener('alarm', (event) => this.#alarmed(JSON.parse(event.data)))
    for (const name of ['lead.opened', 'lead.changed', 'message']) {
      this.#events.addEventListener(name, (event) => void this.#heard(JSON.parse(event.data)))
    }
    await this.refresh()
  }

  async #heard(data: { lead?: string; conversation?: string }): Promise<void> {
    await this.refresh()
    if (this.lead && (data.conversation === this.lead.conversation || data.lead === this.lead.id))
      await this.open(this.lead.id)
  }

  #alarmed({ lead }: { lead: string }): void {
    if (!this.alarms.includes(lead)) this.alarms = [...this.alarms, lead]
    this.#alarm.start()
    this.#changed()
  }

  async #renew(): Promise<void> {
    for (const [id, fence] of this.fences) {
      await call(`leads/${id}/renew`, { body: { fence } }).catch(() => this.fences.delete(id))
    }
  }

  async #act(deed: (lead: LeadView) => Promise<void>): Promise<void> {
    const { lead } = this
    if (!lead) return
    await this.#try(() => deed(lead))
    const { fault } = this
    await this.refresh()
    await this.open(lead.id)
    this.fault = fault
    this.#changed()
  }

  async #try(deed: () => Promise<unknown>, quietly = false): Promise<void> {
    try {
      this.fault = ''
      await deed()
    } catch (error) {
      if (error instanceof Refusal && error.code === 'SIGNED_OUT') this.staff = null
      if (!quietly) this.fault = error instanceof Refusal ? error.message : 'Something failed here: reload the page.'
    }
    this.#changed()
  }
}
