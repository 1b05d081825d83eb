/**
 * Tells the systems around that something happened to a lead: as stored effects, so that nothing is lost.
 */

import type { House } from '../house.ts'
import type { LeadRecord, StoredEffect } from '../ports.ts'
import { bookedEffects } from '../slots/booked-effects.ts'
import type { EventType } from '../subscribers/messages.ts'
import { type LiveConversation, newId } from '../turn/conversations.ts'
import type { Decision } from '../turn/decide.ts'
import { permit } from './exits.ts'

/** What of the trail changes a lead for others, and as what they hear it. */
const changes: Readonly<Record<string, EventType>> = {
  'lead.claimed': 'lead.assigned',
  'lead.transferred': 'lead.assigned',
  'lead.released': 'lead.updated',
  'lead.call-again': 'lead.updated',
  'lead.reopened': 'lead.updated',
  'lead.closed': 'lead.closed',
}

interface About {
  readonly conversation: string
  readonly at: string
}

/** After a deed of staff. */
export async function tellSystems(house: House, lead: LeadRecord, event: string): Promise<void> {
  const type = changes[event]
  if (type === undefined) return
  const about = { conversation: lead.conversation, at: house.clock.now().toISOString() }
  for (const effect of [...files(house, about), ...events(house, about, type)]) await house.store.putEffect(effect)
}

/** With a turn that opens a lead, raises danger, or gives or ends a permission. */
export function turnEffects(
  house: House,
  live: LiveConversation,
  turn: { decision: Decision; at: string },
): StoredEffect[] {
  const { effects, state } = turn.decision
  const about = { conversation: live.id, at: turn.at }
  const isLead = effects.some((effect) => effect.type === 'open-lead')
  const isPermission = effects.some((effect) => effect.type === 'record-consent' && effect.consent.kind === 'contact')
  const mayLeave = permit('write-record', { state, at: turn.at }) !== null
  const isFirst = live.state.answers['note.lead'] === undefined
  return [
    ...((isLead || isPermission) && mayLeave ? files(house, about) : []),
    ...(isLead ? events(house, about, isFirst ? 'lead.created' : 'lead.updated') : []),
    ...(isLead && isFirst ? handoff(house, about) : []),
    ...(effects.some((effect) => effect.type === 'page-on-call') ? events(house, about, 'crisis.raised') : []),
    ...(isPermission && !mayLeave ? revocation(house, about) : []),
    ...bookedEffects(house, live, turn),
    ...copies(about, turn.decision),
  ]
}

/** A copy that she asked for in this turn. */
function copies({ conversation, at }: About, { effects }: Decision): StoredEffect[] {
  if (!effects.some(({ type }) => type === 'send-copy')) return []
  const detail = { what: 'copy' }
  return [{ id: newId('copy_'), kind: 'write-to-visitor', conversation, detail, dueAt: at, attempts: 0 }]
}

function files({ config }: House, { conversation, at }: About): StoredEffect[] {
  const base = { conversation, detail: {}, dueAt: at, attempts: 0 }
  return [
    ...(config.recordSystem ? [{ ...base, id: newId('record_'), kind: 'write-record' as const }] : []),
    ...(config.customerFiles ? [{ ...base, id: newId('file_'), kind: 'write-customer-file' as const }] : []),
  ]
}

function events({ config }: House, { conversation, at }: About, type: EventType): StoredEffect[] {
  if (!config.subscribers) return []
  const detail = { to: 'subscribers', type }
  return [{ id: newId('msg_'), kind: 'tell-subscribers', conversation, detail, dueAt: at, attempts: 0 }]
}

function handoff({ config }: House, { conversation, at }: About): StoredEffect[] {
  if (!config.hub) return []
  const detail = { to: 'hub' }
  return [{ id: newId('handoff_'), kind: 'tell-subscribers', conversation, detail, dueAt: at, attempts: 0 }]
}

function revocation({ config }: House, { conversation, at }: About): StoredEffect[] {
  if (!config.subscribers) return []
  const detail = { to: 'subscribers', type: 'consent.revoked' }
  return [{ id: newId('msg_'), kind: 'tell-revocation', conversation, detail, dueAt: at, attempts: 0 }]
}
