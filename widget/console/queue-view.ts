/**
 * The queue: who needs a person first, one row each, in the order of the service.
 */
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Headline } from './desk-api.ts'
import { acuityWords, dangerWords, plainLabel, routeWords } from './lead-words.ts'
import type { QueueState, Shown } from './queue-state.ts'
import { agoWords, promiseWords } from './time-words.ts'

export interface QueueShown {
  readonly queue: QueueState
  readonly me: string
  readonly chosen: string | null
  readonly now: number
  choose(id: string): void
  show(state: Shown): void
  filter(by: { search?: string; program?: string | null }): void
  order(): void
  more(): void
}

const tabs: readonly (readonly [Shown, string])[] = [
  ['open', 'Waiting'],
  ['claimed', 'Taken'],
  ['closed', 'Closed'],
]

const emptyWords: Readonly<Record<Shown, string>> = {
  open: 'Nobody is waiting. All is well. A person appears here as soon as a visitor asks for one, or is in danger.',
  claimed: 'Nobody holds a lead right now. What is claimed appears here.',
  closed: 'Nothing is closed yet. What you close appears here with its outcome.',
}

export function queueView(shown: QueueShown): TemplateResult {
  const { queue } = shown
  const { mine, rest } = queue.rows(shown.me)
  return html`<div class="queue-head">
      <div class="tabs" role="group" aria-label="Show">
        ${tabs.map(([state, word]) => tab(shown, { state, word }))}
      </div>
      ${filters(shown)}
      ${queue.hasNewOrder && queue.shown === 'open' ? html`<button type="button" class="reorder" @click=${shown.order}>Newer order is ready <kbd>G</kbd></button>` : nothing}
    </div>
    ${mine.length > 0 ? html`<h2>With you</h2>${rows(mine, shown)}` : nothing}
    ${mine.length > 0 && rest.length > 0 ? html`<h2>Waiting</h2>` : nothing}
    ${rest.length > 0 ? rows(rest, shown) : nothing}
    ${rest.length + mine.length === 0 && queue.isLoaded ? html`<p class="empty">${emptyOf(queue)}</p>` : nothing}
    ${queue.hasMore ? html`<button type="button" class="more" @click=${shown.more}>Show more</button>` : nothing}`
}

function tab(shown: QueueShown, { state, word }: { state: Shown; word: string }): TemplateResult {
  const { queue } = shown
  const count = state === 'closed' ? '' : String(queue.count(state))
  return html`<button type="button" aria-pressed=${queue.shown === state} @click=${() => shown.show(state)}>${word}${count ? html` <span class="count">${count}</span>` : nothing}</button>`
}

function emptyOf(queue: QueueState): string {
  const isFiltered = queue.search !== '' || queue.program !== null
  return isFiltered ? 'Nothing fits this search. Clear it to see everybody.' : emptyWords[queue.shown]
}

function filters(shown: QueueShown): TemplateResult {
  const { programs, program, search } = shown.queue
  const search_ = (event: Event) => shown.filter({ search: (event.target as HTMLInputElement).value })
  const choose = (event: Event) => shown.filter({ program: (event.target as HTMLSelectElement).value || null })
  return html`<div class="filters">
    <input type="search" id="search" aria-label="Search the queue" placeholder="Search" .value=${search} @input=${search_} />
    ${
      programs.length > 1
        ? html`<select aria-label="Program" @change=${choose}>
            <option value="" ?selected=${program === null}>All programs</option>
            ${programs.map(([id, name]) => html`<option value=${id} ?selected=${program === id}>${name}</option>`)}
          </select>`
        : nothing
    }
  </div>`
}

function rows(leads: readonly Headline[], shown: QueueShown): TemplateResult {
  return html`<ol class="rows">${repeat(
    leads,
    (lead) => lead.id,
    (lead) => html`<li>${row(lead, shown)}</li>`,
  )}</ol>`
}

function row(lead: Headline, shown: QueueShown): TemplateResult {
  const { word, shape } = acuityWords[lead.acuity]
  const promise = promiseWords(lead.promise?.dueAt ?? null, shown.now)
  const isLate = promise.isLate && lead.state === 'open'
  return html`<button
    type="button"
    class="row ${lead.acuity}"
    data-lead=${lead.id}
    aria-current=${lead.id === shown.chosen ? 'true' : nothing}
    @click=${() => shown.choose(lead.id)}
  >
    <span class="band"><span class="shape" aria-hidden="true">${shape}</span> ${word}</span>
    <span class="promise ${isLate ? 'late' : ''}">${timeOf(lead, promise.text)}</span>
    <span class="about">${aboutOf(lead)}</span>
    <span class="where">${lead.programName} · ${routeWords[lead.route] ?? lead.route} · ${agoWords(lead.openedAt, shown.now)}${whoHas(lead, shown.me)}</span>
  </button>`
}

function timeOf(lead: Headline, promise: string): string {
  if (lead.state === 'closed') return plainLabel(lead.closedAs ?? '')
  return lead.state === 'claimed' ? '' : promise
}

/** What the gate heard; without danger, the visitor's own words in quotes. */
function aboutOf(lead: Headline): string {
  if (lead.isErased) return 'Erased by the visitor'
  if (lead.isUnreadable) return 'This chat cannot be opened'
  if (lead.label !== null) return dangerWords[lead.label]
  return lead.about === null ? 'Asks for a person' : `“${lead.about}”`
}

function whoHas(lead: Headline, me: string): string {
  if (lead.claimedBy === null) return ''
  const isMine = lead.claimedBy === me
  if (lead.state === 'closed') return ` · by ${isMine ? 'you' : lead.claimedBy}`
  const chat = lead.isRehearsal ? 'a rehearsal: nobody waits' : lead.isLive ? 'in the chat' : ''
  return isMine ? chat && ` · ${chat}` : ` · with ${lead.claimedBy}${chat && `, ${chat}`}`
}
