/**
 * Quick replies: full-width buttons under the last question, chosen first and sent second.
 *
 * A tap marks a reply and brings its Send button up in the same place; nothing goes out that was not
 * looked at. More than five fold behind one button.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { Reply } from '../shared/view-model.ts'
import type { Words } from '../shared/words.ts'

const VISIBLE = 5

export interface RepliesState {
  readonly replies: readonly Reply[]
  readonly chosen: string | null
  readonly isUnfolded: boolean
}

export interface RepliesActions {
  choose(value: string): void
  send(value: string): void
  unfold(): void
}

export function drawReplies(state: RepliesState, words: Words, actions: RepliesActions): TemplateResult {
  const { replies, chosen } = state
  const shown = state.isUnfolded || replies.length <= VISIBLE + 1 ? replies : replies.slice(0, VISIBLE)
  const hidden = replies.length - shown.length
  return html`<div class="replies" role="group" aria-label=${words.yourAnswer}>
    ${shown.map(
      ({ label, value }) => html`<div class="reply">
        <button type="button" aria-pressed=${value === chosen} @click=${() => actions.choose(value)}>${label}</button>
        ${
          value === chosen
            ? html`<button type="button" class="main" aria-label=${words.sendThis(label)} @click=${() => actions.send(value)}>${words.send}</button>`
            : nothing
        }
      </div>`,
    )}
    ${hidden > 0 ? html`<button type="button" class="more" @click=${actions.unfold}>${words.moreChoices(hidden)}</button>` : nothing}
  </div>`
}
