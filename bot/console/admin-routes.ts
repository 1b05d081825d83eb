/**
 * What the role admin alone may do: read, check and take out the audit trail, and take leads out as a table.
 */
import { type Response, Router } from 'express'
import { z } from 'zod'
import { leadTable } from '../crm/table.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { auditEntries, verifyAudit } from '../keeping/audit-walk.ts'
import type { AuditEvent, StaffRecord } from '../ports.ts'
import { parseBody } from './parse-body.ts'

const Page = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  before: z.coerce.number().int().optional(),
})
/** What an admin should see without searching: among the newest entries of the trail. */
const notable = ['glass.broken', 'staff.locked', 'leads.exported', 'audit.exported']
const [TRAIL, NOTABLE_AT_MOST] = [5_000, 50]
const Table = z.object({ state: z.enum(['open', 'claimed', 'closed']).default('open') })

export function adminRoutes(house: House): Router {
  const router = Router()
  router.get('/exports/leads.csv', async (request, response) => {
    const staff: StaffRecord = response.locals.staff
    onlyAdmin(staff, 'Taking the table of leads out')
    const { state } = parseBody(Table, request.query)
    const { csv, count } = await leadTable(house, staff, state)
    await noteView(house, response, { event: 'leads.exported', detail: { form: 'csv', state, count } })
    response.type('text/csv; charset=utf-8').attachment('leads.csv').send(csv)
  })
  router.get('/audit/verify', async (_request, response) => {
    onlyAdmin(response.locals.staff, 'The audit trail')
    response.json(await verifyAudit(house.store))
  })
  router.get('/audit/export', async (_request, response) => {
    onlyAdmin(response.locals.staff, 'The audit trail')
    await noteView(house, response, { event: 'audit.exported', detail: {} })
    response.attachment('audit.jsonl').type('application/x-ndjson')
    for await (const entry of auditEntries(house.store)) response.write(`${JSON.stringify(entry)}\n`)
    response.end()
  })
  router.get('/audit', async (request, response) => {
    onlyAdmin(response.locals.staff, 'The audit trail')
    const { limit, before } = parseBody(Page, request.query)
    const events = await house.store.auditTrail(limit, before ?? null)
    await noteView(house, response, { event: 'audit.viewed', detail: {} })
    response.json({ events, next: events.length < limit ? null : (events.at(-1)?.seq ?? null) })
  })
  router.get('/audit/notable', async (_request, response) => {
    onlyAdmin(response.locals.staff, 'The audit trail')
    const events = await house.store.auditTrail(TRAIL, null)
    response.json({ events: events.filter(({ event }) => notable.includes(event)).slice(0, NOTABLE_AT_MOST) })
  })
  return router
}

function onlyAdmin(staff: StaffRecord, what: string): void {
  if (staff.role !== 'admin') throw new AdmissionsError('NOT_PERMITTED', `${what} is for the role admin.`)
}

type Look = Pick<AuditEvent, 'event' | 'detail'>

async function noteView(house: House, response: Response, look: Look): Promise<void> {
  const at = house.clock.now().toISOString()
  const actor: string = response.locals.staff.name
  await house.store.record({ ...look, at, actor, conversation: null, lead: null })
}
