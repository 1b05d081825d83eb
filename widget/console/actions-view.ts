/**
 * What staff can do with a lead: claim it, step into the chat, release it, close it with its outcome.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { LeadView } from './desk-api.ts'
import { dispositions } from './lead-words.ts'

export interface ActionsShown {
  readonly lead: LeadView
  readonly isMine: boolean
  claim(): void
  release(): void
  takeOver(): void
  handBack(): void
  close(disposition: string, note: string): void
}

export function actionsView(shown: ActionsShown): TemplateResult {
  const { lead, isMine } = shown
  if (lead.state === 'closed') return html`<p class="quiet">Closed: ${lead.closedAs}.</p>`
  if (!isMine) {
    const held = lead.claimedBy ? html`<p class="quiet">${lead.claimedBy} has it.</p>` : nothing
    return html`<div class="actions">${held}<button class="main" type="button" @click=${shown.claim}>Claim <kbd>C</kbd></button></div>`
  }
  return html`<div class="actions">
      ${
        lead.isLive
          ? html`<button type="button" @click=${shown.handBack}>Hand back to the assistant</button>`
          : html`<button type="button" ?disabled=${lead.isErased} @click=${shown.takeOver}>Step into the chat <kbd>T</kbd></button>`
      }
      <button type="button" @click=${shown.release}>Release <kbd>R</kbd></button>
    </div>
    <details class="closing"><summary>Close with an outcome</summary>${closing(shown)}</details>`
}

function closing(shown: ActionsShown): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault()
    const given = new FormData(event.target as HTMLFormElement)
    shown.close(String(given.get('disposition')), String(given.get('note')))
  }
  return html`<form @submit=${submit}>
    <label>Outcome<select name="disposition">${dispositions.map(([value, word]) => html`<option value=${value}>${word}</option>`)}</select></label>
    <label>Note for the team (sealed)<textarea name="note" rows="3" maxlength="10000"></textarea></label>
    <button class="main" type="submit">Close the lead</button>
  </form>`
}
