/**
 * Anger at the questions is met once with a way out of them; the second time a person takes over.
 */
import { change, type Draft } from './draft.ts'
import { phrase } from './message.ts'
import { clarifyOnce } from './take-answer.ts'
import { isAnnoyed } from './understand/annoyance.ts'

/** One more miss than this, and a person is called. */
const LAST_MISS = 2

/** @returns whether the message was that and has been dealt with. */
export function meetsAnger(draft: Draft, text: string): boolean {
  if (!isAnnoyed(text)) return false
  if (draft.state.misses > 0) change(draft, { misses: LAST_MISS })
  clarifyOnce(draft, phrase(draft, 'annoyed'), true)
  return true
}
