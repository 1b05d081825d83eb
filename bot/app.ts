/**
 * The HTTP face of the service: which address leads where, and what every answer carries.
 *
 * Security headers have their reason beside them. Errors leave as `{error: {code, message}}` and
 * never with a visitor's words; what is not ours is `ServiceError`, logged by code only.
 */
import express, { type ErrorRequestHandler, type Express, type Router } from 'express'
import { baseHeaders, errorAnswer } from './answers.ts'
import { chatRoutes } from './channels/chat-routes.ts'
import type { DirectLine } from './channels/direct-line.ts'
import { BODY_MAX_BYTES } from './channels/quick-routes.ts'
import { deskRouter } from './console/desk-routes.ts'
import { AdmissionsError } from './errors.ts'
import type { House } from './house.ts'
import { operationRoutes } from './operation/operation-routes.ts'
import { pageRoutes } from './pages/page-routes.ts'
import { pageInstead, plainRoutes } from './plain/routes.ts'
import { hubRoutes } from './subscribers/hub-routes.ts'

export function createApp(house: House, chat: DirectLine, azure: Router | null): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', 'simple')
  app.set('trust proxy', [...house.config.trustedProxies])
  app.use((_request, response, next) => {
    response.set(baseHeaders(house))
    next()
  })
  app.use(operationRoutes(house))
  app.use(pageRoutes(house, chat.tokens))
  app.use(plainRoutes(chat))
  app.use('/chat', pageInstead(chat))
  app.use(hubRoutes(house))
  app.use(express.json({ limit: BODY_MAX_BYTES, type: ['application/json', 'application/*+json'] }))
  app.use(chatRoutes(chat))
  if (azure) app.use(azure)
  app.use('/desk', deskRouter(house))
  app.use(() => {
    throw new AdmissionsError('NOT_FOUND', 'There is nothing at this address.')
  })
  app.use(errors(house))
  return app
}

function errors(house: House): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error)
    const { status, headers, body } = errorAnswer(house, error, request.path)
    response.status(status).set(headers).json(body)
  }
}
