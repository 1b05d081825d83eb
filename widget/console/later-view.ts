/**
 * The next try: how this one ended, and when the lead is called again; it goes back to everybody's queue.
 */
import { html, type TemplateResult } from 'lit'

export interface LaterShown {
  readonly now: number
  later(next: { outcome: string; at: string; note: string }): void
  leave(): void
}

const outcomes = [
  ['no-answer', 'No answer'],
  ['voicemail', 'Left a voicemail'],
  ['reached', 'Reached, call again'],
] as const

const waits = [
  [30, 'in half an hour'],
  [120, 'in two hours'],
  [24 * 60, 'this time tomorrow'],
] as const

export function laterView(shown: LaterShown): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault()
    const given = new FormData(event.target as HTMLFormElement)
    const exact = String(given.get('exact'))
    const at = exact === '' ? new Date(Date.now() + Number(given.get('wait')) * 60_000) : new Date(exact)
    shown.later({ outcome: String(given.get('outcome')), at: at.toISOString(), note: String(given.get('note')) })
  }
  return html`<dialog class="closing" aria-labelledby="later-title" @close=${shown.leave}>
    <form @submit=${submit}>
      <h2 id="later-title">When is the next try?</h2>
      <fieldset>
        <legend>This try</legend>
        ${outcomes.map(([value, word]) => html`<label class="choice"><input type="radio" name="outcome" value=${value} required />${word}</label>`)}
      </fieldset>
      <fieldset>
        <legend>Next try</legend>
        ${waits.map(([minutes, word], index) => html`<label class="choice"><input type="radio" name="wait" value=${minutes} ?checked=${index === 0} />${word}</label>`)}
      </fieldset>
      <label>Or at an exact time, by this computer’s clock<input type="datetime-local" name="exact" /></label>
      <label>Note for the team, if it helps <span class="quiet">Sealed like the visitor’s own words</span><textarea name="note" rows="2" maxlength="10000"></textarea></label>
      <p class="buttons">
        <button class="main" type="submit">Put it back for then</button>
        <button type="button" @click=${shown.leave}>Not now <kbd>Esc</kbd></button>
      </p>
    </form>
  </dialog>`
}
