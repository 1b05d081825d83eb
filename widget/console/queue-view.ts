/**
 * The queue: who needs a person first, one row each, in the order of the service.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { Headline } from './desk-api.ts'
import { acuityWords, plainLabel, routeWords } from './lead-words.ts'
import { agoWords, promiseWords } from './time-words.ts'

export interface QueueShown {
  readonly leads: readonly Headline[]
  readonly state: Headline['state']
  readonly chosen: string | null
  readonly now: number
  choose(id: string): void
  show(state: Headline['state']): void
}

const tabs: readonly [Headline['state'], string][] = [
  ['open', 'Waiting'],
  ['claimed', 'Taken'],
  ['closed', 'Closed'],
]

const emptyWords: Readonly<Record<Headline['state'], string>> = {
  open: 'Nobody is waiting. A lead appears here as soon as a visitor asks for a person, or is in danger.',
  claimed: 'Nobody holds a lead right now. What you claim appears here.',
  closed: 'Nothing is closed yet. What you close appears here with its outcome.',
}

export function queueView(shown: QueueShown): TemplateResult {
  return html`<nav class="tabs" aria-label="Queue">
      ${tabs.map(
        ([state, word]) =>
          html`<button type="button" aria-pressed=${shown.state === state} @click=${() => shown.show(state)}>${word}</button>`,
      )}
    </nav>
    ${shown.leads.length === 0 ? html`<p class="empty">${emptyWords[shown.state]}</p>` : nothing}
    <ol class="rows">
      ${shown.leads.map((lead) => html`<li>${row(lead, shown)}</li>`)}
    </ol>`
}

function row(lead: Headline, shown: QueueShown): TemplateResult {
  const { word, shape } = acuityWords[lead.acuity]
  const promise = promiseWords(lead.promise?.dueAt ?? null, shown.now)
  const about = lead.isErased
    ? 'erased by the visitor'
    : (lead.about ?? (lead.label ? plainLabel(lead.label) : 'no words yet'))
  return html`<button
    type="button"
    class="row ${lead.acuity}"
    data-lead=${lead.id}
    aria-current=${lead.id === shown.chosen}
    @click=${() => shown.choose(lead.id)}
  >
    <span class="band"><span aria-hidden="true">${shape}</span> ${word}</span>
    <span class="promise ${promise.isLate && lead.state === 'open' ? 'late' : ''}">${lead.state === 'closed' ? (lead.closedAs ?? '') : promise.text}</span>
    <span class="about">${about}</span>
    <span class="where">${lead.programName} · ${routeWords[lead.route] ?? lead.route} · ${agoWords(lead.openedAt, shown.now)}</span>
    ${lead.claimedBy ? html`<span class="who">with ${lead.claimedBy}${lead.isLive ? ', live' : ''}</span>` : nothing}
  </button>`
}
