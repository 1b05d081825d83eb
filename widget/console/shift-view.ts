/**
 * The shift: what came in, what was done, and the morning list in the order in which people are called.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { Shift, ShiftLine } from './desk-api.ts'
import { acuityWords, routeWords } from './lead-words.ts'
import { agoWords, clockWords, promiseWords } from './time-words.ts'

const deedWords: Readonly<Record<string, string>> = {
  'lead.claimed': 'taken',
  'lead.closed': 'closed',
  'lead.call-again': 'put off to a next try',
  'lead.transferred': 'handed to a colleague',
  'lead.released': 'released',
  'lead.lapsed': 'came back because nobody was there',
}

export function shiftView(shift: Shift | null, shown: { now: number; open(lead: string): void }): TemplateResult {
  if (!shift) return html`<section class="page"><p class="quiet">Reading …</p></section>`
  const done = Object.entries(shift.deeds).filter(([, count]) => count > 0)
  return html`<section class="page" aria-labelledby="page-title">
    <h2 id="page-title">This shift</h2>
    <p class="quiet">Since ${clockWords(shift.since, shown.now)}.</p>
    <div class="cards">
      ${card('Came in', shift.cameIn)} ${card('Of them in danger', shift.danger)}
      ${card('Wait now', shift.waiting.length)} ${card('Late now', shift.late)}
    </div>
    ${done.length === 0 ? nothing : html`<p>${done.map(([deed, count]) => `${count} ${deedWords[deed] ?? deed}`).join(' · ')}</p>`}
    <h3>To call, in this order</h3>
    ${shift.waiting.length === 0 ? html`<p class="empty">Nobody waits. All is well.</p>` : list(shift.waiting, shown)}
    ${shift.held.length === 0 ? nothing : html`<h3>With somebody</h3>${list(shift.held, shown)}`}
  </section>`
}

function list(lines: readonly ShiftLine[], shown: { now: number; open(lead: string): void }): TemplateResult {
  return html`<ol class="shift">${lines.map(
    (line) => html`<li>
    <button type="button" @click=${() => shown.open(line.id)}>
      <span class="shape ${line.acuity}" aria-hidden="true">${acuityWords[line.acuity].shape}</span>
      <b>${acuityWords[line.acuity].word}</b> ${routeWords[line.route] ?? line.route} · ${line.program}
      <span class="quiet">${agoWords(line.openedAt, shown.now)}${line.claimedBy === null ? '' : ` · with ${line.claimedBy}`}</span>
      <span class=${line.isLate ? 'late' : 'quiet'}>${promiseWords(line.dueAt, shown.now).text}</span>
    </button></li>`,
  )}</ol>`
}

function card(words: string, value: number): TemplateResult {
  return html`<p class="card"><b>${value}</b><span class="quiet">${words}</span></p>`
}
