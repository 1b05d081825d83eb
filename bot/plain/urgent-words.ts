/**
 * What was written in a form, heard before the form is: a number's field, a late page, a button that was
 * meant for something else, or too many words keep nobody's danger from the gate.
 */
import { TEXT_MAX } from '../../flows/activity.ts'
import { heardIn } from '../channels/direct-line-urgency.ts'
import type { House } from '../house.ts'
import { type PostedForm, partsIn } from './answer.ts'

/** Parts of a long text overlap by so much, so that no sentence is cut in two. */
const OVERLAP = 400

/** The words in which the most danger is heard, no longer than a message may be; null when there are none. */
export async function urgentWords(house: House, conversation: string, form: PostedForm): Promise<string | null> {
  const typed = partsIn(form).join('\n')
  let asked: string | null = null
  for (let at = 0; at === 0 || at + OVERLAP < typed.length; at += TEXT_MAX - OVERLAP) {
    const text = typed.slice(at, at + TEXT_MAX)
    const outcome = await heardIn(house, conversation, { type: 'message', text })
    if (outcome === 'escalate') return text
    if (outcome === 'check-in') asked ??= text
  }
  return asked
}
