/**
 * Tells the systems around that something happened to a lead: as stored effects, so that nothing is lost.
 */

import { newId } from './conversations.ts'
import type { Decision } from './decide.ts'
import { permit } from './exits.ts'
import type { House } from './house.ts'
import type { LeadRecord, StoredEffect } from './ports.ts'

/** What changes a lead for others. */
const changes = ['lead.claimed', 'lead.released', 'lead.transferred', 'lead.call-again', 'lead.closed', 'lead.reopened']

/** After a deed of staff. */
export async function tellSystems(house: House, lead: LeadRecord, event: string): Promise<void> {
  if (!changes.includes(event)) return
  const at = house.clock.now().toISOString()
  for (const effect of effectsFor(house, { conversation: lead.conversation, at })) await house.store.putEffect(effect)
}

/** With a turn that opens a lead, or that brings the permission for one. */
export function turnEffects(
  house: House,
  conversation: string,
  turn: { decision: Decision; at: string },
): StoredEffect[] {
  const { effects, state } = turn.decision
  const isNews = effects.some(
    (effect) => effect.type === 'open-lead' || (effect.type === 'record-consent' && effect.consent.kind === 'contact'),
  )
  if (!isNews || permit('write-record', { state, at: turn.at }) === null) return []
  return effectsFor(house, { conversation, at: turn.at })
}

function effectsFor({ config }: House, about: { conversation: string; at: string }): StoredEffect[] {
  const base = { conversation: about.conversation, detail: {}, dueAt: about.at, attempts: 0 }
  return config.recordSystem === null ? [] : [{ ...base, id: newId('record_'), kind: 'write-record' }]
}
