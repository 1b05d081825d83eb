/**
 * Erasing: the conversation's key and words go, memory forgets them, and the trail keeps that it was so.
 */
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { AuditEvent } from '../ports.ts'
import { forgetContact } from '../queue/returning.ts'
import { clearedBooking } from '../slots/booked-effects.ts'
import { giveAllBack } from '../slots/calendar.ts'
import type { EraseResult } from '../stores/retention-port.ts'

type By = Pick<AuditEvent, 'actor' | 'detail'>

/** @throws AdmissionsError `NotFound` when there is no such conversation or it is erased already, `UNDER_HOLD`. */
export async function eraseConversation(house: House, conversation: string, by: By): Promise<void> {
  const result = await tryErase(house, conversation, by)
  if (result === 'none') throw new AdmissionsError('NotFound', 'This conversation is over or never was.')
  if (result === 'held') throw underHold()
}

export function underHold(): AdmissionsError {
  return new AdmissionsError(
    'UNDER_HOLD',
    'A legal hold keeps this conversation: it is erased once the hold is lifted.',
  )
}

/** An erasing that a legal hold kept from happening is written down too. */
export async function tryErase(house: House, conversation: string, by: By): Promise<EraseResult> {
  const at = house.clock.now().toISOString()
  const lead = await house.store.leadOf(conversation)
  const live = await house.conversations.load(conversation)
  const result = await house.store.erase(conversation, at)
  if (result === 'none') return result
  const event = result === 'held' ? 'conversation.erasing-refused' : 'conversation.erased'
  if (result === 'erased') {
    house.conversations.forget(conversation)
    for (const effect of live ? await clearedBooking(house, live, at) : []) await house.store.putEffect(effect)
    if (live) await giveAllBack(house, live)
    if (live) await forgetContact(house, live)
  }
  await house.store.record({ ...by, event, at, conversation, lead: lead?.id ?? null })
  if (lead && result === 'erased')
    house.deskEvents.emit({ event: 'lead.changed', program: lead.program, data: { lead: lead.id, conversation } })
  return result
}
