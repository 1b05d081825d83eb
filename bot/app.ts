/**
 * The HTTP face of the service: which address leads where, and what every answer carries.
 *
 * Security headers have their reason beside them. Errors leave as `{error: {code, message}}` and
 * never with a visitor's words; what is not ours is `ServiceError`, logged by code only.
 */
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express'
import { chatRoutes } from './channels/chat-routes.ts'
import type { DirectLine } from './channels/direct-line.ts'
import { deskRouter } from './console/desk-routes.ts'
import { AdmissionsError } from './errors.ts'
import type { House } from './house.ts'
import { operationRoutes } from './operation-routes.ts'
import { pageRoutes } from './pages/page-routes.ts'
import { pageInstead, plainRoutes } from './plain/routes.ts'
import { hubRoutes } from './subscribers/hub-routes.ts'

/** Direct Line allows 256 K characters; what a chat needs is far less. */
const BODY_LIMIT = '256kb'

export function createApp(house: House, chat: DirectLine, azure: Router | null): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', 'simple')
  app.set('trust proxy', [...house.config.trustedProxies])
  app.use(draining(house))
  app.use(baseHeaders)
  app.use(operationRoutes(house))
  app.use(pageRoutes(house, chat.tokens))
  app.use(plainRoutes(chat))
  app.use('/chat', pageInstead(chat))
  app.use(hubRoutes(house))
  app.use(express.json({ limit: BODY_LIMIT, type: ['application/json', 'application/*+json'] }))
  app.use(chatRoutes(chat))
  if (azure) app.use(azure)
  app.use('/desk', deskRouter(house))
  app.use(() => {
    throw new AdmissionsError('NOT_FOUND', 'There is nothing at this address.')
  })
  app.use(errorAnswer(house))
  return app
}

/** While this machine is leaving, each answer asks the proxy not to come back on this connection. */
function draining(house: House): RequestHandler {
  return (_request, response, next) => {
    if (house.leaving.signal.aborted) response.set('Connection', 'close')
    next()
  }
}

const baseHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    // Answers hold what people said: no cache may keep them.
    'Cache-Control': 'no-store',
    // A file is what we say it is.
    'X-Content-Type-Options': 'nosniff',
    // No address of ours, with its ids, reaches another site.
    'Referrer-Policy': 'no-referrer',
  })
  next()
}

function errorAnswer(house: House): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error)
    const known = toAdmissionsError(error, request.path)
    if (known.status >= 500) house.log.error({ event: 'request.failed', code: known.code, cause: causeName(known) })
    if (known.retryAfter !== null) response.set('Retry-After', known.retryAfter)
    response.status(known.status).json(known.toBody())
  }
}

/** The name of what lies behind it, never its message, which may quote a request. */
function causeName(error: AdmissionsError): string {
  const { cause } = error
  if (cause instanceof AdmissionsError) return causeName(cause)
  return cause instanceof Error ? cause.name : 'none'
}

function toAdmissionsError(error: unknown, path: string): AdmissionsError {
  if (error instanceof AdmissionsError) return error
  const type = error !== null && typeof error === 'object' && 'type' in error ? error.type : null
  if (type === 'entity.too.large') {
    const limit = path.endsWith('/upload')
      ? 'A photo has at most 10 MB.'
      : 'The request is larger than 256 kB: shorten it.'
    return new AdmissionsError('MessageSizeTooBig', limit)
  }
  const status = error !== null && typeof error === 'object' && 'status' in error ? error.status : null
  if (typeof status === 'number' && status >= 400 && status < 500) {
    const code = path.startsWith('/desk') ? 'REQUEST_INVALID' : 'MalformedData'
    return new AdmissionsError(code, 'The request could not be read: send valid JSON in UTF-8 and a valid address.')
  }
  return new AdmissionsError('ServiceError', 'Something failed on our side: send it again.', { cause: error })
}
