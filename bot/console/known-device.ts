/**
 * Browsers in which somebody has signed in before: their tries are counted by themselves.
 *
 * So whoever fails on purpose under somebody's name makes strangers wait for that name, and not her at her desk (OWASP
 * ASVS 5.0, 6.1.1; OWASP "Slow down online guessing attacks with device cookies"). A cookie opens nothing: it has its
 * own five tries, as a name has.
 */
import { createHash, randomUUID } from 'node:crypto'
import type { Request, Response } from 'express'
import { z } from 'zod'
import type { House } from '../house.ts'
import { openedByAny, sealJson } from '../keeping/vault.ts'
import { COOKIE_PATH, cookieName, cookieOf } from './cookies.ts'

const LIFE_MS = 90 * 86_400_000
const ABOUT = 'known device'
const Kept = z.object({ name: z.string(), device: z.string(), until: z.number() })

/** Several people may sign in at one desk: each name has a cookie of its own. */
const cookieFor = (name: string): string =>
  `porchlight-known-${createHash('sha256').update(name.toLowerCase()).digest('hex').slice(0, 16)}`

/** @returns an id of this browser for this name, or null where nobody of this name has signed in. */
export function knownDevice(house: House, request: Request, name: string): string | null {
  const value = cookieOf(house, request, cookieFor(name))
  if (value === null || !/^[\w-]{1,500}$/.test(value)) return null
  try {
    const kept = Kept.parse(openedByAny(house.vault.deriveAll(ABOUT), Buffer.from(value, 'base64url'), ABOUT))
    const isHers = kept.name === name.toLowerCase() && kept.until > house.clock.now().getTime()
    return isHers ? kept.device : null
  } catch {
    return null
  }
}

/** She has signed in here; a browser that is known already keeps its id, so that its tries go on being counted. */
export function rememberDevice(house: House, given: { request: Request; response: Response; name: string }): void {
  const { request, response, name } = given
  const device = knownDevice(house, request, name) ?? randomUUID()
  const until = house.clock.now().getTime() + LIFE_MS
  const kept = { name: name.toLowerCase(), device, until }
  const value = sealJson(house.vault.derive(ABOUT), kept, ABOUT).toString('base64url')
  response.cookie(cookieName(house, cookieFor(name)), value, {
    httpOnly: true,
    sameSite: 'strict',
    path: COOKIE_PATH,
    secure: house.config.production,
    maxAge: LIFE_MS,
  })
}
