/**
 * Looks, for the audit trail: who saw the queue, whose rows hold six of a visitor's words, and who saw a lead.
 *
 * An open desk reads again after every event; one entry per person, thing and quiet time says who
 * saw it without drowning the looks that matter.
 */
import type { House } from '../house.ts'
import type { LeadRecord, LeadState } from '../ports.ts'
import { record } from './lead-trail.ts'

const QUEUE_QUIET_MS = 15 * 60_000
/** A live chat reads its lead again with every message. */
const LEAD_QUIET_MS = 60_000
const KEPT_AT_MOST = 5_000

export interface Looks {
  atQueue(actor: string, state: LeadState): Promise<void>
  atLead(actor: string, lead: LeadRecord): Promise<void>
}

export function createLooks(house: House): Looks {
  const last = new Map<string, number>()

  function isFirst(key: string, quietMs: number): boolean {
    const now = house.clock.now().getTime()
    if (now - (last.get(key) ?? 0) < quietMs) return false
    last.delete(key)
    last.set(key, now)
    if (last.size > KEPT_AT_MOST) last.delete(last.keys().next().value as string)
    return true
  }

  return {
    async atQueue(actor, state) {
      if (!isFirst(`queue ${state} ${actor}`, QUEUE_QUIET_MS)) return
      const at = house.clock.now().toISOString()
      await house.store.record({
        event: 'queue.viewed',
        at,
        actor,
        conversation: null,
        lead: null,
        detail: { state },
      })
    },
    async atLead(actor, lead) {
      if (isFirst(`lead ${lead.id} ${actor}`, LEAD_QUIET_MS)) await record(house, lead, { event: 'lead.viewed', actor })
    },
  }
}
