/**
 * Where people stop: the steps at which most wrote no more, and each flow drawn with its counts.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { Stops } from './desk-api.ts'
import { clockWords } from './time-words.ts'

/** @param stops - null until they are counted. */
export function stopsView(stops: Stops | null, now: number): TemplateResult {
  if (!stops) return html`<h3>Where people stop</h3><p class="quiet">Counting …</p>`
  const counted = `Counted in ${stops.conversations} stored conversations at ${clockWords(stops.countedAt, now)}. Whoever wrote within the last hour may still go on.`
  return html`<h3>Where people stop</h3>
    <p class="quiet">${counted}</p>
    ${stops.steps.length === 0 ? html`<p class="empty">Nobody stopped in the middle of a script.</p>` : table(stops)}
    ${stops.flows.map(
      ({ flow, title }) => html`<details class="fold flow">
        <summary>${title.en}</summary>
        <div class="scrolls" tabindex="0" role="region" aria-label=${title.en}>
          <img loading="lazy" src="/desk/api/stops/${flow}.svg" alt="The script ${title.en}, step by step, with how many stopped at each. The table above names the steps where most stopped." />
        </div>
      </details>`,
    )}`
}

function table({ steps }: Stops): TemplateResult {
  return html`<table class="bars">
    <caption class="unseen">How many of those who were asked wrote no more</caption>
    <tbody>${steps.map(
      ({ flow, step, asked, stopped, share, isMarked }) => html`<tr>
      <th scope="row">${flow} · ${step.replaceAll('-', ' ')}${isMarked ? html` <b aria-hidden="true">◆</b>` : nothing}</th>
      <td><meter min="0" max="1" value=${share} aria-hidden="true"></meter></td>
      <td>${stopped} of ${asked}</td></tr>`,
    )}</tbody>
  </table>`
}
