/**
 * A message is heard once: at the door, where danger goes first, and then in its turn.
 *
 * The turn hears it anew only when something was said in between.
 */
import type { IncomingActivity } from '../../flows/activity.ts'
import { notes } from '../../flows/safety/notes.ts'
import { type ScreenedMessage, screen } from '../../flows/safety/screen.ts'
import type { SaidBefore } from '../../flows/safety/verdict.ts'
import { visitorMessage } from './visitor-message.ts'

const heard = notes<IncomingActivity, { said: readonly SaidBefore[]; message: ScreenedMessage }>()

/** Typed text, quick replies and form fields pass the gate; typing and events carry no words. */
export function screenedMessage(activity: IncomingActivity, said: readonly SaidBefore[]): ScreenedMessage | null {
  if (activity.type !== 'message') return null
  const known = heard.get(activity)
  if (known?.said === said) return known.message
  const message = screen(visitorMessage(activity), said)
  heard.set(activity, { said, message })
  return message
}
