/**
 * The desk's head: where one is, whether the line and the sound are there, who is signed in.
 */
import { html, nothing, type TemplateResult } from 'lit'
import { lamp } from './lamp.ts'
import type { Waiting } from './learning-api.ts'
import type { DeskPage } from './report-state.ts'

export interface HeaderShown {
  readonly name: string
  readonly role: string
  readonly page: DeskPage
  readonly waiting: Waiting
  readonly isLost: boolean
  readonly isSoundBlocked: boolean
  turnTo(page: DeskPage): void
  showKeys(): void
  signOut(): void
}

const pages: readonly (readonly [DeskPage, string])[] = [
  ['queue', 'Queue'],
  ['shift', 'Shift'],
  ['questions', 'Unanswered'],
  ['undelivered', 'Unsent'],
  ['figures', 'Figures'],
  ['audit', 'Audit'],
]

export function headerView(shown: HeaderShown): TemplateResult {
  const mine = pages.filter(([page]) => page !== 'audit' || shown.role === 'admin')
  return html`<header class="head">
    <h1>${lamp}<span>Admissions desk</span></h1>
    <nav aria-label="Desk">
      ${mine.map(
        ([page, word]) =>
          html`<button type="button" aria-current=${shown.page === page ? 'page' : nothing} @click=${() => shown.turnTo(page)}>${word}${page === 'questions' ? count(shown.waiting) : nothing}</button>`,
      )}
    </nav>
    <p class="state" role="status">${stateWords(shown)}</p>
    <button type="button" class="keys-button" aria-label="Keyboard" @click=${shown.showKeys}><kbd>?</kbd></button>
    <span class="me">${shown.name}</span>
    <button type="button" @click=${shown.signOut}>Sign out</button>
  </header>`
}

/** Statements to read, that came back, or whose day is near. */
function count({ toReview, returned, due }: Waiting): TemplateResult | typeof nothing {
  const all = toReview + returned + due
  return all === 0 ? nothing : html` <span class="count">${all}</span><span class="unseen"> waiting for you</span>`
}

/** Only what is not as it should be is said. */
function stateWords({ isLost, isSoundBlocked }: HeaderShown): string {
  if (isLost) return 'Connection lost. Trying again. The queue may be old.'
  return isSoundBlocked ? 'Sound is blocked. Press any key.' : ''
}
