/**
 * One entry of the log as it is drawn: words, who said them, how sending went, and folded sources.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { Card, Entry } from '../shared/view-model.ts'
import type { Words } from '../shared/words.ts'

export interface EntryParts {
  readonly words: Words
  readonly sendAgain: () => void
  /** Sends words as the visitor's own. */
  readonly say: (text: string) => void
  /** The card that stands pinned in full: its message is not shown twice. */
  readonly pinned: Card | null
  /** Missing until its part of the program has come. */
  readonly drawSources: typeof import('./source-view.ts').drawSources | undefined
}

/** Draws an entry; sending again is offered where sending failed. */
export function drawEntry(entry: Entry, { words, sendAgain, say, drawSources, pinned }: EntryParts): TemplateResult {
  const { speaker, progress, state } = entry
  const who = speaker === 'visitor' ? words.you : speaker === 'staff' ? entry.name || words.team : words.assistant
  return html`<div class="entry ${speaker}" ?hidden=${entry.card !== null && entry.card === pinned} data-key=${entry.key}>
    ${progress && progress.done > 0 && progress.done < progress.of ? html`<p class="progress">${words.question(progress.done + 1, progress.of)}</p>` : nothing}
    <p class=${speaker === 'staff' ? 'who' : 'unseen'}>${who}</p>
    <p class="words" lang=${entry.lang || nothing}>${entry.text}</p>
    ${drawSources?.(entry.facts, words.lang, say)}
    ${state === 'sent' ? nothing : drawState(entry, words, sendAgain)}
  </div>`
}

function drawState(entry: Entry, words: Words, sendAgain: () => void): TemplateResult {
  if (entry.state === 'sending') return html`<p class="state late">${words.sending}</p>`
  if (entry.state === 'refused') return html`<p class="state failed">${words.refused}</p>`
  return html`<p class="state failed">${words.notSent} <button type="button" @click=${sendAgain}>${words.sendAgain}</button></p>`
}

/** The day between two messages of different days; the first day is named only when it is not today. */
export function drawDay(at: number, before: number, words: Words): TemplateResult | typeof nothing {
  const day = new Date(at)
  const isToday = day.toDateString() === new Date().toDateString()
  if (new Date(before).toDateString() === day.toDateString()) return nothing
  const name = isToday
    ? words.today
    : day.toLocaleDateString(words.lang, { weekday: 'long', day: 'numeric', month: 'long' })
  return html`<p class="day">${name}</p>`
}
