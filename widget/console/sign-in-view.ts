/**
 * The desk's door: name, password, the code of a second factor when it is asked, and why it did not open.
 */
import { html, nothing, type TemplateResult } from 'lit'
import { lamp } from './lamp.ts'

export interface SignInShown {
  readonly fault: string
  readonly needsCode: boolean
  readonly offersOpenId: boolean
  signIn(name: string, password: string, code: string): void
}

export function signInView(shown: SignInShown): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault()
    const given = new FormData(event.target as HTMLFormElement)
    shown.signIn(String(given.get('name')), String(given.get('password')), String(given.get('code') ?? ''))
  }
  return html`<main class="door">
    <h1>${lamp} Admissions desk</h1>
    <form @submit=${submit}>
      <label>Name<input name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required /></label>
      <label>Password<input name="password" type="password" autocomplete="current-password" required /></label>
      ${shown.needsCode ? html`<label>Code of your second factor, or a recovery code<input name="code" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" maxlength="40" required /></label>` : nothing}
      <p class="fault" role="alert">${shown.fault}</p>
      <button class="main" type="submit">Sign in</button>
    </form>
    ${shown.offersOpenId ? html`<p><a href="/desk/api/open-id/start">Sign in with your organization’s account</a></p>` : nothing}
    <p class="quiet">Each row here is a person who asked for help. Every look is written down.</p>
  </main>`
}
