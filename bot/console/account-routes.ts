/**
 * Signing in and out, the second factor, and sign-in by OpenID Connect.
 */
import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { House } from '../house.ts'
import type { StaffRecord } from '../ports.ts'
import { changePassword } from './change-password.ts'
import { takeLockNotice } from './lock-notice.ts'
import { openIdRoutes } from './open-id-routes.ts'
import { parseBody } from './parse-body.ts'
import { confirm, enrol, remove } from './second-factor.ts'
import { beginTry, setCookie, signIn, signOut } from './sessions.ts'
import type { SignInGuard } from './sign-in-guard.ts'

const SignInBody = z.object({
  name: z.string().min(1).max(60),
  password: z.string().min(1).max(200),
  code: z.string().max(40).optional(),
})
const NewPassword = z.object({ current: z.string().min(1).max(200), next: z.string().min(1).max(200) })
const Code = z.object({ code: z.string().min(6).max(40) })

/** What needs no session yet. */
export function signInRoutes(house: House, guard: SignInGuard): Router {
  const router = Router()
  router.post('/session', async (request, response) => {
    // Whoever signs in leaves the session that the browser came with: nobody can plant one.
    await signOut(house, request)
    const given = parseBody(SignInBody, request.body)
    const { staff, cookie } = await signIn(house, guard, { from: request.ip, given })
    setCookie(house, response, cookie)
    response.json({ ...shown(house, staff), lockedAt: await takeLockNotice(house, staff.name) })
  })
  router.delete('/session', async (request, response) => {
    await signOut(house, request)
    setCookie(house, response, null)
    response.status(204).end()
  })
  router.use(openIdRoutes(house))
  return router
}

/**
 * Of one's own account; open while the second factor is still to be set up.
 *
 * A code is guarded here as at the sign-in: a stolen session must not guess it.
 */
export function ownAccountRoutes(house: House, guard: SignInGuard): Router {
  const router = Router()
  const mine = (response: Response): StaffRecord => response.locals.staff
  const tryOf = (request: Request, response: Response) =>
    beginTry(house, guard, { name: mine(response).name, from: request.ip })
  router.get('/session', (_request: Request, response) => void response.json(shown(house, mine(response))))
  router.post('/second-factor', async (_request, response) => void response.json(await enrol(house, mine(response))))
  router.post('/second-factor/confirm', async (request, response) => {
    const { code } = parseBody(Code, request.body)
    const attempt = await tryOf(request, response)
    const confirmed = await confirm(house, mine(response), code)
    await attempt.fits()
    response.json(confirmed)
  })
  router.post('/password', async (request, response) => {
    const given = parseBody(NewPassword, request.body)
    const attempt = await tryOf(request, response)
    const cookie = await changePassword(house, mine(response), given)
    await attempt.fits()
    setCookie(house, response, cookie)
    response.status(204).end()
  })
  router.delete('/second-factor', async (request, response) => {
    const { code } = parseBody(Code, request.body)
    const attempt = await tryOf(request, response)
    await remove(house, mine(response), code)
    await attempt.fits()
    response.status(204).end()
  })
  return router
}

export function mustEnrol(house: House, staff: StaffRecord): boolean {
  return house.config.secondFactorRequired && staff.secondFactor?.confirmed !== true && staff.openId === undefined
}

function shown(house: House, staff: StaffRecord) {
  const { name, role, programs } = staff
  return {
    name,
    role,
    programs,
    secondFactor: staff.secondFactor?.confirmed === true,
    mustEnrol: mustEnrol(house, staff),
    canBreakGlass: programs !== null,
  }
}
