/**
 * What did not go out: each with what it was, why it stopped, and what a person does now.
 */
import { html, type TemplateResult } from 'lit'
import type { Notice } from './desk-api.ts'
import { agoWords } from './time-words.ts'

export interface UndeliveredShown {
  readonly now: number
  open(lead: string): void
  again(id: string): void
  dismiss(id: string): void
}

const kindWords: Readonly<Record<string, string>> = {
  'page-on-call': 'Page to the person on call',
  'announce-lead': 'News of a new request',
  'write-record': 'Record system',
  'write-customer-file': 'Customer file',
  'tell-subscribers': 'Webhook',
  'tell-revocation': 'Webhook: a permission ended',
  'ask-payer': 'Question to the insurer',
  'write-calendar': 'Booked time, for the calendar',
  'clear-calendar': 'Cancelled time, for the calendar',
  'write-to-visitor reminder': 'Reminder by e-mail',
  'write-to-visitor copy': 'Copy by e-mail',
  'send-text reminder': 'Reminder by text',
}

/** What a person does about a reason. */
const reasonWords: Readonly<Record<string, string>> = {
  CALENDAR_TAKEN: 'Another event stands at that time by now. Agree another time with the visitor.',
  CALENDAR_CHANGED: 'Somebody changed or removed this event in the calendar. See what is right there.',
  CONSENT_REQUIRED: 'The permission had ended. Nothing was sent.',
  ADDRESS_INTERNAL: 'The address leads inside the network. Tell an administrator.',
  HTTP_410: 'The address is gone. Tell an administrator.',
}

export function undeliveredView(notices: readonly Notice[] | null, shown: UndeliveredShown): TemplateResult {
  const none = html`<p class="empty">Everything went out. What could not be delivered appears here.</p>`
  return html`<section class="page" aria-labelledby="page-title">
    <h2 id="page-title">Not delivered</h2>
    <p class="quiet">Nobody is lost by this: whoever it was about stands in the queue. Send it again once the reason is mended, or take it off when you saw to it yourself.</p>
    ${notices === null ? html`<p class="quiet">Reading …</p>` : notices.length === 0 ? none : html`<ul class="questions">${notices.map((one) => row(one, shown))}</ul>`}
  </section>`
}

function row(notice: Notice, { now, open, again, dismiss }: UndeliveredShown): TemplateResult {
  const { id, lead, attempts, program, openedAt } = notice
  return html`<li>
    <b>${wordsOf(notice)}</b>
    <span>${reasonOf(notice)}</span>
    <span class="quiet">${attempts === 1 ? 'Tried once' : `Tried ${attempts} times`} · ${program} · came in ${agoWords(openedAt, now)}</span>
    <span class="buttons">
      <button type="button" @click=${() => open(lead)}>Open</button>
      <button type="button" @click=${() => again(id)}>Send again</button>
      <button type="button" @click=${() => dismiss(id)}>Seen to</button>
    </span>
  </li>`
}

function wordsOf({ kind, what }: Notice): string {
  return kindWords[what === null ? kind : `${kind} ${what}`] ?? kindWords[kind] ?? kind
}

function reasonOf({ code }: Notice): string {
  if (code === null) return 'Nobody answered, however often it was tried.'
  return reasonWords[code] ?? `The other side refused it (${code}).`
}
