/**
 * Setting up the second factor: the secret for an app, a first code, and the recovery codes, shown once.
 */
import { html, type nothing, type TemplateResult } from 'lit'
import type { FactorSetup } from './desk-api.ts'

export interface FactorShown {
  readonly setup: FactorSetup | null
  readonly recoveryCodes: readonly string[] | null
  readonly fault: string
  begin(): void
  confirm(code: string): void
  leave(): void
}

export function factorView(shown: FactorShown): TemplateResult {
  return html`<dialog class="closing" aria-labelledby="factor-title" @close=${shown.leave}>
    <h2 id="factor-title">Second factor</h2>
    ${shown.recoveryCodes ? codes(shown.recoveryCodes) : shown.setup ? secret(shown, shown.setup) : begin(shown)}
    <p class="fault" role="alert">${shown.fault}</p>
    <p class="buttons"><button type="button" @click=${shown.leave}>${shown.recoveryCodes ? 'I have them' : 'Not now'}</button></p>
  </dialog>`
}

function begin(shown: FactorShown): TemplateResult {
  return html`<p>An app on your phone shows a code that is asked at sign-in. A stolen password alone then opens nothing.</p>
    <p class="buttons"><button class="main" type="button" @click=${shown.begin}>Set it up</button></p>`
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
