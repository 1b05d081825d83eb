/**
 * The conversation on the desk: what was said, by whom, from which source; and the live chat's box.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { LeadView, TranscriptLine } from './desk-api.ts'
import { plainLabel } from './lead-words.ts'
import { clockWords } from './time-words.ts'

export interface TalkShown {
  readonly lead: LeadView
  /** This desk holds the lead. */
  readonly isMine: boolean
  send(text: string): void
}

export function talkView(shown: TalkShown): TemplateResult {
  const { transcript } = shown.lead
  return html`<ol class="talk" aria-label="Conversation">${transcript.filter((line) => line.type === 'message').map(said)}</ol>
    ${shown.isMine && shown.lead.isLive ? composer(shown) : nothing}`
}

function said(line: TranscriptLine): TemplateResult {
  const data = line.channelData?.porchlight
  const who = line.from.role === 'user' ? 'Visitor' : data?.kind === 'staff' ? (line.from.name ?? 'Staff') : 'Assistant'
  const tone =
    line.from.role === 'user'
      ? 'visitor'
      : data?.kind === 'crisis'
        ? 'crisis'
        : data?.kind === 'staff'
          ? 'staff'
          : 'bot'
  const kind = data && data.kind !== 'staff' ? `${data.kind}${data.label ? `: ${plainLabel(data.label)}` : ''}` : ''
  return html`<li class=${tone}>
    <p class="by">${who} <time datetime=${line.timestamp}>${clockWords(line.timestamp)}</time>${kind ? html` <span>${kind}</span>` : nothing}</p>
    <p class="words">${line.text}</p>
    ${(data?.facts ?? []).map((fact) => html`<p class="source">“${fact.source.quote}” (${fact.source.file}, line ${fact.source.line})</p>`)}
  </li>`
}

function composer(shown: TalkShown): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault()
    const box = (event.target as HTMLFormElement).elements.namedItem('words') as HTMLTextAreaElement
    if (box.value.trim() === '') return
    shown.send(box.value.trim())
    box.value = ''
  }
  return html`<form class="composer" @submit=${submit}>
    <label>Your message, shown to the visitor under your name<textarea name="words" rows="2" maxlength="4000"></textarea></label>
    <button class="main" type="submit">Send</button>
  </form>`
}
