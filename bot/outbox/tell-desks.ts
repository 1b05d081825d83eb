/**
 * What the open desks hear of a turn: ids and codes; words are read there, under audit.
 *
 * A new danger from somebody whose lead is held rings with the person who holds it: nobody else is
 * paged for a lead that has its person, and that person may be on the phone or in another lead.
 */

import type { House } from '../house.ts'
import type { LeadRecord } from '../ports.ts'
import { isRehearsal } from '../rehearse/rehearsal.ts'
import type { LiveConversation } from '../turn/conversations.ts'

export interface TurnTold {
  /** A lead was opened or raised. */
  readonly lead: boolean
  /** The gate escalated. */
  readonly danger: boolean
  /** The visitor wrote something. */
  readonly said: boolean
}

export async function tellDesks(house: House, live: LiveConversation, told: TurnTold): Promise<void> {
  // A later lead of a conversation raises its first, so the id is the store's to say.
  const lead = told.lead || told.danger ? await house.store.leadOf(live.id).catch(() => null) : null
  if (lead && told.lead) house.deskEvents.emit({ event: 'lead.opened', program: live.program, data: about(lead) })
  if (lead?.state === 'claimed' && told.danger && !isRehearsal(live.user)) {
    const data = { ...about(lead), reason: 'danger-again' }
    house.deskEvents.emit({ event: 'alarm', program: live.program, data })
  }
  if (told.said) house.deskEvents.emit({ event: 'message', program: live.program, data: { conversation: live.id } })
}

function about(lead: LeadRecord) {
  return { conversation: lead.conversation, lead: lead.id, acuity: lead.acuity }
}
