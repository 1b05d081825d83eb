/**
 * The second factor: set up with the password, the secret for an app, a first code, and the recovery codes, shown
 * once; removed with the password and a code.
 */
import { html, type nothing, type TemplateResult } from 'lit'
import type { FactorSetup } from './desk-api.ts'

export interface FactorShown {
  readonly setup: FactorSetup | null
  readonly recoveryCodes: readonly string[] | null
  readonly fault: string
  /** It is on: what is offered is to remove it. */
  readonly isOn: boolean
  begin(password: string): void
  remove(password: string, code: string): void
  confirm(code: string): void
  leave(): void
}

export function factorView(shown: FactorShown): TemplateResult {
  return html`<dialog class="closing" aria-labelledby="factor-title" @close=${shown.leave}>
    <h2 id="factor-title">Second factor</h2>
    ${shown.recoveryCodes ? codes(shown.recoveryCodes) : shown.setup ? secret(shown, shown.setup) : shown.isOn ? removal(shown) : begin(shown)}
    <p class="fault" role="alert">${shown.fault}</p>
    <p class="buttons"><button type="button" @click=${shown.leave}>${shown.recoveryCodes ? 'I have them' : 'Not now'}</button></p>
  </dialog>`
}

function begin(shown: FactorShown): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault()
    shown.begin(String(new FormData(event.target as HTMLFormElement).get('password')))
  }
  return html`<form @submit=${submit}>
    <p>An app on your phone shows a code that is asked at sign-in. A stolen password alone then opens nothing. Everywhere else you are signed out once it is on.</p>
    ${passwordField}
    <p class="buttons"><button class="main" type="submit">Set it up</button></p>
  </form>`
}

const passwordField = html`<label>Your password<input name="password" type="password" autocomplete="current-password" maxlength="200" required /></label>`

function removal(shown: FactorShown): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault()
    const given = new FormData(event.target as HTMLFormElement)
    shown.remove(String(given.get('password')), String(given.get('code')))
  }
  return html`<form @submit=${submit}>
    <p>It is on. Without it your password alone signs you in; everywhere else you are signed out by this.</p>
    ${passwordField}
    <label>A code of it, or a recovery code<input name="code" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" maxlength="40" required /></label>
    <p class="buttons"><button type="submit">Remove it</button></p>
  </form>`
}

function secret(shown: FactorShown, { secret, uri }: FactorSetup): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault()
    shown.confirm(String(new FormData(event.target as HTMLFormElement).get('code')))
  }
  return html`<form @submit=${submit}>
    <p>Type this key into your authenticator app, or <a href=${uri}>open it there</a>:</p>
    <p><code class="key">${secret.match(/.{1,4}/g)?.join(' ')}</code></p>
    <label>The code that it shows<input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="6" required /></label>
    <p class="buttons"><button class="main" type="submit">Turn it on</button></p>
  </form>`
}

function codes(recoveryCodes: readonly string[]): TemplateResult | typeof nothing {
  return html`<p>It is on. Keep these codes somewhere safe: each signs you in once without your phone. They are shown this once.</p>
    <ul class="recovery">${recoveryCodes.map((code) => html`<li><code>${code}</code></li>`)}</ul>`
}
