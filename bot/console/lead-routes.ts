/**
 * Leads on the desk: the queue, one lead, and what staff do with it under their lease.
 *
 * Programs are apart: a lead of another program does not exist. After that the fence is checked
 * before anything else of a request.
 */
import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { AdmissionsError } from '../errors.ts'
import { leadBundle } from '../fhir/bundle.ts'
import type { House } from '../house.ts'
import { leadThatMayLeave } from '../outbox/lead-leaving.ts'
import type { LeadRecord, StaffRecord } from '../ports.ts'
import { glassUntil } from './break-glass.ts'
import { appointmentFile, askPayer, confirmCoverage, saveWorksheet, showPhoto } from './card-routes.ts'
import { holdRoutes } from './hold-routes.ts'
import {
  claim,
  close,
  type Held,
  handBack,
  leaseLost,
  release,
  renew,
  revoke,
  say,
  takeOver,
  typing,
} from './lead-deeds.ts'
import { record } from './lead-trail.ts'
import { headlineOf, leadView } from './lead-view.ts'
import { createLooks, type Looks } from './looks.ts'
import { addNote } from './notes.ts'
import { parseBody } from './parse-body.ts'
import { callAgain, colleagues, reopen, transfer } from './passing-deeds.ts'
import { createQueueWords, type QueueWords } from './queue-words.ts'
import { sees } from './staff-accounts.ts'

const Query = z.object({
  state: z.enum(['open', 'claimed', 'closed']).default('open'),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  after: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
})
/** A desk asks for what changed, not for the whole list. */
const Rows = z.object({
  ids: z
    .string()
    .max(5_000)
    .transform((ids) => ids.split(','))
    .pipe(z.array(z.string().min(1).max(80)).max(50)),
})
const Fence = z.object({ fence: z.number().int().min(1) })
const Note = z.object({ text: z.string().trim().min(1).max(10_000) })
const FenceOfHolder = z.object({ fence: z.number().int().min(1).optional() })

type LeadRequest = Request<{ id: string }>
type Deed = (house: House, held: Held) => Promise<object>

export function leadRoutes(house: House): Router {
  const router = Router()
  const looks = createLooks(house)
  const words = createQueueWords(house)
  listRoutes(house, router, { looks, words })
  router.get('/:id', async (request, response) => {
    const lead = await leadFor(house, request.params.id, response.locals.staff)
    const staff: StaffRecord = response.locals.staff
    await looks.atLead(staff.name, lead)
    const until = sees(staff, lead.program) ? null : await glassUntil(house, staff, lead)
    response.json({ ...(await leadView(house, lead, await words.of(lead))), glassUntil: until })
  })
  router.get('/:id/fhir', async (request, response) => {
    const staff: StaffRecord = response.locals.staff
    const lead = await leadFor(house, request.params.id, staff)
    const bundle = leadBundle(await leadThatMayLeave(house, lead, 'write-record'))
    await record(house, lead, { event: 'lead.exported', actor: staff.name, detail: { form: 'fhir' } })
    response.attachment('lead.fhir.json').type('application/fhir+json').json(bundle)
  })
  router.get('/:id/appointment.ics', async (request, response) => {
    const { staff } = response.locals
    const lead = await leadFor(house, request.params.id, staff)
    const file = await appointmentFile(house, lead, staff.name)
    response.attachment('call.ics').type('text/calendar').send(file)
  })
  router.get('/:id/photos/:photo', async (request, response) => {
    const { staff } = response.locals
    const lead = await leadFor(house, request.params.id, staff)
    await showPhoto(house, lead, { id: request.params.photo, by: staff.name, response })
  })
  router.post('/:id/claim', async (request, response) => {
    const lead = await leadFor(house, request.params.id, response.locals.staff)
    response.json(await claim(house, lead, response.locals.staff.name))
  })
  noteRoutes(house, router)
  deedRoutes(house, router)
  router.use(holdRoutes(house, leadFor))
  return router
}

/** The queue, and single rows of it. */
function listRoutes(house: House, router: Router, { looks, words }: { looks: Looks; words: QueueWords }): void {
  router.get('/', async (request, response) => {
    response.json(await list(house, { looks, words }, { request, staff: response.locals.staff }))
  })
  router.get('/rows', async (request, response) => {
    const staff: StaffRecord = response.locals.staff
    const { ids } = parseBody(Rows, request.query)
    const leads = await rows(house, { words, staff }, ids)
    await looks.atQueue(staff.name, 'open')
    response.json({ leads })
  })
}

/** What everybody who sees a lead may do with it. */
function noteRoutes(house: House, router: Router): void {
  router.get('/:id/colleagues', async (request, response) => {
    const lead = await leadFor(house, request.params.id, response.locals.staff)
    response.json({ colleagues: await colleagues(house, lead, response.locals.staff) })
  })
  router.post('/:id/notes', async (request, response) => {
    const staff: StaffRecord = response.locals.staff
    const lead = await leadFor(house, request.params.id, staff)
    const { text } = parseBody(Note, request.body)
    response.json(await addNote(house, lead, { by: staff.name, text }))
  })
  router.post('/:id/reopen', async (request, response) => {
    const lead = await leadFor(house, request.params.id, response.locals.staff)
    response.json(await reopen(house, lead, response.locals.staff))
  })
}

/** What only the holder of the lead does. */
function deedRoutes(house: House, router: Router): void {
  for (const [path, deed] of [
    ['renew', renew],
    ['release', release],
    ['close', close],
    ['messages', say],
    ['typing', typing],
    ['revoke', revoke],
    ['transfer', transfer],
    ['call-again', callAgain],
    ['worksheet', saveWorksheet],
    ['ask-payer', askPayer],
    ['confirm-coverage', confirmCoverage],
  ] as const) {
    router.post(`/:id/${path}`, underLease(house, Fence, deed))
  }
  // The contract gives these two no body: whoever holds the lead may leave the fence out.
  router.post('/:id/takeover', underLease(house, FenceOfHolder, takeOver))
  router.post('/:id/hand-back', underLease(house, FenceOfHolder, handBack))
}

async function list(
  house: House,
  { looks, words }: { looks: Looks; words: QueueWords },
  who: { request: Request; staff: StaffRecord },
) {
  const { state, limit, after } = parseBody(Query, who.request.query)
  const at = house.clock.now().toISOString()
  const { programs } = who.staff
  const page = await house.store.leads({ state, limit, after: after ?? null, programs, at })
  await looks.atQueue(who.staff.name, state)
  const rows = page.leads.map(async (lead) => headlineOf(house, lead, await words.of(lead)))
  return { next: page.next, leads: await Promise.all(rows) }
}

/** The rows of these leads as the list has them; whoever may not see one is not told of it. */
async function rows(house: House, { words, staff }: { words: QueueWords; staff: StaffRecord }, ids: readonly string[]) {
  const found = await Promise.all([...new Set(ids)].map((id) => house.store.lead(id)))
  const seen = found.filter((lead) => lead !== null && sees(staff, lead.program)) as LeadRecord[]
  return Promise.all(seen.map(async (lead) => headlineOf(house, lead, await words.of(lead))))
}

/** @throws AdmissionsError `LEAD_NOT_FOUND`, also for a lead of another program. */
async function leadFor(house: House, id: string, staff: StaffRecord): Promise<LeadRecord> {
  const lead = await house.store.lead(id)
  if (!lead || !(sees(staff, lead.program) || (await glassUntil(house, staff, lead))))
    throw new AdmissionsError('LEAD_NOT_FOUND', 'No lead has this id.')
  return lead
}

function underLease(house: House, schema: z.ZodType<{ fence?: number | undefined }>, deed: Deed) {
  return async (request: LeadRequest, response: Response): Promise<void> => {
    const staff: StaffRecord = response.locals.staff
    const lead = await leadFor(house, request.params.id, staff)
    const { fence = lead.fence } = parseBody(schema, request.body)
    const lapsed = lead.claimedUntil === null || lead.claimedUntil <= house.clock.now().toISOString()
    if (lead.fence !== fence || lead.state !== 'claimed' || lapsed || lead.claimedBy !== staff.name) throw leaseLost()
    response.json(await deed(house, { lead, by: staff.name, fence, body: request.body }))
  }
}
