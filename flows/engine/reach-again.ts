/**
 * After all: who gave no way to be reached, no permission, or did not send may change her mind at any time.
 */
import { change, type Draft, forget } from './draft.ts'

/** Opens again what kept a person from her, so that it is asked once more, and leaves every other answer. */
export function reachAgain(draft: Draft): void {
  const { answers, disposition } = draft.state
  if (answers['consent-contact']?.value !== 'yes') forget(draft, ['consent-contact'])
  if (disposition !== null) forget(draft, ['review', 'safe-to-contact'])
  if (disposition !== null && !answers.phone?.value && !answers.email?.value)
    forget(draft, ['reach-by', 'phone', 'email'])
  change(draft, { disposition: null, misses: 0 })
}
