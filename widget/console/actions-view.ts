/**
 * What staff can do with a lead: claim it, step into the chat, release it, close it with its outcome.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { LeadView } from './desk-api.ts'
import { acuityWords, plainLabel } from './lead-words.ts'
import { clockWords, promiseWords } from './time-words.ts'

export interface ActionsShown {
  readonly lead: LeadView
  readonly isMine: boolean
  readonly isLive: boolean
  readonly now: number
  claim(): void
  release(): void
  takeOver(): void
  handBack(): void
  close(): void
  later(): void
  pass(): void
  undo(): void
}

export function actionsView(shown: ActionsShown): TemplateResult {
  const { lead, isMine } = shown
  const { word, shape } = acuityWords[lead.acuity]
  return html`<div class="actions">
    ${lead.glassUntil ? html`<p class="warn glass">Of another program: open to you until ${clockWords(lead.glassUntil, shown.now)}. Every administrator sees that you opened it.</p>` : nothing}
    <h2 class=${lead.acuity}><span class="shape" aria-hidden="true">${shape}</span> ${word} ${promise(shown)}</h2>
    ${lead.state === 'closed' ? html`<p class="held">Closed: ${plainLabel(lead.closedAs ?? '')} <button type="button" aria-keyshortcuts="z" @click=${shown.undo}>Undo <kbd>Z</kbd></button></p>` : isMine ? mine(shown) : notMine(shown)}
  </div>`
}

function promise({ lead, isMine, now }: ActionsShown): TemplateResult | typeof nothing {
  if (isMine && lead.claimedUntil !== null)
    return html`<span class="quiet">yours until ${clockWords(lead.claimedUntil, now)}</span>`
  if (lead.state !== 'open') return nothing
  const { text, isLate } = promiseWords(lead.promise?.dueAt ?? null, now)
  return html`<span class=${isLate ? 'late' : 'quiet'}>${text}</span>`
}

function notMine({ lead, now, claim }: ActionsShown): TemplateResult {
  if (lead.state === 'claimed') {
    const until = lead.claimedUntil === null ? '' : ` until ${clockWords(lead.claimedUntil, now)}`
    return html`<p class="held">${lead.claimedBy} has it${until}.</p>`
  }
  return html`<button class="main" type="button" aria-keyshortcuts="c" @click=${claim}>Claim <kbd>C</kbd></button>`
}

function mine(shown: ActionsShown): TemplateResult {
  const { lead, isLive } = shown
  const chat = isLive
    ? html`<button type="button" aria-keyshortcuts="t" @click=${shown.handBack}>Hand back <kbd>T</kbd></button>`
    : html`<button type="button" aria-keyshortcuts="t" ?disabled=${lead.isErased || lead.isUnreadable} @click=${shown.takeOver}>Join chat <kbd>T</kbd></button>`
  return html`<div class="buttons">
    <button class="main" type="button" aria-keyshortcuts="x" @click=${shown.close}>Close <kbd>X</kbd></button>
    ${chat}
    <button type="button" title="Try again later" aria-keyshortcuts="l" @click=${shown.later}>Later <kbd>L</kbd></button>
    <button type="button" title="Hand it to a colleague" aria-keyshortcuts="p" @click=${shown.pass}>Pass <kbd>P</kbd></button>
    <button type="button" aria-keyshortcuts="r" @click=${shown.release}>Release <kbd>R</kbd></button>
  </div>`
}
