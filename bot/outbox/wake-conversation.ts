/**
 * Gives the time back to a conversation that asked to be woken: a quiet visitor, or a script's own wait.
 *
 * What is due is read from the conversation as it is now, in line with the visitor's own messages. So a wake
 * that comes late, twice, on two machines or after a crash says nothing that was said already.
 */
import { isWakeDue } from '../../flows/engine/silence.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { StoredEffect } from '../ports.ts'
import { takeInput } from '../turn/take-input.ts'

export async function wakeConversation(house: House, { id, kind, conversation }: StoredEffect): Promise<void> {
  const outcome = await takeInput(house, conversation, {
    inputs: (live, at) => (isWakeDue(live.state, at) ? [{ type: 'time-passed', at }] : []),
  }).then(() => 'done', isOver)
  house.metrics.effects.inc({ kind, outcome })
  await house.store.settleEffect(id, null)
}

/** An erased conversation needs no waking; anything else is tried again. */
function isOver(error: unknown): 'over' {
  if (error instanceof AdmissionsError && error.code === 'NotFound') return 'over'
  throw error
}
