/**
 * The door of the house: every word a visitor writes passes here before anything else reads it.
 *
 * `screen` is the only maker of a `ScreenedMessage`, and every later stage accepts nothing else,
 * so a turn that skips the gate does not compile. Typed text, quick replies and form fields are
 * judged alike: a form cannot smuggle a cry for help past the gate.
 */
import { listen } from './listen.ts'
import { keepReading } from './reading.ts'
import type { SaidBefore, Verdict } from './verdict.ts'

declare const screened: unique symbol

/** What a visitor sent, as any channel hands it over: text, a form's fields, or both. */
export interface VisitorMessage {
  readonly text: string
  readonly fields?: Readonly<Record<string, string>>
}

export interface ScreenedMessage extends VisitorMessage {
  readonly fields: Readonly<Record<string, string>>
  readonly verdict: Verdict
  readonly [screened]: true
}

/** Judges a message in the light of what was said before it (oldest first) and marks it as screened. */
export function screen(message: VisitorMessage, saidBefore: readonly SaidBefore[]): ScreenedMessage {
  const fields = message.fields ?? {}
  const words = [message.text, ...Object.values(fields)].filter((part) => part !== '').join('\n')
  const screened = { text: message.text, fields, verdict: listen(words, saidBefore) } as unknown as ScreenedMessage
  keepReading(screened)
  return screened
}
