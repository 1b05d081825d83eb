/**
 * The admissions queue on Redis: claims with a lease and a fence.
 *
 * Each change is one script, so of claims from several machines at once one wins. The order itself
 * stays in `lead-order`: a script is told the place and stores it.
 */
import { randomUUID } from 'node:crypto'
import type { ClaimResult, LeadFigures, LeadQuery, LeadQueue, LeadRecord, LeaseResult } from '../../ports.ts'
import { nextRise, placeInQueue } from '../../queue/lead-order.ts'
import { auditEntry, withEntry } from './audit.ts'
import type { Argument, Connection } from './connection.ts'
import { bytesOf, jsonOf, listOf, type Reply, textOf } from './reply.ts'
import { scripts } from './scripts.ts'

/** A lead as it is stored. */
interface StoredLead extends LeadRecord {
  readonly rank: number
  readonly risesAt: string | null
  readonly firstClaimAt: string | null
  readonly closedAt: string | null
}

const RAISED_AT_ONCE = 500

export function redisLeads(redis: Connection): LeadQueue {
  const { root } = redis
  const underFence = async (id: string, fence: number, what: readonly Argument[]): Promise<LeaseResult> => {
    const [at = '', ...deed] = what
    const reply = await redis.run(scripts.underFence, id, fence, at, randomUUID(), ...deed)
    if (reply === null) return { type: 'not-found' }
    return Buffer.isBuffer(reply) ? { type: 'lease-lost' } : { type: 'done', lead: toLead(listOf(reply)[0]) }
  }
  return {
    leads: (query) => list(redis, query),
    lead: async (id) => toLeadOrNull(await redis.ask('hget', `${root}:leads`, id)),
    leadOf: async (conversation) => toLeadOrNull(await redis.run(scripts.leadOf, conversation)),
    claim: async (id, by, { at, until, event }) => {
      const entry = event ? [Number(event.detail.fence), JSON.stringify(auditEntry(event))] : []
      return toClaim(await redis.run(scripts.claimLead, id, by, at, until, randomUUID(), ...entry))
    },
    renew: (id, fence, { at, until }) => underFence(id, fence, [at, 'renew', until, '']),
    release: (id, fence, { at, event }) => underFence(id, fence, [at, 'release', '', '', ...withEntry(event)]),
    transfer: (id, fence, { by, at, until, event }) =>
      underFence(id, fence, [at, 'transfer', until, by, ...withEntry(event)]),
    callAgain: (id, fence, { at, dueAt, rank, event }) =>
      underFence(id, fence, [at, 'call-again', dueAt, rank, ...withEntry(event)]),
    reopen: async (id, event) => toLeadOrNull(await redis.run(scripts.reopenLead, id, ...withEntry(event))),
    closeLead: (id, fence, { at, disposition, note, event }) =>
      underFence(id, fence, [at, 'close', disposition, note ?? '', ...withEntry(event)]),
    lapsedLeads: async (at) => listOf(await redis.run(scripts.lapsedLeads, at)).map(toLead),
    returnLapsed: async (at) => listOf(await redis.run(scripts.returnLapsed, at)).map(toLead),
    raiseWaiting: (at) => raiseWaiting(redis, at),
    async closingNote(id) {
      const note = await redis.ask('hget', `${root}:notes`, id)
      return note === null ? null : bytesOf(note)
    },
    async leadFigures(programs, since) {
      const [conversations, ...leads] = listOf(await redis.run(scripts.leadFigures, since, ...(programs ?? [])))
      return { conversations: Number(conversations), leads: leads.map(toFigure) }
    },
  }
}

async function list(redis: Connection, query: LeadQuery): Promise<{ leads: LeadRecord[]; next: string | null }> {
  const { state, at, limit, programs } = query
  const offset = query.after === null ? 0 : Number(query.after)
  const page = listOf(await redis.run(scripts.listLeads, state, at, offset, limit, ...(programs ?? []))).map(toLead)
  const leads = page.slice(0, limit).map((lead) => lapse(lead, at))
  return { leads, next: page.length > limit ? String(offset + limit) : null }
}

function lapse(lead: LeadRecord, at: string): LeadRecord {
  const lapsed = lead.state === 'claimed' && lead.claimedUntil !== null && lead.claimedUntil <= at
  return lapsed ? { ...lead, state: 'open', claimedBy: null, claimedUntil: null } : lead
}

async function raiseWaiting(redis: Connection, at: string): Promise<LeadRecord[]> {
  const read = listOf(await redis.run(scripts.risingLeads, at, RAISED_AT_ONCE))
  if (read.length === 0) return []
  const changes = read.flatMap((text) => raiseOf(jsonOf<StoredLead>(text), textOf(text), at))
  const before = new Map(read.map((text) => [jsonOf<StoredLead>(text).id, jsonOf<StoredLead>(text)]))
  const raised = listOf(await redis.run(scripts.raiseLeads, ...changes)).map((text) => jsonOf<StoredLead>(text))
  const told = raised.filter((lead) => isTold(before.get(lead.id), lead))
  return told.map(recordOf)
}

/** [lead, as read, its place by now, when it next rises]. */
function raiseOf(lead: StoredLead, text: string, at: string): Argument[] {
  const place = Math.min(placeInQueue(lead, at), lead.rank)
  const risesAt = lead.state === 'closed' ? null : nextRise(lead, at)
  return [lead.id, text, place, risesAt ?? '']
}

/** A lead that waits is told when it moved up, and when its promise fell due. */
function isTold(before: StoredLead | undefined, lead: StoredLead): boolean {
  return lead.state === 'open' && before !== undefined && (lead.rank < before.rank || lead.dueAt === before.risesAt)
}

function toClaim(reply: Reply): ClaimResult {
  if (reply === null) return { type: 'not-found' }
  if (Buffer.isBuffer(reply)) return { type: textOf(reply) === 'moved' ? 'moved' : 'closed' }
  const [type, first, until] = listOf(reply)
  if (textOf(type) === 'claimed') return { type: 'claimed', lead: toLead(first) }
  return { type: 'held', by: textOf(first), until: textOf(until) }
}

function toLeadOrNull(reply: Reply): LeadRecord | null {
  return reply === null ? null : toLead(reply)
}

function toLead(reply: Reply | undefined): LeadRecord {
  return recordOf(jsonOf<StoredLead>(reply))
}

function recordOf({ rank: _, risesAt: __, firstClaimAt: ___, closedAt: ____, ...lead }: StoredLead): LeadRecord {
  return lead
}

function toFigure(reply: Reply): LeadFigures['leads'][number] {
  const { state, acuity, route, closedAs, openedAt, dueAt, firstClaimAt } = jsonOf<StoredLead>(reply)
  return { state, acuity, route, closedAs, openedAt, dueAt, claimedAt: firstClaimAt }
}
