/**
 * Opens a conversation's lead in the embedded store, or raises the one that is open.
 *
 * A raise never lowers a place. A lead that staff had closed begins anew when the visitor needs a
 * person again: its own time, its own promise, nobody's hand on it.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { LeadOpening } from '../ports.ts'
import { acuityRank } from '../queue/lead-order.ts'

const newer = "state = 'closed' OR excluded.rank <= rank"

/** For use inside the turn's transaction. */
export function leadOpener(database: DatabaseSync): (conversation: string, lead: LeadOpening, at: string) => void {
  const open = database.prepare(`
    INSERT INTO leads (id, conversation, program, acuity, route, label, rank, opened_at, due_at, rises_at, state, fence)
      SELECT :id, id, program, :acuity, :route, :label, :rank, :at, :dueAt, :dueAt, 'open', 0 FROM conversations WHERE id = :conversation
    ON CONFLICT (conversation) DO UPDATE SET
      acuity = CASE WHEN ${newer} THEN excluded.acuity ELSE acuity END,
      route = CASE WHEN ${newer} THEN excluded.route ELSE route END,
      due_at = CASE WHEN ${newer} OR due_at IS NULL THEN excluded.due_at ELSE due_at END,
      label = CASE WHEN state = 'closed' THEN excluded.label ELSE coalesce(excluded.label, label) END,
      rank = CASE WHEN state = 'closed' THEN excluded.rank ELSE min(rank, excluded.rank) END,
      rises_at = excluded.rises_at,
      opened_at = CASE WHEN state = 'closed' THEN excluded.opened_at ELSE opened_at END,
      claimed_by = CASE WHEN state = 'closed' THEN NULL ELSE claimed_by END,
      closed_as = CASE WHEN state = 'closed' THEN NULL ELSE closed_as END,
      state = CASE WHEN state = 'closed' THEN 'open' ELSE state END`)
  return (conversation, lead, at) => {
    const { id, acuity, route, label, dueAt } = lead
    open.run({ id, conversation, acuity, route, label, rank: acuityRank(acuity, route), at, dueAt })
  }
}
