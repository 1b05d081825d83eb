/**
 * The trail of one lead: every look and change is an audit event, every change is told to the open desks.
 */
import type { House } from '../house.ts'
import { tellSystems } from '../outbox/tell-systems.ts'
import type { AuditEvent, LeadRecord } from '../ports.ts'

export interface Happened {
  readonly event: string
  readonly actor: string
  /** Codes and durations; never words. */
  readonly detail?: AuditEvent['detail']
}

export async function record(house: House, lead: LeadRecord, happened: Happened): Promise<void> {
  await house.store.record(trailOf(house, lead, happened))
  if (happened.event !== 'lead.viewed') await tell(house, lead, happened.event)
}

/** What was kept is told to the open desks and to the systems around. */
export async function tell(house: House, lead: LeadRecord, event: string): Promise<void> {
  tellDesks(house, lead)
  await tellSystems(house, lead, event)
}

export function trailOf(house: House, lead: LeadRecord, { event, actor, detail }: Happened): AuditEvent {
  const at = house.clock.now().toISOString()
  return {
    event,
    actor,
    at,
    conversation: lead.conversation,
    lead: lead.id,
    detail: { fence: lead.fence, ...detail },
  }
}

export function tellDesks(house: House, lead: LeadRecord): void {
  const data = { lead: lead.id, conversation: lead.conversation, acuity: lead.acuity }
  house.deskEvents.emit({ event: 'lead.changed', program: lead.program, data })
}
