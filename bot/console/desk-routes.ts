/**
 * The desk: its page, its sign-in and its API, as the wire contract states them.
 *
 * Every state-changing call must come from our own page; staff see the leads of their programs and
 * of no other; every look and every change is an audit event.
 */
import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express'
import { z } from 'zod'
import { leadTable } from '../crm/table.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { templateNamed } from '../pages/templates.ts'
import type { AuditEvent, StaffRecord } from '../ports.ts'
import { streamEvents } from './desk-stream.ts'
import { figuresOf } from './figures.ts'
import { leadRoutes } from './lead-routes.ts'
import { parseBody } from './parse-body.ts'
import { setCookie, signIn, signOut, staffOf } from './sessions.ts'
import { createSignInGuard } from './sign-in-guard.ts'
import { unanswered } from './unanswered.ts'
import { sendAgain, undelivered } from './undelivered.ts'

const SignInBody = z.object({
  name: z.string().min(1).max(60),
  password: z.string().min(1).max(200),
  code: z.string().max(12).optional(),
})
const Page = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  before: z.coerce.number().int().optional(),
})

const Table = z.object({ state: z.enum(['open', 'claimed', 'closed']).default('open') })
const Period = z.object({ days: z.coerce.number().int().min(1).max(366).default(30) })

export function deskRouter(house: House): Router {
  const router = Router()
  const guard = createSignInGuard(house.clock, house.exchange?.limits)
  router.use(sameSite)
  router.get('/', (_request, response) => deskPage(response))
  router.post('/api/session', async (request, response) => {
    const { staff, cookie } = await signIn(house, guard, {
      from: request.ip,
      given: parseBody(SignInBody, request.body),
    })
    setCookie(house, response, cookie)
    response.json(shown(staff))
  })
  router.delete('/api/session', async (request, response) => {
    await signOut(house, request)
    setCookie(house, response, null)
    response.status(204).end()
  })
  router.use('/api', signedIn(house))
  router.get('/api/session', (_request, response) => void response.json(shown(response.locals.staff)))
  router.use('/api/leads', leadRoutes(house))
  router.get('/api/events', (request, response) => streamEvents(house, request, response))
  reportRoutes(house, router)
  return router
}

/** What the pages beside the queue show. */
function reportRoutes(house: House, router: Router): void {
  router.get(
    '/api/unanswered',
    async (_request, response) => void response.json(await unanswered(house, response.locals.staff)),
  )
  router.get(
    '/api/undelivered',
    async (_request, response) => void response.json(await undelivered(house, response.locals.staff)),
  )
  router.post(
    '/api/undelivered/:id/again',
    async (request, response) => void response.json(await sendAgain(house, response.locals.staff, request.params.id)),
  )
  router.get('/api/figures', async (request, response) => {
    const { days } = parseBody(Period, request.query)
    response.json(await figuresOf(house, response.locals.staff, days))
  })
  router.get('/api/exports/leads.csv', async (request, response) => {
    const staff: StaffRecord = response.locals.staff
    onlyAdmin(staff, 'Taking the table of leads out')
    const { state } = parseBody(Table, request.query)
    const { csv, count } = await leadTable(house, staff, state)
    await noteView(house, response, { event: 'leads.exported', detail: { form: 'csv', state, count } })
    response.type('text/csv; charset=utf-8').attachment('leads.csv').send(csv)
  })
  router.get('/api/audit', async (request, response) => {
    onlyAdmin(response.locals.staff, 'The audit trail')
    const { limit, before } = parseBody(Page, request.query)
    const events = await house.store.auditTrail(limit, before ?? null)
    await noteView(house, response, { event: 'audit.viewed', detail: {} })
    response.json({ events, next: events.length < limit ? null : (events.at(-1)?.seq ?? null) })
  })
}

function deskPage(response: Response): void {
  response.set({
    'Content-Security-Policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html",
    'Cross-Origin-Opener-Policy': 'same-origin',
  })
  response.type('html').send(templateNamed('desk'))
}

function shown(staff: StaffRecord) {
  return { name: staff.name, role: staff.role, programs: staff.programs }
}

/** A page elsewhere may neither read nor change anything, even with the cookie of somebody signed in. */
const sameSite: RequestHandler = (request: Request, _response: Response, next: NextFunction) => {
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  const own = origin === undefined || origin === `http://${host}` || origin === `https://${host}`
  const navigates = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate'
  if (own && (site === undefined || site === 'same-origin' || site === 'none' || navigates)) return next()
  throw new AdmissionsError('CROSS_SITE', 'The desk answers its own page only.')
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

function signedIn(house: House): RequestHandler {
  return async (request, response, next) => {
    response.locals.staff = await staffOf(house, request)
    next()
  }
}
