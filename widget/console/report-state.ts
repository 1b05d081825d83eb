/**
 * What the pages beside the queue show, read anew whenever somebody turns to one.
 */

import { call, type Figures, type Notice, type Shift, type Stops, type TrailEntry } from './desk-api.ts'
import { LearningState } from './learning-state.ts'

export type DeskPage = 'queue' | 'shift' | 'questions' | 'undelivered' | 'figures' | 'audit'

const FIGURES_DAYS = 30

export class ReportState {
  readonly learning: LearningState
  shift: Shift | null = null
  figures: Figures | null = null
  /** What did not go out. */
  notices: readonly Notice[] | null = null
  trail: readonly TrailEntry[] | null = null
  notable: readonly TrailEntry[] | null = null
  stops: Stops | null = null

  constructor(on: { changed(): void; signedOut(): void }) {
    this.learning = new LearningState(on)
  }

  async read(page: DeskPage): Promise<void> {
    void this.learning.count()
    if (page === 'questions') await this.learning.read()
    if (page === 'undelivered') this.notices = (await call<{ notices: Notice[] }>('undelivered')).notices
    if (page === 'shift') this.shift = await call<Shift>('shift')
    if (page === 'figures') await this.figuresOf(this.figures?.days ?? FIGURES_DAYS)
    if (page === 'audit') await this.#readTrail()
  }

  /** Counted from every stored conversation: the other figures do not wait for it. */
  async readStops(): Promise<void> {
    this.stops = await call<Stops>('stops')
  }

  async #readTrail(): Promise<void> {
    const [trail, notable] = await Promise.all(
      ['audit?limit=200', 'audit/notable'].map((path) => call<{ events: TrailEntry[] }>(path)),
    )
    this.trail = trail?.events ?? null
    this.notable = notable?.events ?? null
  }

  async figuresOf(days: number): Promise<void> {
    this.figures = await call<Figures>(`figures?days=${days}`)
  }

  /** What stands there afterwards is read anew, also when a colleague was faster. */
  async settle(id: string, deed: 'again' | 'dismiss'): Promise<void> {
    try {
      await call(`undelivered/${encodeURIComponent(id)}/${deed}`, { method: 'POST' })
    } finally {
      await this.read('undelivered')
    }
  }

  forget(): void {
    this.learning.forget()
    this.notices = null
    this.trail = null
    this.notable = null
    this.stops = null
    this.figures = null
    this.shift = null
  }
}
