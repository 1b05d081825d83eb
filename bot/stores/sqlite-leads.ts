/**
 * The admissions queue in the embedded store: claims with a lease and a fence.
 *
 * A lease ends by itself, so a lead that somebody took and forgot comes back; the fence grows with
 * every claim, so that a slow hand with an old lease cannot overwrite a newer one.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { AuditEvent, ClaimResult, LeadQuery, LeadQueue, LeadRecord, LeaseResult } from '../ports.ts'
import { nextRise, placeInQueue } from '../queue/lead-order.ts'
import type { GroupCommit } from './group-commit.ts'
import { auditWriter } from './sqlite-audit.ts'
import { sqliteLeadFigures } from './sqlite-lead-figures.ts'

type Row = Record<string, unknown>

const releasing = "state = 'open', claimed_by = NULL, claimed_until = NULL"
const waiting = `${releasing}, due_at = ?, rises_at = ?, rank = ?`
const handing = 'claimed_by = ?, claimed_until = ?, fence = fence + 1'
const reopening = `${releasing}, closed_as = NULL, closed_at = NULL, note = NULL, rises_at = due_at`
const closingLead = "state = 'closed', claimed_until = NULL, closed_as = ?, closed_at = ?, note = ?"

export function sqliteLeads(database: DatabaseSync, group: GroupCommit): LeadQueue {
  const byId = database.prepare('SELECT * FROM leads WHERE id = ?')
  const byConversation = database.prepare('SELECT * FROM leads WHERE conversation = ?')
  const note = database.prepare('SELECT note FROM leads WHERE id = ?')
  const lapsed = database.prepare("SELECT * FROM leads WHERE state = 'claimed' AND claimed_until <= ?")
  const rising = database.prepare('SELECT * FROM leads WHERE rises_at <= ? LIMIT 500')
  const write = auditWriter(database)
  const lead = (id: string): LeadRecord | null => toLead(byId.get(id))
  return {
    leads: async (query) => list(database, query),
    lead: async (id) => lead(id),
    leadOf: async (conversation) => toLead(byConversation.get(conversation)),
    claim: (id, by, { event, ...lease }) =>
      group.run(() => claim(database, lead(id), { by, ...lease, ...(event && { entry: { event, write } }) })),
    ...leases(database, group, write),
    lapsedLeads: async (at) => lapsed.all(at).map((row) => toLead(row) as LeadRecord),
    async returnLapsed(at) {
      if (lapsed.get(at) === undefined) return []
      return group.run(() => {
        const held = lapsed.all(at).map((row) => toLead(row) as LeadRecord)
        for (const { id } of held) update(database, id, { set: releasing, values: [] })
        return held
      })
    },
    async raiseWaiting(at) {
      if (rising.get(at) === undefined) return []
      return group.run(() => rising.all(at).flatMap((row) => raise(database, row, at)))
    },
    async closingNote(id) {
      return (note.get(id)?.note as Uint8Array | null | undefined) ?? null
    },
    ...sqliteLeadFigures(database),
  }
}

type AuditWriter = ReturnType<typeof auditWriter>
type UnderFence = { fence: number; at: string; event?: AuditEvent }
type Leases = Pick<LeadQueue, 'renew' | 'release' | 'transfer' | 'callAgain' | 'closeLead' | 'reopen'>

/** What the holder of a lead may do with it, each under the fence; and the undoing of a close. */
function leases(database: DatabaseSync, group: GroupCommit, write: AuditWriter): Leases {
  const byId = database.prepare('SELECT * FROM leads WHERE id = ?')
  const change = (id: string, assignment: Assignment, event: AuditEvent | undefined): LeadRecord => {
    const changed = update(database, id, assignment)
    if (event) write(event)
    return changed
  }
  const held = (id: string, lease: UnderFence, assignment: Assignment): Promise<LeaseResult> =>
    group.run(() => underFence(toLead(byId.get(id)), lease, () => change(id, assignment, lease.event)))
  const reopen = (id: string, event: AuditEvent | undefined): LeadRecord | null =>
    toLead(byId.get(id))?.state === 'closed' ? change(id, { set: reopening, values: [] }, event) : null
  return {
    renew: (id, fence, lease) => held(id, { fence, at: lease.at }, { set: 'claimed_until = ?', values: [lease.until] }),
    release: (id, fence, lease) => held(id, { fence, ...lease }, { set: releasing, values: [] }),
    transfer: (id, fence, { by, until, ...lease }) =>
      held(id, { fence, ...lease }, { set: handing, values: [by, until] }),
    callAgain: (id, fence, { dueAt, rank, ...lease }) =>
      held(id, { fence, ...lease }, { set: waiting, values: [dueAt, dueAt, rank] }),
    closeLead: (id, fence, { disposition, note, ...lease }) =>
      held(id, { fence, ...lease }, { set: closingLead, values: [disposition, lease.at, note] }),
    reopen: (id, event) => group.run(() => reopen(id, event)),
  }
}

/** Gives a row the place that its time brings; the lead when that moved it and it still waits. */
function raise(database: DatabaseSync, row: Row, at: string): LeadRecord[] {
  const lead = toLead(row) as LeadRecord
  const place = Math.min(placeInQueue(lead, at), row.rank as number)
  const risesAt = lead.state === 'closed' ? null : nextRise(lead, at)
  const raised = update(database, lead.id, { set: 'rank = ?, rises_at = ?', values: [place, risesAt] })
  return place < (row.rank as number) || lead.dueAt === row.rises_at
    ? [raised].filter((one) => one.state === 'open')
    : []
}

/** Leads of one state as its index holds them; a lapsed lease counts as open, so it shows again without anybody's doing. */
function list(database: DatabaseSync, query: LeadQuery): { leads: LeadRecord[]; next: string | null } {
  const offset = query.after === null ? 0 : Number(query.after)
  const rows = database.prepare(listing[query.state]).all({
    at: query.at,
    programs: query.programs && JSON.stringify(query.programs),
    upTo: offset + query.limit + 1,
    limit: query.limit + 1,
    offset,
  })
  const leads = rows.slice(0, query.limit).map((row) => lapse(toLead(row) as LeadRecord, query.at))
  return { leads, next: rows.length > query.limit ? String(offset + query.limit) : null }
}

const seen = '(:programs IS NULL OR program IN (SELECT value FROM json_each(:programs)))'
const byPlace = "rank, coalesce(due_at, '9'), opened_at, id"
const page = (of: string, order: string): string =>
  `SELECT * FROM (${of}) WHERE :at = :at AND :upTo = :upTo ORDER BY ${order} LIMIT :limit OFFSET :offset`

/** The first rows of the open come straight from the index; only they are sorted with the few that lapsed. */
const listing: Readonly<Record<LeadQuery['state'], string>> = {
  open: page(
    `SELECT * FROM (SELECT * FROM leads WHERE state = 'open' AND ${seen} ORDER BY ${byPlace} LIMIT :upTo)
     UNION ALL SELECT * FROM leads WHERE state = 'claimed' AND claimed_until <= :at AND ${seen}`,
    byPlace,
  ),
  claimed: page(`SELECT * FROM leads WHERE state = 'claimed' AND claimed_until > :at AND ${seen}`, byPlace),
  closed: page(`SELECT * FROM leads WHERE state = 'closed' AND ${seen}`, 'closed_at DESC, id'),
}

function lapse(lead: LeadRecord, at: string): LeadRecord {
  const lapsed = lead.state === 'claimed' && lead.claimedUntil !== null && lead.claimedUntil <= at
  return lapsed ? { ...lead, state: 'open', claimedBy: null, claimedUntil: null } : lead
}

function claim(
  database: DatabaseSync,
  lead: LeadRecord | null,
  lease: { by: string; at: string; until: string; entry?: { event: AuditEvent; write(event: AuditEvent): void } },
): ClaimResult {
  if (!lead) return { type: 'not-found' }
  if (lead.state === 'closed') return { type: 'closed' }
  const now = lapse(lead, lease.at)
  if (now.state === 'claimed') return { type: 'held', by: lead.claimedBy ?? '', until: lead.claimedUntil ?? '' }
  if (lease.entry && lease.entry.event.detail.fence !== lead.fence + 1) return { type: 'moved' }
  const claimed = update(database, lead.id, {
    set: "state = 'claimed', claimed_by = ?, claimed_until = ?, fence = fence + 1",
    values: [lease.by, lease.until],
  })
  lease.entry?.write(lease.entry.event)
  return { type: 'claimed', lead: claimed }
}

/** The fence is checked before anything else; a lapsed lease is lost even while nobody else has claimed. */
function underFence(lead: LeadRecord | null, held: UnderFence, write: () => LeadRecord): LeaseResult {
  if (!lead) return { type: 'not-found' }
  const lapsed = lead.claimedUntil === null || lead.claimedUntil <= held.at
  if (lead.fence !== held.fence || lead.state !== 'claimed' || lapsed) return { type: 'lease-lost' }
  return { type: 'done', lead: write() }
}

interface Assignment {
  readonly set: string
  readonly values: readonly (string | number | Uint8Array | null)[]
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
