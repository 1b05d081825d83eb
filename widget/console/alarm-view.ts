/**
 * The alarm bar: danger in its own colour, a late promise quietly; both stay until a person acts.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { Alarms } from './alarms.ts'
import { clockWords } from './time-words.ts'

export interface AlarmShown {
  readonly alarms: Alarms
  open(lead: string): void
  silence(): void
  /** Shows the audit trail. */
  trail(): void
}

export function alarmView(shown: AlarmShown): TemplateResult | typeof nothing {
  const { alarms } = shown
  const [again] = alarms.of('danger-again')
  const danger = alarms.of('danger')
  const late = alarms.of('promise-late')
  if (again !== undefined)
    return bar('Somebody whom you hold wrote of danger.', { ...shown, lead: again, tone: 'danger' })
  if (danger[0] !== undefined) return bar(dangerWords(danger.length), { ...shown, lead: danger[0], tone: 'danger' })
  if (late[0] !== undefined) return bar(lateWords(late.length), { ...shown, lead: late[0], tone: 'late' })
  const toTrail = { ...shown, open: shown.trail, lead: '', tone: 'late' } as const
  if (alarms.of('glass-broken').length > 0)
    return bar('Somebody opened a lead of another program, with a reason.', toTrail)
  if (alarms.of('account-locked').length > 0) return bar('A sign-in was locked after failed tries.', toTrail)
  return nothing
}

/** Said to the account's owner at the next sign-in, until it is read. */
export function lockView(
  lockedAt: string | null,
  shown: { now: number; seen(): void },
): TemplateResult | typeof nothing {
  if (lockedAt === null) return nothing
  return html`<div class="alarm late" role="status">
    <b>Your sign-in was locked ${clockWords(lockedAt, shown.now)} after several failed tries. If that was not you, tell an administrator and change your password.</b>
    <button type="button" @click=${shown.seen}>I have read it</button>
  </div>`
}

function dangerWords(count: number): string {
  return count === 1
    ? 'Somebody is in danger and waits for a person.'
    : `${count} people are in danger and wait for a person.`
}

function lateWords(count: number): string {
  return count === 1 ? 'A promise is late.' : `${count} promises are late.`
}

function bar(words: string, shown: AlarmShown & { lead: string; tone: 'danger' | 'late' }): TemplateResult {
  return html`<div class="alarm ${shown.tone}" role="alert">
    <b><span aria-hidden="true">${shown.tone === 'danger' ? '■' : '◆'}</span> ${words}</b>
    <button type="button" class="see" @click=${() => shown.open(shown.lead)}>Open <kbd>A</kbd></button>
    <button type="button" @click=${shown.silence}>${shown.tone === 'danger' ? 'Silence' : 'Dismiss'} <kbd>S</kbd></button>
  </div>`
}
