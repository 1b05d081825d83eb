/**
 * For those who run the service: is it alive, is it ready, what are its figures.
 */
import { Router } from 'express'
import type { House } from '../house.ts'

export function operationRoutes(house: House): Router {
  const router = Router()
  router.get('/healthz', (_request, response) => void response.json({ status: 'alive' }))
  router.get('/readyz', async (_request, response) => {
    const fault = house.leaving.signal.aborted
      ? 'leaving'
      : await house.store.check().then(
          () => null,
          () => 'store',
        )
    const clockSkewMs = house.exchange?.clockSkewMs() ?? null
    const beside = clockSkewMs === null ? {} : { clockSkewMs }
    response
      .status(fault === null ? 200 : 503)
      .json(fault === null ? { status: 'ready', ...beside } : { status: 'not-ready', fault, ...beside })
  })
  router.get('/metrics', async (_request, response) => {
    response.type(house.metrics.registry.contentType).send(await house.metrics.registry.metrics())
  })
  return router
}
