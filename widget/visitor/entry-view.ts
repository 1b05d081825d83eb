/**
 * One entry of the log as it is drawn: words, who said them, how sending went, and folded sources.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { Entry, SourceFold } from '../shared/view-model.ts'
import type { Words } from '../shared/words.ts'

/** Draws an entry; `sendAgain` is offered where sending failed. */
export function drawEntry(entry: Entry, words: Words, sendAgain: () => void): TemplateResult {
  const { speaker, progress, state } = entry
  const who = speaker === 'visitor' ? words.you : speaker === 'staff' ? entry.name || words.team : words.assistant
  return html`<div class="entry ${speaker}" data-key=${entry.key}>
    ${progress ? html`<p class="progress">${words.question(progress.done, progress.of)}</p>` : nothing}
    <p class=${speaker === 'staff' ? 'who' : 'unseen'}>${who}</p>
    <p class="words" lang=${entry.lang || nothing}>${entry.text}</p>
    ${entry.sources.map((fold) => drawFold(fold, words))}
    ${state === 'sent' ? nothing : drawState(entry, words, sendAgain)}
  </div>`
}

function drawState(entry: Entry, words: Words, sendAgain: () => void): TemplateResult {
  if (entry.state === 'sending') return html`<p class="state">${words.sending}</p>`
  return html`<p class="state failed">${words.notSent} <button type="button" @click=${sendAgain}>${words.sendAgain}</button></p>`
}

function drawFold(fold: SourceFold, words: Words): TemplateResult {
  const day = new Date(`${fold.checkedOn}T12:00`).toLocaleDateString(words.lang, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
  return html`<details class="source">
    <summary>${words.source(day, fold.url !== null, fold.awaitsReview)}</summary>
    ${fold.quotes.map((quote) => html`<blockquote>${quote}</blockquote>`)}
    ${fold.url ? html`<a href=${fold.url} target="_blank" rel="noreferrer">${words.readPage}</a>` : nothing}
  </details>`
}
