/**
 * A message is heard once: at the door, where danger goes first, and then in its turn; and once more only when
 * something was said in between.
 *
 * Who was told to wait sends the same words again: they are not listened to anew either, so that a crowd costs
 * little. The gate is pure: the same words after the same talk are the same verdict.
 */
import type { IncomingActivity } from '../../flows/activity.ts'
import { notes } from '../../flows/safety/notes.ts'
import { type ScreenedMessage, screen, type VisitorMessage } from '../../flows/safety/screen.ts'
import type { SaidBefore } from '../../flows/safety/verdict.ts'
import { visitorMessage } from './visitor-message.ts'

/** What was heard last after this talk. */
const heard = notes<readonly SaidBefore[], { activity: IncomingActivity; message: ScreenedMessage }>()

/** Typed text, quick replies and form fields pass the gate; typing and events carry no words. */
export function screenedMessage(activity: IncomingActivity, said: readonly SaidBefore[]): ScreenedMessage | null {
  if (activity.type !== 'message') return null
  const last = heard.get(said)
  if (last?.activity === activity) return last.message
  const written = visitorMessage(activity)
  if (last && isSame(last.message, written)) return last.message
  const message = screen(written, said)
  heard.set(said, { activity, message })
  return message
}

/** Forms are read each time: they are rare. */
function isSame(before: ScreenedMessage, { text, fields }: VisitorMessage): boolean {
  return fields === undefined && before.text === text && Object.keys(before.fields).length === 0
}
