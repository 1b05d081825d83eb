/**
 * What was asked around a check-in: in the words that it was about, and in the reply to it. Nothing of it is lost.
 */
import { type Draft, forget, note, noted } from './draft.ts'
import { rememberQuestion } from './feedback.ts'
import { pendingOf } from './question.ts'
import { asksOfProgram } from './understand/program-question.ts'
import { asksInAnyOrder } from './understand/question-words.ts'

const ASIDE = 'aside'
const LOOSE = 'aside-is-loose'
/** UTF-16 units; two messages as a visitor writes them. */
const LONGEST = 1_000

/** Whether words ask something, in whatever order, or name what a program has. */
export const asks = (text: string): boolean => asksInAnyOrder(text) || asksOfProgram(text)

/** The newest message waits until the check-in is answered; one that waits already stays before it. */
export function keepAside(draft: Draft): void {
  const newest = draft.state.said.findLast(({ role }) => role === 'user')?.text ?? ''
  const before = noted(draft.state, ASIDE)
  note(draft, ASIDE, (before === null ? newest : `${before}\n${newest}`).slice(-LONGEST))
}

export function dropAside(draft: Draft): void {
  forget(draft, [`note.${ASIDE}`])
}

/** A person is asked for: she who calls sees what was asked. */
export function leaveAsideToStaff(draft: Draft): void {
  const waiting = noted(draft.state, ASIDE)
  dropAside(draft)
  if (waiting !== null && asks(waiting)) rememberQuestion(draft, waiting, 'unanswered')
}

/**
 * Puts what was asked to the knowledge base, what waited first.
 *
 * @param own - what the reply itself says besides yes or no.
 * @returns false when nothing was asked.
 */
export function askAside(draft: Draft, own: string): boolean {
  const waiting = noted(draft.state, ASIDE) ?? ''
  dropAside(draft)
  const isOpen = pendingOf(draft)?.asked.isOpen === true
  const asked = [waiting, own].filter(asks)
  const loose = isOpen && waiting !== '' && asked.length === 0
  if (loose) note(draft, LOOSE, 'yes')
  const question = loose ? waiting : asked.join('\n')
  if (question === '') return false
  draft.effects.push({ type: 'answer-question', question, isOpen })
  return true
}

/** Whether the question that comes back now was only words at an open question: then only a fact is worth saying. */
export function takeLoose(draft: Draft): boolean {
  const isLoose = noted(draft.state, LOOSE) !== null
  if (isLoose) forget(draft, [`note.${LOOSE}`])
  return isLoose
}
