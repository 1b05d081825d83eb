/**
 * A message while a check-in waits: its answer, or something that works at every step.
 */
import type { DangerLabel } from '../safety/verdict.ts'
import { passCheckIn, replyToCheckIn } from './check-in.ts'
import { doCommand } from './do-command.ts'
import type { Draft } from './draft.ts'
import { type Command, commandIn } from './understand/commands.ts'

/** Said about the check-in itself. */
const aboutIt: readonly Command['type'][] = ['skip', 'why', 'explain', 'who-are-you']

export function takeAtCheckIn(draft: Draft, checked: DangerLabel, text: string): void {
  const command = commandIn(text)
  if (command === null || aboutIt.includes(command.type)) {
    replyToCheckIn(draft, checked, text)
    return
  }
  if (command.type !== 'language') passCheckIn(draft, checked)
  doCommand(draft, command)
}
