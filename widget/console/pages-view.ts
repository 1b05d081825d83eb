/**
 * The desk's other pages: figures, the audit trail.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { Figures, Stops, TrailEntry } from './desk-api.ts'
import { glassReasons, plainLabel, routeWords } from './lead-words.ts'
import { stopsView } from './stops-view.ts'
import { clockWords, spanWords } from './time-words.ts'

const periods = [1, 7, 30, 90] as const

const stepWords: Readonly<Record<string, string>> = {
  conversations: 'Conversations',
  leads: 'Asked for a person',
  claimed: 'Taken by a person',
  reached: 'Reached',
  booked: 'Booked',
  admitted: 'Admitted',
}

export interface FiguresShown {
  readonly figures: Figures | null
  readonly stops: Stops | null
  readonly now: number
  period(days: number): void
  show(state: 'open' | 'claimed' | 'closed'): void
}

export function figuresView(shown: FiguresShown): TemplateResult {
  const { figures } = shown
  if (!figures) return html`<section class="page"><p class="quiet">Counting …</p></section>`
  const { kept, broken } = figures.promises
  return html`<section class="page" aria-labelledby="page-title">
    <h2 id="page-title">Figures</h2>
    <div class="tabs" role="group" aria-label="Period">${periods.map((days) => html`<button type="button" aria-pressed=${figures.days === days} @click=${() => shown.period(days)}>${days === 1 ? 'A day' : `${days} days`}</button>`)}</div>
    <div class="cards">
      ${card('Promises kept', kept + broken === 0 ? '–' : `${kept} of ${kept + broken}`)}
      ${card('Until a person took it, half', waitWords(figures.secondsToClaim.median))}
      ${card('Until a person took it, nine in ten', waitWords(figures.secondsToClaim.p90))}
      ${card('Late now', String(figures.overdue))}
    </div>
    <h3>How far people came</h3>
    ${bars(figures.funnel.map(({ step, count }) => [stepWords[step] ?? step, count]))}
    <h3>Where they stand</h3>
    <p class="buttons">${(['open', 'claimed', 'closed'] as const).map((state) => html`<button type="button" @click=${() => shown.show(state)}>${figures.byState[state] ?? 0} ${state === 'open' ? 'waiting' : state === 'claimed' ? 'taken' : 'closed'}</button>`)}</p>
    <h3>Routes</h3>
    ${bars(Object.entries(figures.byRoute).map(([route, count]) => [routeWords[route] ?? route, count]))}
    ${Object.keys(figures.closedAs).length > 0 ? html`<h3>Outcomes</h3>${bars(Object.entries(figures.closedAs).map(([word, count]) => [plainLabel(word), count]))}` : nothing}
    ${stopsView(shown.stops, shown.now)}
  </section>`
}

function card(words: string, value: string): TemplateResult {
  return html`<p class="card"><b>${value}</b><span class="quiet">${words}</span></p>`
}

function waitWords(seconds: number | null): string {
  if (seconds === null) return '–'
  return seconds < 60 ? `${seconds} s` : spanWords(Math.round(seconds / 60))
}

/** Plain bars; the number stands beside each. */
function bars(rows: readonly (readonly [string, number])[]): TemplateResult {
  const most = Math.max(1, ...rows.map(([, count]) => count))
  return html`<table class="bars"><tbody>${rows.map(([word, count]) => html`<tr><th scope="row">${word}</th><td><meter min="0" max=${most} value=${count} aria-hidden="true"></meter></td><td>${count}</td></tr>`)}</tbody></table>`
}

export interface AuditShown {
  readonly trail: readonly TrailEntry[] | null
  /** What should be seen without searching. */
  readonly notable: readonly TrailEntry[] | null
  readonly now: number
  open(lead: string): void
}

export function auditView({ trail, notable, now, open }: AuditShown): TemplateResult {
  return html`<section class="page" aria-labelledby="page-title">
    <h2 id="page-title">Audit trail</h2>
    ${notable && notable.length > 0 ? html`<h3>To be seen</h3><ul class="questions notable">${notable.map((one) => notableLine(one, { now, open }))}</ul>` : nothing}
    <h3>Entries</h3>
    <p class="quiet">The newest first. Each entry carries the hash of the one before.</p>
    <div class="scrolls" tabindex="0" role="region" aria-label="Entries">
      <table>
        <thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Who</th><th scope="col">Lead</th><th scope="col">Hash</th></tr></thead>
        <tbody>${trail?.map((one) => html`<tr><td>${clockWords(one.at, now)}</td><td>${one.event}</td><td>${one.actor}</td><td>${one.lead ?? ''}</td><td><code>${one.hash.slice(0, 12)}</code></td></tr>`)}</tbody>
      </table>
    </div>
  </section>`
}

function notableLine(one: TrailEntry, { now, open }: { now: number; open(lead: string): void }): TemplateResult {
  const { event, actor, at, detail, lead } = one
  return html`<li>
    <b>${notableWords(event, actor)}</b>
    ${event === 'glass.broken' ? html`<span>${glassReasons[String(detail?.reason)] ?? ''}</span>` : nothing}
    <span class="quiet">${clockWords(at, now)}</span>
    ${lead === null ? nothing : html`<span class="buttons"><button type="button" @click=${() => open(lead)}>Open the lead</button></span>`}
  </li>`
}

function notableWords(event: string, actor: string): string {
  if (event === 'glass.broken') return `${actor} opened a lead of another program.`
  if (event === 'staff.locked') return `The sign-in of ${actor} was locked after failed tries.`
  return `${actor} took out ${event === 'leads.exported' ? 'leads' : 'the audit trail'}.`
}
