/**
 * `<porchlight-desk>`: queue, conversation and brief side by side; one after the other on a phone.
 *
 * Nothing moves by itself while somebody reads: new leads join the queue, the open lead stays.
 */
import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { actionsView } from './actions-view.ts'
import { briefView } from './brief-view.ts'
import { DeskState } from './desk-state.ts'
import { queueView } from './queue-view.ts'
import { signInView } from './sign-in-view.ts'
import { talkView } from './talk-view.ts'

const TICK_MS = 15_000
const NEAR_END_PX = 80

/** @element porchlight-desk */
export class PorchlightDesk extends LitElement {
  static override properties = { now: { state: true }, showsKeys: { state: true } } satisfies PropertyDeclarations
  declare now: number
  declare showsKeys: boolean
  #seen = { lead: '', lines: 0, atEnd: true }
  readonly desk = new DeskState(() => this.requestUpdate())

  constructor() {
    super()
    this.now = Date.now()
    this.showsKeys = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.desk.begin()
    setInterval(() => {
      this.now = Date.now()
    }, TICK_MS)
    addEventListener('keydown', (event) => this.#key(event))
  }

  /** The page's own stylesheet dresses it. */
  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override render(): TemplateResult {
    const { desk } = this
    if (!desk.staff)
      return signInView({ fault: desk.fault, signIn: (name, password) => void desk.signIn(name, password) })
    return html`${this.#header()} ${this.#alarm()}
      <p class="fault" role="alert">${desk.fault}</p>
      <main class=${desk.lead ? 'with-lead' : ''}>
        <section class="queue" aria-label="Queue">${this.#queue()}</section>
        ${desk.lead ? this.#lead() : html`<section class="nothing"><p class="empty">Choose a lead to see what it needs.</p></section>`}
      </main>
      ${this.showsKeys ? this.#keys() : nothing}`
  }

  /** A lead opens at its last words; later it stays where it is read, unless its end was in view. */
  override updated(): void {
    const pane = this.querySelector('.middle')
    const { lead } = this.desk
    if (!pane || !lead) return
    const atEnd = pane.scrollHeight - pane.scrollTop - pane.clientHeight < NEAR_END_PX
    const grew = lead.transcript.length !== this.#seen.lines
    if (this.#seen.lead !== lead.id || (grew && (atEnd || this.#seen.atEnd))) pane.scrollTop = pane.scrollHeight
    this.#seen = {
      lead: lead.id,
      lines: lead.transcript.length,
      atEnd: pane.scrollHeight - pane.scrollTop - pane.clientHeight < NEAR_END_PX,
    }
  }

  #header(): TemplateResult {
    const { desk } = this
    return html`<header>
      <h1>Admissions desk</h1>
      <button type="button" aria-pressed=${desk.questions !== null} @click=${() => void desk.showQuestions(desk.questions === null)}>Unanswered questions</button>
      <button type="button" aria-label="Keyboard" @click=${() => this.#toggleKeys()}><kbd>?</kbd></button>
      <span class="quiet">${desk.staff?.name}</span>
      <button type="button" @click=${() => void desk.signOut()}>Sign out</button>
    </header>`
  }

  #alarm(): unknown {
    const { desk } = this
    if (desk.alarms.length === 0) return nothing
    const words =
      desk.alarms.length === 1
        ? 'Somebody is in danger and waits for a person.'
        : `${desk.alarms.length} people are in danger and wait for a person.`
    return html`<div class="alarm" role="alert">
      <b>■ ${words}</b>
      <button type="button" @click=${() => void desk.open(desk.alarms[0] ?? null)}>Open</button>
      <button type="button" @click=${() => desk.silence()}>Silence</button>
    </div>`
  }

  #queue(): TemplateResult {
    const { desk } = this
    if (desk.questions) {
      const empty = html`<p class="empty">No question is open. What the assistant could not answer appears here.</p>`
      const rows = desk.questions.map((one) => html`<li><p>${one.question}</p><p class="quiet">${one.program}</p></li>`)
      return html`<h2>Unanswered questions</h2>${desk.questions.length === 0 ? empty : html`<ol class="questions">${rows}</ol>`}`
    }
    return queueView({
      leads: desk.leads,
      state: desk.shown,
      chosen: desk.lead?.id ?? null,
      now: this.now,
      choose: (id) => void desk.open(id),
      show: (state) => void desk.show(state),
    })
  }

  #lead(): unknown {
    const { desk } = this
    const { lead, isMine } = desk
    if (!lead) return nothing
    return html`<section class="middle" aria-label="Conversation" tabindex="0">
        <button class="back" type="button" @click=${() => void desk.open(null)}>Back to the queue</button>
        ${talkView({ lead, isMine, send: (text) => void desk.under('messages', { text }) })}
      </section>
      <section class="side" aria-label="Brief" tabindex="0">
        ${actionsView({
          lead,
          isMine,
          claim: () => void desk.claim(),
          release: () => void desk.under('release'),
          takeOver: () => void desk.under('takeover'),
          handBack: () => void desk.under('hand-back'),
          close: (disposition, note) => void desk.under('close', { disposition, note }),
        })}
        ${briefView(lead)}
      </section>`
  }

  #keys(): TemplateResult {
    const keys = [
      ['J, K', 'next, previous lead'],
      ['C', 'claim'],
      ['T', 'step into the chat'],
      ['R', 'release'],
      ['Esc', 'back to the queue'],
      ['?', 'show or hide this'],
    ]
    return html`<aside class="keys" aria-label="Keyboard">
      <dl>${keys.map(([key, does]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${does}</dd></div>`)}</dl>
    </aside>`
  }

  #toggleKeys(): void {
    this.showsKeys = !this.showsKeys
  }

  #key(event: KeyboardEvent): void {
    const { desk } = this
    const typing = (event.target as HTMLElement).matches('input, textarea, select')
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !desk.staff) return
    const deeds: Record<string, () => void> = {
      j: () => this.#move(1),
      k: () => this.#move(-1),
      c: () => void (desk.lead && !desk.isMine && desk.claim()),
      t: () => void (desk.isMine && desk.under('takeover')),
      r: () => void (desk.isMine && desk.under('release')),
      Escape: () => void desk.open(null),
      '?': () => this.#toggleKeys(),
    }
    deeds[event.key]?.()
  }

  #move(by: number): void {
    const { leads, lead } = this.desk
    const at = leads.findIndex((one) => one.id === lead?.id)
    const next = leads[Math.max(0, Math.min(leads.length - 1, at + by))]
    if (next) void this.desk.open(next.id)
  }
}
