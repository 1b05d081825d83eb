/**
 * A new password for one's own account, with the present one.
 */
import { html, type TemplateResult } from 'lit'

export interface PasswordShown {
  readonly fault: string
  readonly isDone: boolean
  change(current: string, next: string): void
  leave(): void
}

export function passwordView(shown: PasswordShown): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault()
    const given = new FormData(event.target as HTMLFormElement)
    shown.change(String(given.get('current')), String(given.get('next')))
  }
  const form = html`<form @submit=${submit}>
    <label>Your present password<input name="current" type="password" autocomplete="current-password" maxlength="200" required /></label>
    <label>The new one, 12 characters or more <span class="quiet">Several words that do not belong together are best</span><input name="next" type="password" autocomplete="new-password" minlength="12" maxlength="200" required /></label>
    <p class="fault" role="alert">${shown.fault}</p>
    <p class="buttons">
      <button class="main" type="submit">Change it</button>
      <button type="button" @click=${shown.leave}>Not now <kbd>Esc</kbd></button>
    </p>
  </form>`
  const done = html`<p role="status">It is changed. Everywhere else you are signed out.</p>
    <p class="buttons"><button class="main" type="button" @click=${shown.leave}>Done</button></p>`
  return html`<dialog class="closing" aria-labelledby="password-title" @close=${shown.leave}>
    <h2 id="password-title">Change your password</h2>
    ${shown.isDone ? done : form}
  </dialog>`
}
