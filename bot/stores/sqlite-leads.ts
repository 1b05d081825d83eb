/**
 * The admissions queue in the embedded store: claims with a lease and a fence.
 *
 * A lease ends by itself, so a lead that somebody took and forgot comes back; the fence grows with
 * every claim, so that a slow hand with an old lease cannot overwrite a newer one.
 */
import type { DatabaseSync } from 'node:sqlite'
import { acuityRank } from '../lead-order.ts'
import type { ClaimResult, LeadOpening, LeadQuery, LeadQueue, LeadRecord, LeaseResult } from '../ports.ts'
import type { GroupCommit } from './group-commit.ts'

type Row = Record<string, unknown>

/** Opens the conversation's lead, or raises the one that is open; a raise never lowers its rank. */
export function leadOpener(database: DatabaseSync): (conversation: string, lead: LeadOpening, at: string) => void {
  const open = database.prepare(`
    INSERT INTO leads SELECT ?, id, program, ?, ?, ?, ?, ?, ?, 'open', NULL, NULL, 0, NULL, NULL, NULL FROM conversations WHERE id = ?
    ON CONFLICT (conversation) DO UPDATE SET
      acuity = CASE WHEN excluded.rank <= rank THEN excluded.acuity ELSE acuity END,
      route = CASE WHEN excluded.rank <= rank THEN excluded.route ELSE route END,
      due_at = CASE WHEN excluded.rank <= rank OR due_at IS NULL THEN excluded.due_at ELSE due_at END,
      label = coalesce(excluded.label, label), rank = min(rank, excluded.rank),
      state = CASE WHEN state = 'closed' THEN 'open' ELSE state END,
      closed_as = CASE WHEN state = 'closed' THEN NULL ELSE closed_as END`)
  return (conversation, lead, at) => {
    const rank = acuityRank(lead.acuity, lead.route)
    open.run(lead.id, lead.acuity, lead.route, lead.label, rank, at, lead.dueAt, conversation)
  }
}

const releasing = "state = 'open', claimed_by = NULL, claimed_until = NULL"
const closingLead = "state = 'closed', claimed_until = NULL, closed_as = ?, closed_at = ?, note = ?"

export function sqliteLeads(database: DatabaseSync, group: GroupCommit): LeadQueue {
  const byId = database.prepare('SELECT * FROM leads WHERE id = ?')
  const byConversation = database.prepare('SELECT * FROM leads WHERE conversation = ?')
  const lead = (id: string): LeadRecord | null => toLead(byId.get(id))
  const held = (id: string, lease: { fence: number; at: string }, assignment: Assignment): Promise<LeaseResult> =>
    group.run(() => underFence(lead(id), lease, () => update(database, id, assignment)))
  return {
    leads: async (query) => list(database, query),
    lead: async (id) => lead(id),
    leadOf: async (conversation) => toLead(byConversation.get(conversation)),
    claim: (id, by, lease) => group.run(() => claim(database, lead(id), { by, ...lease })),
    renew: (id, fence, lease) => held(id, { fence, at: lease.at }, { set: 'claimed_until = ?', values: [lease.until] }),
    release: (id, fence, at) => held(id, { fence, at }, { set: releasing, values: [] }),
    closeLead: (id, fence, closing) => {
      const values = [closing.disposition, closing.at, closing.note]
      return held(id, { fence, at: closing.at }, { set: closingLead, values })
    },
  }
}

/** A lapsed lease counts as open, so the lead shows again without anybody's doing. */
function list(database: DatabaseSync, query: LeadQuery): { leads: LeadRecord[]; next: string | null } {
  const lapsed = "(state = 'claimed' AND claimed_until <= :at)"
  const where = {
    open: `(state = 'open' OR ${lapsed})`,
    claimed: `(state = 'claimed' AND claimed_until > :at)`,
    closed: "state = 'closed'",
  }[query.state]
  const order = query.state === 'closed' ? 'closed_at DESC, id' : "rank, coalesce(due_at, '9'), opened_at, id"
  const offset = query.after === null ? 0 : Number(query.after)
  const rows = database
    .prepare(
      `SELECT * FROM leads WHERE ${where} AND (:programs IS NULL OR program IN (SELECT value FROM json_each(:programs)))
       AND :at = :at ORDER BY ${order} LIMIT :limit OFFSET :offset`,
    )
    .all({ at: query.at, programs: query.programs && JSON.stringify(query.programs), limit: query.limit + 1, offset })
  const leads = rows.slice(0, query.limit).map((row) => lapse(toLead(row) as LeadRecord, query.at))
  return { leads, next: rows.length > query.limit ? String(offset + query.limit) : null }
}

function lapse(lead: LeadRecord, at: string): LeadRecord {
  const lapsed = lead.state === 'claimed' && lead.claimedUntil !== null && lead.claimedUntil <= at
  return lapsed ? { ...lead, state: 'open', claimedBy: null, claimedUntil: null } : lead
}

function claim(
  database: DatabaseSync,
  lead: LeadRecord | null,
  lease: { by: string; at: string; until: string },
): ClaimResult {
  if (!lead) return { type: 'not-found' }
  if (lead.state === 'closed') return { type: 'closed' }
  const now = lapse(lead, lease.at)
  if (now.state === 'claimed') return { type: 'held', by: lead.claimedBy ?? '', until: lead.claimedUntil ?? '' }
  const claimed = update(database, lead.id, {
    set: "state = 'claimed', claimed_by = ?, claimed_until = ?, fence = fence + 1",
    values: [lease.by, lease.until],
  })
  return { type: 'claimed', lead: claimed }
}

/** The fence is checked before anything else; a lapsed lease is lost even while nobody else has claimed. */
function underFence(
  lead: LeadRecord | null,
  held: { fence: number; at: string },
  write: () => LeadRecord,
): LeaseResult {
  if (!lead) return { type: 'not-found' }
  const lapsed = lead.claimedUntil === null || lead.claimedUntil <= held.at
  if (lead.fence !== held.fence || lead.state !== 'claimed' || lapsed) return { type: 'lease-lost' }
  return { type: 'done', lead: write() }
}

interface Assignment {
  readonly set: string
  readonly values: readonly (string | Uint8Array | null)[]
}

function update(database: DatabaseSync, id: string, assignment: Assignment): LeadRecord {
  database.prepare(`UPDATE leads SET ${assignment.set} WHERE id = ?`).run(...assignment.values, id)
  return toLead(database.prepare('SELECT * FROM leads WHERE id = ?').get(id)) as LeadRecord
}

function toLead(row: Row | undefined): LeadRecord | null {
  if (!row) return null
  return {
    id: row.id as string,
    conversation: row.conversation as string,
    program: row.program as string,
    acuity: row.acuity as LeadRecord['acuity'],
    route: row.route as LeadRecord['route'],
    label: row.label as LeadRecord['label'],
    openedAt: row.opened_at as string,
    dueAt: row.due_at as string | null,
    state: row.state as LeadRecord['state'],
    claimedBy: row.claimed_by as string | null,
    claimedUntil: row.claimed_until as string | null,
    fence: row.fence as number,
    closedAs: row.closed_as as LeadRecord['closedAs'],
  }
}
