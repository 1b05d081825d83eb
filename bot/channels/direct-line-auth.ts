/**
 * Who may do what on the Direct Line end point: the secret, or the token of one conversation.
 *
 * A token opens its own conversation only; a page's origin is checked after the token, so that a
 * stolen token is of no use on another site.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { isAllowedOrigin } from '../limits/origins.ts'
import type { Grant, Tokens } from './token.ts'

type Asking = Pick<IncomingMessage, 'headers'>

export interface DirectLineAuth {
  /** @throws AdmissionsError `Unauthorized`, `Forbidden`. */
  requireSecret(request: Asking): void
  /** The grant of a token, or null for the secret. */
  grant(request: Asking): Promise<Grant | null>
  /** The grant, which must be for this conversation; the secret is for any. */
  grantFor(request: Asking, conversation: string): Promise<Grant | null>
}

export function createDirectLineAuth(house: House, tokens: Tokens, secret: string): DirectLineAuth {
  const secretHash = digest(secret)
  const isSecret = (bearer: string): boolean => timingSafeEqual(digest(bearer), secretHash)

  async function grant(request: Asking): Promise<Grant | null> {
    const bearer = bearerOf(request)
    if (!bearer.includes('.') && isSecret(bearer)) return null
    const granted = tokens.verify(bearer)
    const { origin, host } = request.headers
    if (!isAllowedOrigin(house, origin, { program: granted.program, host, trusted: granted.origins })) {
      throw new AdmissionsError('ORIGIN_NOT_ALLOWED', 'This site is not on the list of the program.')
    }
    return granted
  }

  return {
    requireSecret(request) {
      if (!isSecret(bearerOf(request))) throw new AdmissionsError('Forbidden', 'This needs the Direct Line secret.')
    },
    grant,
    async grantFor(request, conversation) {
      const granted = await grant(request)
      if (granted !== null && granted.conversation !== conversation) {
        throw new AdmissionsError('Forbidden', 'The token is for another conversation.')
      }
      return granted
    },
  }
}

function bearerOf(request: Asking): string {
  const match = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(request.headers.authorization ?? '')
  if (!match) throw new AdmissionsError('Unauthorized', 'Authorization is missing: send "Bearer" and a token.')
  return match[1] as string
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest()
}
