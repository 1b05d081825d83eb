/**
 * From an unanswered question to a fact, at the desk: stated by one, passed by another, or set aside.
 *
 * GET /facts lists the entries of one's programs; POST /facts states one; POST /facts/ID/review passes or
 * returns it; POST /unanswered/set-aside marks a topic or questions as out of scope.
 */
import { Router } from 'express'
import type { House } from '../house.ts'
import { learnedBy, Reviewing, review, SettingAside, Stating, setAside, state } from '../learning/learned.ts'
import { parseBody } from './parse-body.ts'

export function learningRoutes(house: House): Router {
  const router = Router()
  router.get('/facts', async (_request, response) => {
    response.json({ facts: await learnedBy(house, response.locals.staff.programs) })
  })
  router.post('/facts', async (request, response) => {
    response.json(await state(house, response.locals.staff, parseBody(Stating, request.body)))
  })
  router.post('/facts/:id/review', async (request, response) => {
    const said = parseBody(Reviewing, request.body)
    response.json(await review(house, response.locals.staff, { id: request.params.id, ...said }))
  })
  router.post('/unanswered/set-aside', async (request, response) => {
    response.json(await setAside(house, response.locals.staff, parseBody(SettingAside, request.body)))
  })
  return router
}
