/**
 * Leads on the desk: the queue, one lead, and what staff do with it under their lease.
 */
import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { CloseDisposition } from '../../flows/vocabulary.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { LeadRecord, LeaseResult, StaffRecord } from '../ports.ts'
import { changeHands, speakAsStaff } from '../staff-speaks.ts'
import { parseBody } from './desk-routes.ts'
import { headlineOf, leadView } from './lead-view.ts'
import { sealNote } from './notes.ts'
import { sees } from './staff-accounts.ts'

/** Minutes that a claim holds without being renewed. */
const LEASE_MIN = 15

const Query = z.object({
  state: z.enum(['open', 'claimed', 'closed']).default('open'),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  after: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
})
const Fence = z.object({ fence: z.number().int().min(1) })
const Closing = Fence.extend({ disposition: CloseDisposition, note: z.string().max(10_000).default('') })
const Message = Fence.extend({ text: z.string().trim().min(1).max(4_000) })

type LeadRequest = Request<{ id: string }>

export function leadRoutes(house: House): Router {
  const router = Router()
  router.get('/', async (request, response) => void response.json(await list(house, request, response.locals.staff)))
  router.get('/:id', async (request, response) => void response.json(await look(house, request, response.locals.staff)))
  router.post(
    '/:id/claim',
    async (request, response) => void response.json(await claim(house, request, response.locals.staff)),
  )
  router.post('/:id/renew', underLease(house, renew))
  router.post('/:id/release', underLease(house, release))
  router.post('/:id/close', underLease(house, close))
  router.post('/:id/messages', underLease(house, say))
  router.post(
    '/:id/takeover',
    underLease(house, (house, held) => hand(house, held, held.staff.name)),
  )
  router.post(
    '/:id/hand-back',
    underLease(house, (house, held) => hand(house, held, null)),
  )
  return router
}

async function list(house: House, request: Request, staff: StaffRecord) {
  const { state, limit, after } = parseBody(Query, request.query)
  const at = house.clock.now().toISOString()
  const page = await house.store.leads({ state, limit, after: after ?? null, programs: staff.programs, at })
  return { next: page.next, leads: await Promise.all(page.leads.map((lead) => headlineOf(house, lead))) }
}

/** @throws AdmissionsError `LEAD_NOT_FOUND`, also for a lead of another program. */
async function leadFor(house: House, id: string, staff: StaffRecord): Promise<LeadRecord> {
  const lead = await house.store.lead(id)
  if (!lead || !sees(staff, lead.program)) throw new AdmissionsError('LEAD_NOT_FOUND', 'No lead has this id.')
  return lead
}

async function look(house: House, request: LeadRequest, staff: StaffRecord) {
  const lead = await leadFor(house, request.params.id, staff)
  await note(house, lead, { event: 'lead.viewed', actor: staff.name })
  return leadView(house, lead)
}

async function claim(house: House, request: LeadRequest, staff: StaffRecord) {
  const lead = await leadFor(house, request.params.id, staff)
  const result = await house.store.claim(lead.id, staff.name, leaseFrom(house))
  if (result.type === 'not-found') throw new AdmissionsError('LEAD_NOT_FOUND', 'No lead has this id.')
  if (result.type === 'closed') throw new AdmissionsError('LEAD_CLOSED', 'The lead is closed.')
  if (result.type === 'held') {
    throw new AdmissionsError('LEAD_ALREADY_CLAIMED', `${result.by} holds this lead until ${result.until}.`)
  }
  await note(house, result.lead, { event: 'lead.claimed', actor: staff.name })
  return { lease: { until: result.lead.claimedUntil, fence: result.lead.fence } }
}

interface Held {
  readonly lead: LeadRecord
  readonly staff: StaffRecord
  readonly fence: number
  readonly body: unknown
}

/** The fence is checked before anything else of the request. */
function underLease(house: House, act: (house: House, held: Held) => Promise<object>) {
  return async (request: LeadRequest, response: Response): Promise<void> => {
    const { staff } = response.locals
    const lead = await leadFor(house, request.params.id, staff)
    const { fence } = parseBody(Fence, request.body)
    const lapsed = lead.claimedUntil === null || lead.claimedUntil <= house.clock.now().toISOString()
    if (lead.fence !== fence || lead.state !== 'claimed' || lapsed || lead.claimedBy !== staff.name) throw leaseLost()
    response.json(await act(house, { lead, staff, fence, body: request.body }))
  }
}

async function renew(house: House, { lead, fence }: Held) {
  const renewed = done(await house.store.renew(lead.id, fence, leaseFrom(house)))
  return { lease: { until: renewed.claimedUntil, fence } }
}

async function release(house: House, { lead, staff, fence }: Held) {
  const released = done(await house.store.release(lead.id, fence, house.clock.now().toISOString()))
  await note(house, released, { event: 'lead.released', actor: staff.name })
  return { state: released.state }
}

async function close(house: House, { lead, staff, fence, body }: Held) {
  const { disposition, note: words } = parseBody(Closing, body)
  const at = house.clock.now().toISOString()
  const sealed = words.trim() === '' ? null : await sealNote(house, lead, words)
  const closed = done(await house.store.closeLead(lead.id, fence, { at, disposition, note: sealed }))
  await note(house, closed, { event: 'lead.closed', actor: staff.name })
  return { state: closed.state, disposition }
}

async function say(house: House, { lead, staff, body }: Held) {
  const { text } = parseBody(Message, body)
  await speakAsStaff(house, lead.conversation, {
    name: staff.name,
    text,
    audit: [eventOf(house, lead, { event: 'lead.message', actor: staff.name })],
  })
  return { sent: true }
}

async function hand(house: House, { lead, staff }: Held, by: string | null) {
  const event = by === null ? 'lead.handed-back' : 'lead.taken-over'
  await changeHands(house, lead.conversation, { by, audit: [eventOf(house, lead, { event, actor: staff.name })] })
  house.deskEvents.emit({ event: 'lead.changed', program: lead.program, data: { lead: lead.id } })
  return { live: by !== null }
}

function done(result: LeaseResult): LeadRecord {
  if (result.type === 'done') return result.lead
  throw leaseLost()
}

function leaseLost(): AdmissionsError {
  return new AdmissionsError('LEASE_LOST', 'This lease is not yours any more: claim the lead again.')
}

function leaseFrom(house: House): { at: string; until: string } {
  const now = house.clock.now()
  return { at: now.toISOString(), until: new Date(now.getTime() + LEASE_MIN * 60_000).toISOString() }
}

function eventOf(house: House, lead: LeadRecord, what: { event: string; actor: string }) {
  return {
    ...what,
    at: house.clock.now().toISOString(),
    conversation: lead.conversation,
    lead: lead.id,
    detail: { fence: lead.fence },
  }
}

async function note(house: House, lead: LeadRecord, what: { event: string; actor: string }): Promise<void> {
  await house.store.record(eventOf(house, lead, what))
  if (what.event !== 'lead.viewed')
    house.deskEvents.emit({ event: 'lead.changed', program: lead.program, data: { lead: lead.id } })
}
