/**
 * What of a visitor's own message is kept and shown: numbers of a card by their last four signs.
 *
 * A transcript is read over shoulders, printed and passed on. What was typed is needed once, by the person
 * who calls the insurer, and stands with the answer; a social security number is needed by nobody.
 */
import type { ScreenedMessage } from '../safety/screen.ts'
import type { Draft } from './draft.ts'
import { pendingOf } from './question.ts'
import { looksLikeId } from './understand/contact.ts'
import { understand } from './understand/understand.ts'

export const SSN_MASK = '•••-••-••••'
const named = /\b(?:ssn|social security(?: number)?|social|seguro social|numero social)\b/i

/** The text without any social security number: nothing behind this reads one. */
export function withoutSocialSecurityNumber(text: string): string {
  const dashed = text.replaceAll(/\b(?!000|666|9\d\d)\d{3}[- .](?!00)\d{2}[- .](?!0000)\d{4}\b/g, SSN_MASK)
  return named.test(text) ? dashed.replaceAll(/(?<!\d)\d{9}(?!\d)/g, SSN_MASK) : dashed
}

/** Typed text and the fields of a form, as one text. */
export function typedIn(message: ScreenedMessage): string {
  return [message.text, ...Object.values(message.fields)].filter((part) => part !== '').join('\n')
}

/** How the message is kept and shown, or null when as it is. Asked before the answer is taken. */
export function shownAs(draft: Draft, message: ScreenedMessage): string | null {
  const typed = typedIn(message)
  const pending = pendingOf(draft)
  const shown = withoutSocialSecurityNumber(typed)
  const isMasked = pending && 'ask' in pending.step && pending.step.masked === true
  if (isMasked && typed.length > 0 && draft.state.staff === null) {
    const where = { region: draft.state.region, today: draft.at.slice(0, 10) }
    const read = understand(pending.asked, typed, where)
    const isAnswer = read.type === 'answer' || (read.type === 'check' && looksLikeId(typed))
    // Also its last four digits tell who somebody is.
    if (isAnswer && shown !== typed) return SSN_MASK
    if (isAnswer) return ['date', 'text'].includes(pending.asked.input) ? '••••' : `•••• ${typed.trim().slice(-4)}`
  }
  return shown === typed ? null : shown
}

/** Text as typed, or the field of a form that fits the pending question; never a social security number. */
export function textOf(draft: Draft, message: ScreenedMessage): string {
  return withoutSocialSecurityNumber(typedOf(draft, message))
}

function typedOf(draft: Draft, message: ScreenedMessage): string {
  if (message.text.trim() !== '') return message.text
  const asked = pendingOf(draft)?.asked
  const fields = Object.entries(message.fields)
  const fitting = fields.find(([name]) => asked && (name === asked.answer || name === asked.field))
  return (fitting ?? fields[0])?.[1] ?? ''
}
