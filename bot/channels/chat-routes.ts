/**
 * The addresses of the chat: the browser's door to a token, and Direct Line behind it.
 *
 * CORS answers every origin with its own name, errors included, so that a page's script can read why
 * it was refused; whether the origin may do anything is decided afterwards (`origins`).
 */
import { type Request, type RequestHandler, Router } from 'express'
import { AdmissionsError } from '../errors.ts'
import { isAllowedOrigin } from '../limits/origins.ts'
import { addressPrefix } from '../limits/rate-limit.ts'
import { newId } from '../turn/conversations.ts'
import { type DirectLine, directLineRouter } from './direct-line.ts'
import { corsHeaders } from './quick-routes.ts'
import { TOKEN_LIFE_S } from './token.ts'

const ALLOWED_HEADERS = 'authorization, content-type, accept, x-ms-bot-agent, x-requested-with'

export function chatRoutes(line: DirectLine): Router {
  const router = Router()
  router.use(['/v3/directline', '/programs'], cors)
  router.post(
    '/programs/:program/token',
    async (request, response) => void response.json(await browserToken(line, request)),
  )
  router.use('/v3/directline', directLineRouter(line))
  return router
}

const cors: RequestHandler = (request, response, next) => {
  response.set(corsHeaders(request.headers.origin))
  if (request.method !== 'OPTIONS') return next()
  response.set('Access-Control-Allow-Methods', 'GET, POST, OPTIONS')
  response.set('Access-Control-Allow-Headers', ALLOWED_HEADERS)
  response.set('Access-Control-Max-Age', '86400')
  response.status(204).end()
}

async function browserToken(line: DirectLine, request: Request<{ program: string }>) {
  const { program } = request.params
  if (!line.house.world.programs.has(program)) {
    throw new AdmissionsError('PROGRAM_NOT_FOUND', 'No program has this id: check the tag on your page.')
  }
  const { origin, host } = request.headers
  if (!isAllowedOrigin(line.house, origin, { program, host })) {
    throw new AdmissionsError(
      'ORIGIN_NOT_ALLOWED',
      'This site is not on the list of the program: add it to its program.yaml.',
    )
  }
  const wait = line.startLimit.take(`token ${addressPrefix(request.ip)}`)
  if (wait > 0)
    throw new AdmissionsError('RATE_LIMITED', 'Too many chats from this network: wait a moment.', {
      retryAfter: String(wait),
    })
  const grant = { conversation: newId(), program, user: newId('dl_') }
  return { conversationId: grant.conversation, token: line.tokens.sign(grant), expires_in: TOKEN_LIFE_S }
}
