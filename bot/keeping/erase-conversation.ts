/**
 * Erasing: the conversation's key and words go, memory forgets them, and the trail keeps that it was so.
 */
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { AuditEvent } from '../ports.ts'
import { everyWayTo } from '../queue/returning.ts'
import { clearedBooking } from '../slots/booked-effects.ts'
import { heldSlots } from '../slots/calendar.ts'
import type { ErasedTogether, EraseResult } from '../stores/retention-port.ts'
import { nullIfIllegible } from './legible.ts'

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

/**
 * Key, words, kept times, ways to be reached and the entry in the trail go in one change of the store. One that a
 * legal hold kept from happening is written down too.
 */
export async function tryErase(house: House, conversation: string, by: By): Promise<EraseResult> {
  const at = house.clock.now().toISOString()
  const lead = await house.store.leadOf(conversation)
  const about = { ...by, at, conversation, lead: lead?.id ?? null }
  const holds = await holdsOf(house, conversation, at)
  const audit = [{ ...about, event: 'conversation.erased' }]
  const result = await house.store.erase(conversation, at, { ...holds, audit })
  if (result === 'held') await house.store.record({ ...about, event: 'conversation.erasing-refused' })
  if (result !== 'erased') return result
  house.conversations.forget(conversation)
  if (lead)
    house.deskEvents.emit({ event: 'lead.changed', program: lead.program, data: { lead: lead.id, conversation } })
  return result
}

/** What it holds elsewhere. A conversation that cannot be read any more is erased all the same. */
async function holdsOf(house: House, id: string, at: string): Promise<Omit<ErasedTogether, 'audit'>> {
  const live = await house.conversations.load(id).catch(nullIfIllegible)
  if (!live) return { givenBack: [], effects: [] }
  const givenBack = [...(await heldSlots(house, live)), ...everyWayTo(house, live).map((way) => way + live.id)]
  return { givenBack, effects: await clearedBooking(house, live, at) }
}
