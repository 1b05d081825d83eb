/**
 * The crisis card: pinned above the log, one large way to help, at most two beside it, the rest folded.
 *
 * It never takes the focus and never covers the message box. Once the visitor writes on it grows
 * small, but its first button stays.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { Card } from '../shared/view-model.ts'
import type { Words } from '../shared/words.ts'

const BESIDE = 2

export interface CrisisParts {
  readonly isSmall: boolean
  readonly words: Words
  readonly send: (value: string) => void
}

export function drawCrisis(card: Card, { isSmall, words, send }: CrisisParts): TemplateResult {
  const [first, ...others] = card.links
  const rest = others.slice(BESIDE)
  const link = ({ href, label }: Card['links'][number], kind: string) =>
    html`<a class=${kind} href=${href} target=${href.startsWith('https') ? '_blank' : nothing} rel="noreferrer">${label}</a>`
  return html`<section class="crisis ${isSmall ? 'small' : ''}" aria-label=${words.helpNow} tabindex="-1">
    ${card.title ? html`<h2>${card.title}</h2>` : nothing}
    <div class="ways">${first ? link(first, 'first') : nothing}${others.slice(0, BESIDE).map((other) => link(other, 'other'))}</div>
    ${card.text ? html`<p>${card.text}</p>` : nothing}
    ${
      rest.length + card.replies.length > 0
        ? html`<details><summary>${words.moreHelp}</summary>
      ${rest.map((other) => link(other, 'rest'))}
      ${card.replies.map(({ label, value }) => html`<button type="button" class="rest" @click=${() => send(value)}>${label}</button>`)}
    </details>`
        : nothing
    }
    <p class="here">${words.stillHere}</p>
  </section>`
}
