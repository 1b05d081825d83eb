/**
 * Handing a lead to a colleague: who can take it is listed, nobody is chosen beforehand.
 */
import { html, type TemplateResult } from 'lit'

export interface PassShown {
  /** null while they are read. */
  readonly colleagues: readonly string[] | null
  pass(to: string): void
  leave(): void
}

export function passView(shown: PassShown): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault()
    shown.pass(String(new FormData(event.target as HTMLFormElement).get('to')))
  }
  const { colleagues } = shown
  return html`<dialog class="closing" aria-labelledby="pass-title" @close=${shown.leave}>
    <form @submit=${submit}>
      <h2 id="pass-title">Hand it to whom?</h2>
      <p class="quiet">They hold it at once, and the chat if you have it. Tell them.</p>
      <fieldset>
        <legend class="unseen">Colleague</legend>
        ${colleagues?.map((name) => html`<label class="choice"><input type="radio" name="to" value=${name} required />${name}</label>`)}
        ${colleagues?.length === 0 ? html`<p class="empty">Nobody else works for this program. Release the lead instead.</p>` : ''}
      </fieldset>
      <p class="buttons">
        <button class="main" type="submit" ?disabled=${!colleagues?.length}>Hand it over</button>
        <button type="button" @click=${shown.leave}>Not now <kbd>Esc</kbd></button>
      </p>
    </form>
  </dialog>`
}
