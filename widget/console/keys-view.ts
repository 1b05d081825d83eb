/**
 * The keyboard, shown by `?`; and the two things that each person sets for this desk.
 */
import { html, nothing, type TemplateResult } from 'lit'
import { deskKeys } from './keys.ts'

export interface KeysShown {
  readonly lettersAreOn: boolean
  setLetters(on: boolean): void
  askForNotices(): void
  readonly hasSecondFactor: boolean
  secondFactor(): void
  changePassword(): void
  showSessions(): void
  leave(): void
}

const names: Readonly<Record<string, string>> = { arrowdown: '↓', arrowup: '↑', escape: 'Esc' }

export function keysView(shown: KeysShown): TemplateResult {
  const switched = (event: Event) => shown.setLetters((event.target as HTMLInputElement).checked)
  return html`<dialog class="keys" aria-labelledby="keys-title" @close=${shown.leave}>
    <h2 id="keys-title">Keyboard</h2>
    <dl>${deskKeys.map(({ keys, does }) => html`<div><dt>${keys.map((key) => html`<kbd>${names[key] ?? key.toUpperCase()}</kbd> `)}</dt><dd>${does}</dd></div>`)}</dl>
    <label class="choice"><input type="checkbox" .checked=${shown.lettersAreOn} @change=${switched} />Single letters work as keys</label>
    ${notices(shown)}
    ${shown.hasSecondFactor ? html`<p class="buttons"><button type="button" @click=${shown.secondFactor}>Your second factor is on: remove it</button></p>` : html`<p class="buttons"><button type="button" @click=${shown.secondFactor}>Set up a second factor</button></p>`}
    <p class="buttons"><button type="button" @click=${shown.changePassword}>Change your password</button></p>
    <p class="buttons"><button type="button" @click=${shown.showSessions}>Where you are signed in</button></p>
    <p class="buttons"><button type="button" @click=${shown.leave}>Done</button></p>
  </dialog>`
}

/** Asked only by this button, never by itself. */
function notices(shown: KeysShown): TemplateResult | typeof nothing {
  if (!('Notification' in globalThis) || Notification.permission === 'denied') return nothing
  if (Notification.permission === 'granted')
    return html`<p class="quiet">This computer shows a notice, without content, when somebody needs you.</p>`
  return html`<p class="buttons"><button type="button" @click=${shown.askForNotices}>Show notices on this computer</button></p>`
}
