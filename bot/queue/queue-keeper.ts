/**
 * Keeps the queue true as time goes by: lapsed leases come back, promises that fall due rise and alarm.
 *
 * A laptop lost in the middle of a live chat must not leave the visitor with nobody: when a lease
 * lapses, the chat goes back to the assistant too, and it goes first. A machine that dies in between
 * leaves a lead that is still to come back, and the next round of any machine goes on from there.
 */
import type { House } from '../house.ts'
import { nullIfIllegible } from '../keeping/legible.ts'
import type { LeadRecord } from '../ports.ts'
import { isOfRehearsal } from '../rehearse/rehearsal.ts'
import { changeHands } from '../turn/staff-speaks.ts'
import { acuityRank } from './lead-order.ts'

/** One round; the store tells each lapse and each rise once, whoever asks. */
export async function keepQueue(house: House): Promise<void> {
  const at = house.clock.now().toISOString()
  for (const held of await house.store.lapsedLeads(at)) await handBackChat(house, held)
  for (const held of await house.store.returnLapsed(at)) await comeBack(house, held, at)
  for (const lead of await house.store.raiseWaiting(at)) await rise(house, lead)
}

/** Not when somebody else has taken lead and chat meanwhile. */
async function handBackChat(house: House, held: LeadRecord): Promise<void> {
  const live = await house.conversations.load(held.conversation).catch(nullIfIllegible)
  if (live?.state.staff?.name !== held.claimedBy || held.claimedBy === null) return
  if ((await house.store.lead(held.id))?.fence !== held.fence) return
  await changeHands(house, held.conversation, { by: null, audit: [] })
}

async function comeBack(house: House, held: LeadRecord, at: string): Promise<void> {
  await house.store.record({
    event: 'lead.lapsed',
    at,
    actor: held.claimedBy ?? 'unknown',
    conversation: held.conversation,
    lead: held.id,
    detail: { fence: held.fence },
  })
  tell(house, held, 'lead.changed')
}

/** Danger has its own alarm, which repeats until somebody comes. */
async function rise(house: House, lead: LeadRecord): Promise<void> {
  const isDanger = acuityRank(lead.acuity, lead.route) <= 1 || (await isOfRehearsal(house, lead.conversation))
  tell(house, lead, isDanger ? 'lead.changed' : 'alarm')
}

function tell(house: House, lead: LeadRecord, event: 'lead.changed' | 'alarm'): void {
  const about = { lead: lead.id, conversation: lead.conversation, acuity: lead.acuity }
  const data = event === 'alarm' ? { ...about, reason: 'promise-late' } : about
  house.deskEvents.emit({ event, program: lead.program, data })
}
