/**
 * Break-glass: opening a lead of another program, with a reason, for an hour, before everybody's eyes.
 */
import { html, type TemplateResult } from 'lit'
import { glassReasons } from './lead-words.ts'

export interface GlassShown {
  /** What the address or a colleague named; empty when nothing did. */
  readonly lead: string
  breakGlass(lead: string, reason: string): void
  leave(): void
}

export function glassView(shown: GlassShown): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault()
    const given = new FormData(event.target as HTMLFormElement)
    shown.breakGlass(String(given.get('lead')).trim(), String(given.get('reason')))
  }
  return html`<dialog class="closing" aria-labelledby="glass-title" @close=${shown.leave}>
    <form @submit=${submit}>
      <h2 id="glass-title">Open a lead of another program</h2>
      <p class="warn">For an emergency in which nobody of that program can help. It is open to you for an hour. Every administrator is told now, with your name and the reason, and it stays in the trail.</p>
      <label>The lead’s id, as the page or your colleague gives it<input name="lead" value=${shown.lead} pattern=" *lead_.+" maxlength="80" autocomplete="off" autocapitalize="none" spellcheck="false" required /></label>
      <fieldset>
        <legend>Why</legend>
        ${Object.entries(glassReasons).map(([value, word]) => html`<label class="choice"><input type="radio" name="reason" value=${value} required />${word}</label>`)}
      </fieldset>
      <p class="buttons">
        <button class="main" type="submit">Open it</button>
        <button type="button" @click=${shown.leave}>Not now <kbd>Esc</kbd></button>
      </p>
    </form>
  </dialog>`
}
