/**
 * Sign-in by OpenID Connect: authorization code with PKCE, state and nonce, each for one browser and once.
 *
 * The provider says who somebody is; what that person may do stands here. An account is linked by its
 * subject (`porchlight staff link`), never by an e-mail address that somebody else may get one day.
 */
import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { openedByAny, sealJson } from '../keeping/vault.ts'
import type { Attempt, OpenIdClient } from '../providers/open-id.ts'
import { COOKIE_PATH, cookieName, cookieOf } from './cookies.ts'
import { deviceOf } from './own-sessions.ts'
import { beginSession, setCookie } from './sessions.ts'

const COOKIE = 'porchlight-open-id'
const LIFE_MS = 10 * 60_000
const ABOUT = 'open id attempt'
const Kept = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), until: z.number() })

/** The protocol's client is loaded by the first who signs in with it. */
async function connected(settings: NonNullable<House['config']['openId']>): Promise<OpenIdClient> {
  const { openIdClient } = await import('../providers/open-id.ts')
  return openIdClient(settings)
}

export function openIdRoutes(house: House): Router {
  const router = Router()
  const { openId } = house.config
  router.get('/open-id', (_request, response) => void response.json({ isOffered: openId !== null }))
  if (!openId) return router
  let client: Promise<OpenIdClient> | null = null
  const ready = (): Promise<OpenIdClient> => {
    client ??= connected(openId).catch((cause: unknown) => {
      client = null
      throw new AdmissionsError('SIGN_IN_PROVIDER_DOWN', 'The sign-in provider does not answer.', { cause })
    })
    return client
  }
  router.get('/open-id/start', async (_request, response) => {
    const { attempt, url } = await (await ready()).begin()
    keep(house, response, attempt)
    response.redirect(302, url.href)
  })
  router.get('/open-id/callback', async (request, response) => {
    const attempt = kept(house, request)
    response.clearCookie(cookieName(house, COOKIE), attributes(house))
    const found = attempt && (await (await ready()).finish(callbackUrl(openId.redirectUri, request), attempt))
    if (found === 'weak') return refuse(house, response, 'weak')
    const staff = found && (await house.store.staffList()).find((one) => one.openId === found.subject)
    if (!staff || staff.disabled) return refuse(house, response, 'refused')
    setCookie(
      house,
      response,
      await beginSession(house, staff, { by: 'open-id', device: deviceOf(request.headers['user-agent']) }),
    )
    response.redirect(303, '/desk')
  })
  return router
}

/** The provider saw our own address; what a proxy in front of us calls itself does not matter. */
function callbackUrl(redirectUri: string, request: Request): URL {
  const url = new URL(redirectUri)
  url.search = new URL(request.originalUrl, 'http://any').search
  return url
}

async function refuse(house: House, response: Response, why: 'refused' | 'weak'): Promise<void> {
  const at = house.clock.now().toISOString()
  const detail = { by: 'open-id', ...(why === 'weak' && { why }) }
  await house.store.record({
    event: 'staff.sign-in-failed',
    at,
    actor: 'unknown',
    conversation: null,
    lead: null,
    detail,
  })
  response.redirect(303, `/desk?sign-in=${why}`)
}

/** Lax, so that it comes back with the browser from the provider; sealed, and of no use elsewhere. */
function attributes(house: House) {
  return { httpOnly: true, sameSite: 'lax', path: COOKIE_PATH, secure: house.config.production } as const
}

function keep(house: House, response: Response, attempt: Attempt): void {
  const until = house.clock.now().getTime() + LIFE_MS
  const value = sealJson(house.vault.derive(ABOUT), { ...attempt, until }, ABOUT).toString('base64url')
  response.cookie(cookieName(house, COOKIE), value, { ...attributes(house), maxAge: LIFE_MS })
}

function kept(house: House, request: Request): Attempt | null {
  const value = cookieOf(house, request, COOKIE)
  if (value === null || !/^[\w-]+$/.test(value)) return null
  try {
    const opened = openedByAny(house.vault.deriveAll(ABOUT), Buffer.from(value, 'base64url'), ABOUT)
    const attempt = Kept.parse(opened)
    return attempt.until > house.clock.now().getTime() ? attempt : null
  } catch {
    return null
  }
}
