/**
 * An answer that missed: its question goes to staff like one without an answer, and is not argued with.
 */
import { change, type Draft, forget, note, noted } from './draft.ts'
import { phrase } from './message.ts'
import { askPending } from './question.ts'
import { feedbackIn } from './understand/feedback.ts'

const QUESTIONS_AT_MOST = 20
const LAST_ANSWERED = 'answered-question'
const LONGEST = 500

/** The question that was just answered, so that a thumb after it knows what it is about. */
export function noteAnswered(draft: Draft, question: string): void {
  note(draft, LAST_ANSWERED, question.slice(0, LONGEST))
}

/** Asked by nobody, or missed by the last answer: staff see it, and so does who calls. */
export function rememberQuestion(draft: Draft, question: string, why: 'unanswered' | 'unhelpful'): void {
  draft.effects.push({ type: 'remember-question', question, why })
  change(draft, { openQuestions: [...draft.state.openQuestions, question].slice(-QUESTIONS_AT_MOST) })
}

/** @returns false when the message says nothing of an answer, or there is none to speak of. */
export function takeFeedback(draft: Draft, text: string): boolean {
  const feedback = feedbackIn(text)
  const question = noted(draft.state, LAST_ANSWERED)
  if (feedback === null || question === null) return false
  forget(draft, [`note.${LAST_ANSWERED}`])
  if (feedback === 'missed' && !draft.state.openQuestions.includes(question))
    rememberQuestion(draft, question, 'unhelpful')
  askPending(draft, true, phrase(draft, feedback === 'missed' ? 'answer-missed' : 'answer-helped'))
  return true
}
