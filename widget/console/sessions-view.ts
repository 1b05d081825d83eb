/**
 * Where one is signed in, and the end of it there: one by one, or everywhere but here.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { OwnSession } from './desk-api.ts'
import { agoWords, clockWords } from './time-words.ts'

export interface SessionsShown {
  /** null while they are asked for. */
  readonly sessions: readonly OwnSession[] | null
  readonly now: number
  readonly fault: string
  readonly isDone: boolean
  /** @param session - null: all others. */
  end(password: string, session: string | null): void
  leave(): void
}

const EVERYWHERE = 'everywhere'

export function sessionsView(shown: SessionsShown): TemplateResult {
  return html`<dialog class="closing" aria-labelledby="sessions-title" @close=${shown.leave}>
    <h2 id="sessions-title">Where you are signed in</h2>
    ${shown.sessions === null ? html`<p role="status">One moment.</p>` : list(shown, shown.sessions)}
    <p class="fault" role="alert">${shown.fault}</p>
    ${shown.isDone ? html`<p role="status">It is ended there.</p>` : nothing}
    <p class="buttons"><button type="button" @click=${shown.leave}>Done <kbd>Esc</kbd></button></p>
  </dialog>`
}

/** The button for all comes first: it is what Enter after the password does. */
function list(shown: SessionsShown, sessions: readonly OwnSession[]): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const pressed = (event.submitter as HTMLButtonElement | null)?.value ?? ''
    shown.end(String(new FormData(form).get('password')), pressed === EVERYWHERE ? null : pressed)
    form.reset()
  }
  const others = sessions.filter(({ isThis }) => !isThis)
  const lines = sessions.map((one) => line(one, shown.now))
  if (others.length === 0) return html`<ul class="sessions">${lines}</ul><p>You are signed in nowhere else.</p>`
  return html`<form @submit=${submit}>
    <label>Your password <span class="quiet">Asked before a session is ended</span><input name="password" type="password" autocomplete="current-password" maxlength="200" required /></label>
    <p class="buttons"><button class="main" type="submit" value=${EVERYWHERE}>End all others</button></p>
    <ul class="sessions">${lines}</ul>
  </form>`
}

function line({ id, device, startedAt, seenAt, isThis }: OwnSession, now: number): TemplateResult {
  const name = device === '' ? 'A device' : device
  const seen = isThis ? 'this one' : `last seen ${agoWords(seenAt, now)}`
  const end = html` <button type="submit" value=${id}>End<span class="unseen"> ${name}, since ${clockWords(startedAt, now)}</span></button>`
  return html`<li><strong>${name}</strong>, since ${clockWords(startedAt, now)}, ${seen}${isThis ? nothing : end}</li>`
}
