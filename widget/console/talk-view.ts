/**
 * The conversation on the desk: what was said, by whom, from which source; and the live chat's box.
 */
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { cannedReplies } from './canned-replies.ts'
import type { LeadView, TranscriptLine } from './desk-api.ts'
import { dangerWords, kindWords, plainLabel } from './lead-words.ts'
import { clockWords } from './time-words.ts'

export interface TalkShown {
  readonly lead: LeadView
  /** This person has the chat. */
  readonly isLive: boolean
  readonly now: number
  /** @returns whether it was sent; what was not stays in the box. */
  send(text: string): Promise<boolean>
  /** Something is being written. */
  typing(): void
}

type Speaker = 'visitor' | 'bot' | 'crisis' | 'staff'

export function talkView(shown: TalkShown): TemplateResult {
  const lines = shown.lead.transcript.filter((line) => line.type === 'message' && wordsOf(line) !== '')
  return html`<div class="talk" role="log" aria-live=${shown.isLive ? 'polite' : 'off'} aria-label="What was said" tabindex="0">
      ${lines.length === 0 ? html`<p class="empty">${shown.lead.isUnreadable ? 'What was said cannot be opened.' : 'Nothing was said yet, or the visitor erased it.'}</p>` : nothing}
      ${shown.lead.unreadTurns ? html`<p class="empty">Some of what was said cannot be opened: messages are missing here.</p>` : nothing}
      <ol>${repeat(
        lines,
        (line) => line.id,
        (line, index) => said(line, { before: lines[index - 1], now: shown.now }),
      )}</ol>
      ${shown.lead.scriptVersion ? html`<p class="quiet version">Script version ${shown.lead.scriptVersion.slice(0, 12)}</p>` : nothing}
    </div>
    ${shown.isLive ? composer(shown) : nothing}`
}

function said(line: TranscriptLine, at: { before: TranscriptLine | undefined; now: number }): TemplateResult {
  const speaker = speakerOf(line)
  const goesOn = at.before !== undefined && speakerOf(at.before) === speaker && speaker !== 'staff'
  return html`<li class="${speaker} ${goesOn ? 'goes-on' : ''}">
    ${goesOn && labelOf(line) === '' ? nothing : html`<p class="by">${goesOn ? nothing : html`<b>${nameOf(line, speaker)}</b> <time datetime=${line.timestamp}>${clockWords(line.timestamp, at.now)}</time>`}${labelOf(line) === '' ? nothing : html` <span class="kind">${labelOf(line)}</span>`}</p>`}
    <p class="words">${wordsOf(line)}</p>
    ${sources(line)}
  </li>`
}

function speakerOf(line: TranscriptLine): Speaker {
  if (line.from.role === 'user') return 'visitor'
  const kind = line.channelData?.porchlight?.kind
  return kind === 'staff' || kind === 'crisis' ? kind : 'bot'
}

function nameOf(line: TranscriptLine, speaker: Speaker): string {
  if (speaker === 'visitor') return 'Visitor'
  return speaker === 'staff' ? (line.from.name ?? 'Staff') : 'Assistant'
}

function labelOf(line: TranscriptLine): string {
  const { kind = 'notice', label } = line.channelData?.porchlight ?? {}
  const words = kindWords[kind] ?? ''
  return words !== '' && label ? `${words}: ${dangerWords[label].toLowerCase()}` : words
}

/** A form's fields as they were filled in, when there is no text. */
function wordsOf({ text, value }: TranscriptLine): string {
  if (text !== undefined && text !== '') return text
  if (value === null || typeof value !== 'object') return typeof value === 'string' ? value : ''
  return Object.entries(value)
    .map(([field, given]) => `${plainLabel(field)}: ${String(given)}`)
    .join('\n')
}

function sources(line: TranscriptLine): TemplateResult | typeof nothing {
  const facts = line.channelData?.porchlight?.facts ?? []
  if (facts.length === 0) return nothing
  return html`<details class="sources">
    <summary>${facts.length === 1 ? 'Its source' : `Its ${facts.length} sources`}</summary>
    ${facts.map(
      ({ source, reviewed }) =>
        html`<blockquote>“${source.quote}”<cite>${source.url ?? source.file}${source.line ? `, line ${source.line}` : ''} · read ${source.retrievedAt}${reviewed === 'awaiting-review' ? ' · not yet reviewed' : ''}</cite></blockquote>`,
    )}
  </details>`
}

function composer(shown: TalkShown): TemplateResult {
  const language = shown.lead.brief?.locale === 'es-US' ? 'es' : 'en'
  const send = async (box: HTMLTextAreaElement): Promise<void> => {
    const text = box.value.trim()
    if (text === '' || box.readOnly) return
    box.readOnly = true
    if (await shown.send(text)) box.value = ''
    box.readOnly = false
    box.focus()
  }
  const boxOf = (event: Event) =>
    (event.currentTarget as HTMLElement).closest('form')?.elements.namedItem('words') as HTMLTextAreaElement
  const keyed = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    void send(boxOf(event))
  }
  const submit = (event: Event): void => {
    event.preventDefault()
    void send(boxOf(event))
  }
  const choose = (event: Event): void => {
    const select = event.target as HTMLSelectElement
    const box = boxOf(event)
    box.value = [box.value.trim(), select.value].filter((part) => part !== '').join(' ')
    select.selectedIndex = 0
    box.focus()
  }
  return html`<form class="composer" @submit=${submit}>
    <p class="row-of"><label for="words"><b>You have the chat; the assistant is silent.</b> They see your name.</label>
    <select aria-label="Ready-made replies" @change=${choose}>
      <option value="">Ready-made replies</option>
      ${cannedReplies[language].map((reply) => html`<option value=${reply}>${reply}</option>`)}
    </select></p>
    <p class="row-of"><textarea id="words" name="words" rows="2" maxlength="4000" @keydown=${keyed} @input=${shown.typing}></textarea>
    <button class="main" type="submit">Send</button></p>
  </form>`
}
