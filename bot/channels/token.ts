/**
 * Conversation tokens: signed, for one conversation, refreshable while they live.
 *
 * A JWT with a string claim `user`, because Microsoft's clients read it without verifying. What was
 * verified once is remembered for its life, so that a turn does not pay for the signature again.
 */
import type { KeyObject } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { AdmissionsError } from '../errors.ts'
import type { Clock } from '../ports.ts'

/** Half an hour: clients refresh every fifteen minutes and ignore `expires_in`. */
export const TOKEN_LIFE_S = 1_800
const STREAM_LIFE_S = 60
/** A page without script cannot refresh its token: four hours between two forms. */
const FORM_LIFE_S = 14_400
const REMEMBERED = 20_000

const Claims = z.object({
  conv: z.string(),
  program: z.string(),
  user: z.string().optional(),
  origins: z.array(z.string()).optional(),
  exp: z.number(),
})

export interface Grant {
  readonly conversation: string
  readonly program: string
  /** Absent when the secret's holder named no user: then the first post names one. */
  readonly user?: string
  /** Origins that the secret's holder trusted, beside the program's own list. */
  readonly origins?: readonly string[]
}

export interface Tokens {
  sign(grant: Grant): Promise<string>
  /** @throws AdmissionsError `TokenExpired`, `Forbidden`. */
  verify(token: string): Promise<Grant>
  /** A token for the WebSocket's URL, good for a minute. */
  signStream(grant: Grant): Promise<string>
  verifyStream(token: string): Promise<Grant>
  /** A token for the form of a page without script; it opens nothing else. */
  signForm(grant: Grant): Promise<string>
  verifyForm(token: string): Promise<Grant>
}

type Use = 'chat' | 'stream' | 'form'

interface Verified {
  readonly grant: Grant
  readonly exp: number
}

const memory = (): Record<Use, Map<string, Verified>> => ({ chat: new Map(), stream: new Map(), form: new Map() })

export function createTokens(key: KeyObject, clock: Clock): Tokens {
  const verified = memory()
  const nowS = () => Math.floor(clock.now().getTime() / 1000)

  async function sign(grant: Grant, use: Use, lifeS: number): Promise<string> {
    const { conversation, program, user, origins } = grant
    return new SignJWT({ conv: conversation, program, ...(user ? { user } : {}), ...(origins ? { origins } : {}) })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setAudience(use)
      .setIssuedAt(nowS())
      .setExpirationTime(nowS() + lifeS)
      .setJti(crypto.randomUUID())
      .sign(key)
  }

  async function verify(token: string, use: Use): Promise<Grant> {
    const known = verified[use].get(token)
    if (known && known.exp > nowS()) return known.grant
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      audience: use,
      currentDate: clock.now(),
    }).catch(refuse)
    const { conv, program, user, origins, exp } = Claims.parse(payload)
    const grant = { conversation: conv, program, ...(user ? { user } : {}), ...(origins ? { origins } : {}) }
    remember(verified[use], token, { grant, exp })
    return grant
  }

  return {
    sign: (grant) => sign(grant, 'chat', TOKEN_LIFE_S),
    verify: (token) => verify(token, 'chat'),
    signStream: (grant) => sign(grant, 'stream', STREAM_LIFE_S),
    verifyStream: (token) => verify(token, 'stream'),
    signForm: (grant) => sign(grant, 'form', FORM_LIFE_S),
    verifyForm: (token) => verify(token, 'form'),
  }
}

function remember(verified: Map<string, Verified>, token: string, one: Verified): void {
  if (verified.size >= REMEMBERED) verified.delete(verified.keys().next().value as string)
  verified.set(token, one)
}

function refuse(cause: unknown): never {
  if (cause instanceof errors.JWTExpired) {
    throw new AdmissionsError('TokenExpired', 'The token has expired: get a new one.', { cause })
  }
  throw new AdmissionsError('Forbidden', 'The token is not valid here: get one from the token address.', { cause })
}
