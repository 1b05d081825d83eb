/**
 * The desk: its page, its sign-in and its API, as the wire contract states them.
 *
 * Every state-changing call must come from our own page; staff see the leads of their programs and
 * of no other; every look and every change is an audit event.
 */
import {
  type ErrorRequestHandler,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from 'express'
import { z } from 'zod'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { templateNamed } from '../pages/templates.ts'
import type { StaffRecord } from '../ports.ts'
import { mustEnrol, ownAccountRoutes, signInRoutes } from './account-routes.ts'
import { adminRoutes } from './admin-routes.ts'
import { BreakGlass, breakGlass } from './break-glass.ts'
import { streamEvents } from './desk-stream.ts'
import { figuresOf } from './figures.ts'
import { leadRoutes } from './lead-routes.ts'
import { learningRoutes } from './learning-routes.ts'
import { parseBody } from './parse-body.ts'
import { staffOf } from './sessions.ts'
import { shiftOf } from './shift.ts'
import { createSignInGuard } from './sign-in-guard.ts'
import { createStops } from './stops.ts'
import { unanswered } from './unanswered.ts'
import { dismiss, sendAgain, undelivered } from './undelivered.ts'

const Period = z.object({ days: z.coerce.number().int().min(1).max(366).default(30) })

export function deskRouter(house: House): Router {
  const router = Router()
  router.use(sameSite)
  router.get('/', (_request, response) => deskPage(response))
  const guard = createSignInGuard(house.clock, house.exchange?.limits)
  router.use('/api', signInRoutes(house, guard))
  router.use('/api', signedIn(house))
  router.use('/api', ownAccountRoutes(house, guard))
  router.use('/api', enrolled(house))
  router.post('/api/break-glass', async (request, response) => {
    response.json(await breakGlass(house, response.locals.staff, parseBody(BreakGlass, request.body)))
  })
  router.use('/api/leads', leadRoutes(house))
  router.get('/api/events', (request, response) => streamEvents(house, request, response))
  router.use('/api', learningRoutes(house))
  reportRoutes(house, router)
  router.use('/api', adminRoutes(house))
  router.use('/api', noteRefused(house))
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
  router.post(
    '/api/undelivered/:id/dismiss',
    async (request, response) => void response.json(await dismiss(house, response.locals.staff, request.params.id)),
  )
  router.get(
    '/api/shift',
    async (_request, response) => void response.json(await shiftOf(house, response.locals.staff)),
  )
  router.get('/api/figures', async (request, response) => {
    const { days } = parseBody(Period, request.query)
    response.json(await figuresOf(house, response.locals.staff, days))
  })
  const stops = createStops(house)
  router.get('/api/stops', async (_request, response) => void response.json(await stops.list(response.locals.staff)))
  router.get('/api/stops/:flow.svg', async (request, response) => {
    response.type('image/svg+xml').send(await stops.draw(response.locals.staff, request.params.flow))
  })
}

function deskPage(response: Response): void {
  response.set({
    'Content-Security-Policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html",
    'Cross-Origin-Opener-Policy': 'same-origin',
  })
  response.type('html').send(templateNamed('desk'))
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

const beyond = ['NOT_PERMITTED', 'LEAD_NOT_FOUND', 'PROGRAM_NOT_FOUND']

/** Who asked for what is not hers to see or do stands in the trail. */
function noteRefused(house: House): ErrorRequestHandler {
  return async (error, request, response, next) => {
    const staff: StaffRecord | undefined = response.locals.staff
    if (staff && error instanceof AdmissionsError && beyond.includes(error.code)) {
      const about = { at: house.clock.now().toISOString(), conversation: null, lead: null }
      const event = {
        ...about,
        event: 'staff.refused',
        actor: staff.name,
        detail: { code: error.code, method: request.method },
      }
      await house.store.record(event).catch(() => undefined)
    }
    next(error)
  }
}

/** Where a second factor is asked of everybody, nothing opens before it is set up. */
function enrolled(house: House): RequestHandler {
  return (_request, response, next) => {
    if (!mustEnrol(house, response.locals.staff)) return next()
    throw new AdmissionsError('SECOND_FACTOR_REQUIRED', 'Set up your second factor first.')
  }
}

function signedIn(house: House): RequestHandler {
  return async (request, response, next) => {
    response.locals.staff = await staffOf(house, request)
    next()
  }
}
