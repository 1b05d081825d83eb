/**
 * A copy by mail, only when she asks for it: when a person is in touch and how, never what she wrote.
 */
import { activeConsent } from '../consents.ts'
import { type Draft, note, noted } from './draft.ts'
import { phrase } from './message.ts'
import type { PhraseName } from './phrases.ts'
import { askPending } from './question.ts'

/** More than these are no copies. */
const COPIES_AT_MOST = 3

export function askForCopy(draft: Draft): void {
  askPending(draft, true, phrase(draft, copyFor(draft)))
}

function copyFor(draft: Draft): PhraseName {
  const { state, world, at } = draft
  if (!world.program.canMail) return 'copy-not-here'
  if (noted(state, 'lead') === null || activeConsent(state, 'contact', { at }) === null) return 'copy-later'
  if (typeof state.answers.email?.value !== 'string') return 'copy-no-email'
  const copies = Number(noted(state, 'copies') ?? '0')
  if (copies < COPIES_AT_MOST) draft.effects.push({ type: 'send-copy' })
  note(draft, 'copies', String(Math.min(copies + 1, COPIES_AT_MOST)))
  return 'copy-coming'
}
