/**
 * After staff have closed a lead: what the conversation forgets, so that asking for a person again is asking anew.
 *
 * Without this the chat would go on saying that the request is with the team, when it no longer is.
 */
import type { ConversationState } from '../conversation.ts'

/** The engine's own marks of a lead that was opened, raised, or told to the person on call. */
const marks = ['note.lead', 'note.raised', 'note.alerted']

/** Nothing that the visitor said is lost: contact and answers stay, and need not be given twice. */
export function leadClosed(state: ConversationState): ConversationState {
  const answers = Object.fromEntries(Object.entries(state.answers).filter(([name]) => !marks.includes(name)))
  return { ...state, answers, disposition: state.disposition === 'handed-off' ? 'information' : state.disposition }
}
