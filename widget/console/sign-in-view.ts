/**
 * The desk's door: name, password, and why it did not open.
 */
import { html, type TemplateResult } from 'lit'
import { lamp } from './lamp.ts'

export function signInView(shown: { fault: string; signIn(name: string, password: string): void }): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault()
    const given = new FormData(event.target as HTMLFormElement)
    shown.signIn(String(given.get('name')), String(given.get('password')))
  }
  return html`<main class="door">
    <h1>${lamp} Admissions desk</h1>
    <form @submit=${submit}>
      <label>Name<input name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required /></label>
      <label>Password<input name="password" type="password" autocomplete="current-password" required /></label>
      <p class="fault" role="alert">${shown.fault}</p>
      <button class="main" type="submit">Sign in</button>
    </form>
    <p class="quiet">Each row here is a person who asked for help. Every look is written down.</p>
  </main>`
}
