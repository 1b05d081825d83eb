/**
 * Erasing: the conversation's key and words go, memory forgets them, and the trail keeps that it was so.
 */
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { giveAllBack } from '../slots/calendar.ts'

/** @throws AdmissionsError `NotFound` when there is no such conversation or it is erased already. */
export async function eraseConversation(house: House, conversation: string, actor: string): Promise<void> {
  const at = house.clock.now().toISOString()
  const lead = await house.store.leadOf(conversation)
  const live = await house.conversations.load(conversation)
  if (!(await house.store.erase(conversation, at)))
    throw new AdmissionsError('NotFound', 'This conversation is over or never was.')
  house.conversations.forget(conversation)
  if (live) await giveAllBack(house, live)
  await house.store.record({
    event: 'conversation.erased',
    at,
    actor,
    conversation,
    lead: lead?.id ?? null,
    detail: {},
  })
  if (lead)
    house.deskEvents.emit({ event: 'lead.changed', program: lead.program, data: { lead: lead.id, conversation } })
}
