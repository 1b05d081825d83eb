/**
 * Looks at the queue, for the audit trail: its rows hold six of a visitor's words.
 *
 * An open desk reads the queue after every event; one entry per person, list and quarter of an hour
 * says who saw it without drowning the looks that matter.
 */
import type { House } from '../house.ts'
import type { LeadState } from '../ports.ts'

const QUIET_MS = 15 * 60_000

export interface QueueLooks {
  note(actor: string, state: LeadState): Promise<void>
}

export function createQueueLooks(house: House): QueueLooks {
  const last = new Map<string, number>()
  return {
    async note(actor, state) {
      const now = house.clock.now()
      const key = `${state} ${actor}`
      if (now.getTime() - (last.get(key) ?? 0) < QUIET_MS) return
      last.set(key, now.getTime())
      const about = { at: now.toISOString(), actor, conversation: null, lead: null }
      await house.store.record({ ...about, event: 'queue.viewed', detail: { state } })
    },
  }
}
