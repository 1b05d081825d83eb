/**
 * Closing a lead: one outcome, a note if one helps; nothing is chosen beforehand.
 */
import { html, type TemplateResult } from 'lit'
import { dispositions } from './lead-words.ts'

export interface CloseShown {
  close(disposition: string, note: string): void
  leave(): void
}

export function closeView(shown: CloseShown): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault()
    const given = new FormData(event.target as HTMLFormElement)
    shown.close(String(given.get('disposition')), String(given.get('note')))
  }
  return html`<dialog class="closing" aria-labelledby="closing-title" @close=${shown.leave}>
    <form @submit=${submit}>
      <h2 id="closing-title">How did it end?</h2>
      <fieldset>
        <legend class="unseen">Outcome</legend>
        ${dispositions.map(
          ([value, word]) =>
            html`<label class="choice"><input type="radio" name="disposition" value=${value} required />${word}</label>`,
        )}
      </fieldset>
      <label>Note for the team, if it helps <span class="quiet">Sealed like the visitor’s own words</span><textarea name="note" rows="3" maxlength="10000"></textarea></label>
      <p class="buttons">
        <button class="main" type="submit">Close the lead</button>
        <button type="button" @click=${shown.leave}>Not now <kbd>Esc</kbd></button>
      </p>
    </form>
  </dialog>`
}
