/**
 * `<porchlight-desk>`: queue, conversation and brief side by side; one after the other on a phone.
 *
 * Nothing moves by itself while somebody reads: new leads join the queue, the open lead stays.
 */
import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import { actionsView } from './actions-view.ts'
import { leadInAddress, refusedSignIn } from './address.ts'
import { alarmView, lockView } from './alarm-view.ts'
import { briefView } from './brief-view.ts'
import type { LeadView } from './desk-api.ts'
import { deskDeeds } from './desk-deeds.ts'
import { type Dialog, dialogView } from './desk-dialogs.ts'
import { DeskState } from './desk-state.ts'
import { headerView } from './header-view.ts'
import { deedOf } from './keys.ts'
import { learningView } from './learning-view.ts'
import { notesView } from './notes-view.ts'
import { auditView, figuresView } from './pages-view.ts'
import { queueView } from './queue-view.ts'
import { shiftView } from './shift-view.ts'
import { signInView } from './sign-in-view.ts'
import { TalkScroll } from './talk-scroll.ts'
import { talkView } from './talk-view.ts'
import { type UndeliveredShown, undeliveredView } from './undelivered-view.ts'
import { type VerificationDeeds, verificationView } from './verification-view.ts'

const TICK_MS = 15_000
const LETTERS_OFF = 'porchlight-desk-letters-off'

/** @element porchlight-desk */
export class PorchlightDesk extends LitElement {
  static override properties = {
    now: { state: true },
    dialog: { state: true },
    pane: { state: true },
    lettersAreOn: { state: true },
  } satisfies PropertyDeclarations
  declare now: number
  declare dialog: Dialog | null
  /** Which of the two panes of a lead a phone shows. */
  declare pane: 'brief' | 'talk'
  declare lettersAreOn: boolean
  readonly desk = new DeskState(
    () => this.requestUpdate(),
    () => this.querySelector('.queue:hover, .queue :focus') !== null,
  )
  readonly #scroll = new TalkScroll(this)

  constructor() {
    super()
    this.now = Date.now()
    this.dialog = null
    this.pane = 'brief'
    this.lettersAreOn = sessionStorage.getItem(LETTERS_OFF) === null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.desk.begin()
    setInterval(() => {
      this.now = Date.now()
      void this.desk.readGlass()
    }, TICK_MS)
    addEventListener('keydown', this.#keyed)
    addEventListener('hashchange', this.#addressed)
    addEventListener('pointerdown', this.#touched)
  }

  /** The page's own stylesheet dresses it. */
  protected override createRenderRoot(): HTMLElement {
    return this
  }

  protected override willUpdate(): void {
    if (this.desk.staff?.mustEnrol) this.dialog = 'factor'
    this.#scroll.before()
  }

  protected override updated(): void {
    const { desk } = this
    this.#scroll.after(desk.work.lead)
    for (const dialog of this.querySelectorAll('dialog')) if (!dialog.open) dialog.showModal()
    const waiting = desk.alarms.of('danger').length + desk.alarms.of('danger-again').length
    document.title = waiting > 0 ? `(${waiting}) Alarm – Admissions desk` : 'Admissions desk'
  }

  override render(): TemplateResult {
    const { desk, now } = this
    if (!desk.staff) return this.#door()
    if (desk.staff.mustEnrol) return html`${this.#header(desk.staff)}${this.#mustEnrol()}`
    const isQueue = desk.page === 'queue'
    return html`${this.#header(desk.staff)}
      ${alarmView({ alarms: desk.alarms, open: (lead) => this.open(lead), silence: () => desk.alarms.silence(), trail: () => void desk.turnTo('audit') })}
      <p class="fault" role="alert">${desk.fault}</p>
      ${lockView(desk.lockedAt, { now, seen: () => desk.readLock() })}
      <p class="unseen" role="status">${desk.notice}</p>
      <main class=${isQueue ? `panes ${desk.work.lead ? `with-lead shows-${this.pane}` : ''}` : ''}>
        ${isQueue ? [this.#queue(desk.staff.name), this.#lead(desk.work.lead)] : nothing}
        ${desk.page === 'shift' ? shiftView(desk.reports.shift, { now, open: (lead) => this.open(lead) }) : nothing}
        ${desk.page === 'questions' ? learningView({ learning: desk.reports.learning, me: desk.staff.name, now }) : nothing}
        ${desk.page === 'undelivered' ? undeliveredView(desk.reports.notices, this.#notices) : nothing}
        ${desk.page === 'figures' ? figuresView({ figures: desk.reports.figures, stops: desk.reports.stops, now, period: (days) => void desk.report((reports) => reports.figuresOf(days)), show: (state) => void desk.show(state) }) : nothing}
        ${desk.page === 'audit' ? auditView({ trail: desk.reports.trail, notable: desk.reports.notable, now, open: (lead) => this.open(lead) }) : nothing}
      </main>
      ${dialogView(this)}`
  }

  #door(): TemplateResult {
    const { fault, account } = this.desk
    const { needsCode, offersOpenId } = account
    return signInView({
      fault: fault || refusedSignIn(),
      needsCode,
      offersOpenId,
      signIn: (name, password, code) => void this.desk.signIn(name, password, code),
    })
  }

  /** The only thing that opens before the second factor is on. */
  #mustEnrol(): TemplateResult {
    return html`<main class="page"><p>Set up your second factor first: this installation asks it of everybody.</p></main>${dialogView(this)}`
  }

  open(lead: string): void {
    this.pane = 'brief'
    void this.desk.open(lead)
  }

  /** Moves the keyboard's place in the queue; Enter then shows the row. */
  move(by: 1 | -1): void {
    const rows = [...this.querySelectorAll<HTMLElement>('.row')]
    const at = rows.indexOf(document.activeElement as HTMLElement)
    const from = at >= 0 ? at : rows.findIndex((row) => row.dataset.lead === this.desk.work.lead?.id)
    rows[Math.max(0, Math.min(rows.length - 1, from + by))]?.focus()
  }

  #header({ name, role }: { name: string; role: string }): TemplateResult {
    const { desk } = this
    return headerView({
      name,
      role,
      page: desk.page,
      waiting: desk.reports.learning.waiting,
      isLost: desk.line.isLost,
      isSoundBlocked: desk.alarms.sound.isBlocked,
      turnTo: (page) => void desk.turnTo(page),
      showKeys: () => {
        this.dialog = 'keys'
      },
      signOut: () => void desk.signOut(),
    })
  }

  #queue(me: string): TemplateResult {
    const { desk, now } = this
    return html`<section class="queue" aria-label="Queue">${queueView({
      queue: desk.queue,
      me,
      chosen: desk.work.lead?.id ?? null,
      now,
      choose: (id) => this.open(id),
      show: (state) => void desk.show(state),
      filter: (by) => desk.filter(by),
      order: () => void desk.order(),
      more: () => void desk.more(),
    })}</section>`
  }

  #lead(lead: LeadView | null): unknown {
    if (!lead)
      return html`<p class="nothing empty">Choose somebody from the queue. Their words and a brief stand here.</p>`
    const { desk, now } = this
    const { isMine, isLive } = desk.work
    const deeds = deskDeeds(this)
    const panes = html`<div class="turner">
        <button type="button" @click=${() => desk.leave()}>Queue</button>
        <span class="tabs" role="group" aria-label="Show">
          ${(['brief', 'talk'] as const).map((pane) => html`<button type="button" aria-pressed=${this.pane === pane} @click=${() => this.#turn(pane)}>${pane === 'brief' ? 'Brief' : 'Conversation'}</button>`)}
        </span>
      </div>
      <section class="middle" aria-label="Conversation">
        ${talkView({ lead, isLive, now, send: (text) => desk.act('messages', { text }), typing: () => desk.work.typing() })}
        ${notesView(lead, { now, add: (text) => desk.act('notes', { text }) })}
      </section>
      <section class="side" aria-label="Brief">
        ${actionsView({ lead, isMine, isLive, now, ...deeds })}
        <div class="scrolls" tabindex="0" role="region" aria-label="What to know">${briefView(lead, now, desk.staff?.role === 'admin' ? deeds.hold : null)}${verificationView(lead, { isMine, now }, this.#verifying)}</div>
      </section>`
    return keyed(lead.id, panes)
  }

  #turn(pane: 'brief' | 'talk'): void {
    this.pane = pane
    this.#scroll.toEnd()
  }

  get #notices(): UndeliveredShown {
    return {
      now: this.now,
      open: (lead) => this.open(lead),
      again: (id) => void this.desk.report((reports) => reports.settle(id, 'again')),
      dismiss: (id) => void this.desk.report((reports) => reports.settle(id, 'dismiss')),
    }
  }

  readonly #verifying: VerificationDeeds = {
    save: (worksheet) => void this.desk.act('worksheet', { worksheet }),
    askByMachine: () => void this.desk.act('ask-payer'),
    confirm: () => void this.desk.act('confirm-coverage'),
    revoke: (kind) => void this.desk.act('revoke', { kind }),
  }

  readonly setLetters = (on: boolean): void => {
    this.lettersAreOn = on
    if (on) sessionStorage.removeItem(LETTERS_OFF)
    else sessionStorage.setItem(LETTERS_OFF, 'yes')
  }

  readonly askForNotices = (): void => {
    void Notification.requestPermission().then(() => this.requestUpdate())
  }

  readonly #addressed = (): void => {
    const named = leadInAddress()
    if (named !== null && this.desk.staff) this.open(named)
  }

  readonly #touched = (): void => {
    this.desk.work.lastTouch = Date.now()
    if (this.desk.staff) this.desk.alarms.sound.unblock()
  }

  readonly #keyed = (event: KeyboardEvent): void => {
    this.#touched()
    if (!this.desk.staff || (this.dialog !== null && this.dialog !== 'keys')) return
    const deed = deedOf(event, this.lettersAreOn)
    if (deed === null || (this.dialog !== null && deed !== 'keys')) return
    event.preventDefault()
    deskDeeds(this)[deed]()
  }
}
