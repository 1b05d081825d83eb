/**
 * The desk's other pages: unanswered questions, figures, the audit trail.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { Figures, Question, TrailEntry } from './desk-api.ts'
import { plainLabel, routeWords } from './lead-words.ts'
import { agoWords, clockWords, spanWords } from './time-words.ts'

export function questionsView(questions: readonly Question[] | null, now: number): TemplateResult {
  const empty = html`<p class="empty">Every question had an answer. What the assistant could not answer appears here.</p>`
  return html`<section class="page" aria-labelledby="page-title">
    <h2 id="page-title">Unanswered questions</h2>
    <p class="quiet">In the visitors’ words. An answer becomes a fact in the program’s folder.</p>
    ${questions?.length === 0 ? empty : nothing}
    ${byTopic(questions ?? []).map(
      ([
        topic,
        asked,
      ]) => html`${topic === '' ? nothing : html`<h3>${topic} · ${asked.length === 1 ? 'once' : `${asked.length} times`}</h3>`}
    <ul class="questions">${asked.map((one) => html`<li><q>${one.question}</q><span class="quiet">${one.program} · ${agoWords(one.at, now)}${one.why === 'unhelpful' ? ' · the answer missed it' : nothing}</span></li>`)}</ul>`,
    )}
  </section>`
}

/** What is asked most often stands first, what has no topic last; within a topic the newest first. */
function byTopic(questions: readonly Question[]): [string, readonly Question[]][] {
  const groups = new Map<string, Question[]>()
  for (const one of questions) {
    const topic = (one.topic ?? '').replaceAll('-', ' ')
    groups.set(topic, [...(groups.get(topic) ?? []), one])
  }
  return [...groups].sort(([a, one], [b, two]) => (a === '' ? 1 : b === '' ? -1 : two.length - one.length))
}

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

export function auditView(trail: readonly TrailEntry[] | null, now: number): TemplateResult {
  return html`<section class="page" aria-labelledby="page-title">
    <h2 id="page-title">Audit trail</h2>
    <p class="quiet">The newest first. Each entry carries the hash of the one before.</p>
    <div class="scrolls" tabindex="0" role="region" aria-label="Entries">
      <table>
        <thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Who</th><th scope="col">Lead</th><th scope="col">Hash</th></tr></thead>
        <tbody>${trail?.map((one) => html`<tr><td>${clockWords(one.at, now)}</td><td>${one.event}</td><td>${one.actor}</td><td>${one.lead ?? ''}</td><td><code>${one.hash.slice(0, 12)}</code></td></tr>`)}</tbody>
      </table>
    </div>
  </section>`
}
