/**
 * Signing in and out, the second factor, and sign-in by OpenID Connect.
 */
import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { House } from '../house.ts'
import type { StaffRecord } from '../ports.ts'
import { changePassword } from './change-password.ts'
import { knownDevice, rememberDevice } from './known-device.ts'
import { takeLockNotice } from './lock-notice.ts'
import { openIdRoutes } from './open-id-routes.ts'
import { askPassword, deviceOf, endOwn, ownSessions } from './own-sessions.ts'
import { parseBody } from './parse-body.ts'
import { confirm, enrol, remove } from './second-factor.ts'
import { beginAnew, beginTry, setCookie, signIn, signOut } from './sessions.ts'
import type { SignInGuard, SignInTry } from './sign-in-guard.ts'

const SignInBody = z.object({
  name: z.string().min(1).max(60),
  password: z.string().min(1).max(200),
  code: z.string().max(40).optional(),
})
const NewPassword = z.object({ current: z.string().min(1).max(200), next: z.string().min(1).max(200) })
const Code = z.object({ code: z.string().min(6).max(40) })
const Password = z.object({ password: z.string().min(1).max(200) })
const Removal = z.object({ ...Password.shape, ...Code.shape })
const Ending = z.object({ ...Password.shape, session: z.string().max(60).nullable() })

const agentOf = (request: Request): string => deviceOf(request.headers['user-agent'])

/** What needs no session yet. */
export function signInRoutes(house: House, guard: SignInGuard): Router {
  const router = Router()
  router.post('/session', async (request, response) => {
    // Whoever signs in leaves the session that the browser came with: nobody can plant one.
    await signOut(house, request)
    const given = parseBody(SignInBody, request.body)
    const known = knownDevice(house, request, given.name)
    const { staff, cookie } = await signIn(house, guard, { from: request.ip, known, device: agentOf(request), given })
    setCookie(house, response, cookie)
    rememberDevice(house, { request, response, name: staff.name })
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
 * A password or a code is guarded here as at the sign-in: a stolen session must not guess it. What may sign
 * somebody in is changed with the password only, and ends every other session.
 */
export function ownAccountRoutes(house: House, guard: SignInGuard): Router {
  const router = Router()
  const mine = (response: Response): StaffRecord => response.locals.staff
  const tryOf = (request: Request, response: Response) => {
    const { name } = mine(response)
    return beginTry(house, guard, { name, from: request.ip, known: knownDevice(house, request, name) })
  }
  router.get('/session', (_request: Request, response) => void response.json(shown(house, mine(response))))
  router.post('/password', async (request, response) => {
    const given = parseBody(NewPassword, request.body)
    const attempt = await tryOf(request, response)
    const cookie = await changePassword(house, mine(response), { ...given, device: agentOf(request) })
    await attempt.fits()
    setCookie(house, response, cookie)
    response.status(204).end()
  })
  router.get('/sessions', async (request, response) => {
    response.json({ sessions: await ownSessions(house, mine(response), request) })
  })
  router.post('/sessions/end', async (request, response) => {
    const { password, session } = parseBody(Ending, request.body)
    const attempt = await tryOf(request, response)
    await askPassword(mine(response), password)
    await attempt.fits()
    await endOwn(house, mine(response), { session, request })
    response.status(204).end()
  })
  factorRoutes(house, router, { mine, tryOf })
  return router
}

interface Asking {
  mine(response: Response): StaffRecord
  tryOf(request: Request, response: Response): Promise<SignInTry>
}

function factorRoutes(house: House, router: Router, { mine, tryOf }: Asking): void {
  const anew = async (request: Request, response: Response) =>
    setCookie(house, response, await beginAnew(house, mine(response), agentOf(request)))
  router.post('/second-factor', async (request, response) => {
    const { password } = parseBody(Password, request.body)
    const attempt = await tryOf(request, response)
    await askPassword(mine(response), password)
    await attempt.fits()
    response.json(await enrol(house, mine(response)))
  })
  router.post('/second-factor/confirm', async (request, response) => {
    const { code } = parseBody(Code, request.body)
    const attempt = await tryOf(request, response)
    const confirmed = await confirm(house, mine(response), code)
    await attempt.fits()
    await anew(request, response)
    response.json(confirmed)
  })
  router.delete('/second-factor', async (request, response) => {
    const { password, code } = parseBody(Removal, request.body)
    const attempt = await tryOf(request, response)
    await askPassword(mine(response), password)
    await remove(house, mine(response), code)
    await attempt.fits()
    await anew(request, response)
    response.status(204).end()
  })
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
