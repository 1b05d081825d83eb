/**
 * What the figures are made of: leads with the moment at which a person first took them.
 *
 * That moment is read from the audit trail, which every claim is written to, so it is kept once.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { LeadFigures, LeadQueue } from '../ports.ts'

const mine = '(:programs IS NULL OR program IN (SELECT value FROM json_each(:programs)))'

export function sqliteLeadFigures(database: DatabaseSync): Pick<LeadQueue, 'leadFigures'> {
  const begun = database.prepare(`SELECT count(*) AS n FROM conversations WHERE started_at >= :since AND ${mine}`)
  const leads = database.prepare(`
    SELECT state, acuity, route, closed_as, opened_at, due_at,
      (SELECT min(at) FROM audit WHERE lead = leads.id AND event = 'lead.claimed' AND at >= leads.opened_at) AS claimed_at
    FROM leads WHERE opened_at >= :since AND ${mine}`)
  return {
    async leadFigures(programs, since) {
      const about = { since, programs: programs && JSON.stringify(programs) }
      return { conversations: begun.get(about)?.n as number, leads: leads.all(about).map(toFigure) }
    },
  }
}

function toFigure(row: Record<string, unknown>): LeadFigures['leads'][number] {
  type Figure = LeadFigures['leads'][number]
  return {
    state: row.state as Figure['state'],
    acuity: row.acuity as Figure['acuity'],
    route: row.route as Figure['route'],
    closedAs: row.closed_as as Figure['closedAs'],
    openedAt: row.opened_at as string,
    dueAt: row.due_at as string | null,
    claimedAt: row.claimed_at as string | null,
  }
}
