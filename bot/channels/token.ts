/**
 * Conversation tokens: signed, for one conversation, refreshable while they live.
 *
 * A JWT (HS256) with a string claim `user`, because Microsoft's clients read it without verifying. Of all that a
 * JWT may be, only what is signed here is taken (`signed-claims`). What was verified once is remembered, and its end
 * is looked at each time; that a conversation was erased is the store's to say. The memory is asked by the whole token,
 * under hashes seeded by chance: how long that takes tells nothing of a token to whoever does not hold it.
 */
import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { AdmissionsError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { readSigned, signClaims } from './signed-claims.ts'

/** Half an hour: clients refresh every fifteen minutes and ignore `expires_in`. */
export const TOKEN_LIFE_S = 1_800
const STREAM_LIFE_S = 60
/** A page without script cannot refresh its token: four hours between two forms. */
const FORM_LIFE_S = 14_400
const REMEMBERED = 20_000

const Claims = z.object({
  aud: z.string(),
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
  sign(grant: Grant): string
  /** @throws AdmissionsError `TokenExpired`, `Forbidden`. */
  verify(token: string): Grant
  /** A token for the WebSocket's URL, good for a minute. */
  signStream(grant: Grant): string
  verifyStream(token: string): Grant
  /** A token for the form of a page without script; it opens nothing else. */
  signForm(grant: Grant): string
  /** null for one that is not good any more, or never was. */
  verifyForm(token: string): Grant | null
}

type Use = 'chat' | 'stream' | 'form'

interface Verified {
  readonly grant: Grant
  readonly exp: number
}

type Memory = Record<Use, Map<string, Verified>>

/** What was verified while the same key signed; under a new one a former may be over, so all is verified anew. */
function memoryOf(signing: () => KeyObject): () => Memory {
  const empty = (): Memory => ({ chat: new Map(), stream: new Map(), form: new Map() })
  let [since, memory] = [signing(), empty()]
  return () => {
    if (since !== signing()) [since, memory] = [signing(), empty()]
    return memory
  }
}

/** @param keys - the one that signs, and behind it those whose tokens are still taken. */
export function createTokens(keys: () => readonly KeyObject[], clock: Clock): Tokens {
  const signing = (): KeyObject => keys()[0] as KeyObject
  const remembered = memoryOf(signing)
  const nowS = () => Math.floor(clock.now().getTime() / 1000)

  function sign({ conversation, program, user, origins }: Grant, use: Use, lifeS: number): string {
    const iat = nowS()
    const about = { conv: conversation, program, ...(user ? { user } : {}), ...(origins ? { origins } : {}) }
    return signClaims(signing(), { ...about, aud: use, iat, exp: iat + lifeS, jti: crypto.randomUUID() })
  }

  function verify(token: string, use: Use): Grant {
    const verified = remembered()
    const known = verified[use].get(token)
    if (known && known.exp > nowS()) return known.grant
    const claims = Claims.safeParse(readSignedByAny(keys(), token))
    if (!claims.success || claims.data.aud !== use) refuse()
    const { conv, program, user, origins, exp } = claims.data
    if (exp <= nowS()) throw new AdmissionsError('TokenExpired', 'The token has expired: get a new one.')
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
    verifyForm(token) {
      try {
        return verify(token, 'form')
      } catch {
        return null
      }
    },
  }
}

function readSignedByAny(keys: readonly KeyObject[], token: string): unknown {
  for (const key of keys) {
    const claims = readSigned(key, token)
    if (claims !== null) return claims
  }
  return null
}

function remember(verified: Map<string, Verified>, token: string, one: Verified): void {
  if (verified.size >= REMEMBERED) verified.delete(verified.keys().next().value as string)
  verified.set(token, one)
}

function refuse(): never {
  throw new AdmissionsError('Forbidden', 'The token is not valid here: get one from the token address.')
}
