/**
 * From an unanswered question to a fact, at the desk: stated by one, passed by another, or set aside.
 *
 * GET /facts lists the entries of one's programs with what is due, GET /facts/waiting only counts them; POST
 * /facts states one (/facts/try only looks at it), POST /facts/ID/review passes or returns it, /confirm says
 * that it still holds, /withdraw ends it; POST /unanswered/set-aside marks a topic or questions as out of scope.
 */
import { Router } from 'express'
import { faultsOf } from '../../knowledge/staff/staff-fact.ts'
import type { House } from '../house.ts'
import { Confirming, Reviewing, SettingAside, Withdrawing } from '../learning/deeds.ts'
import { dueOf, isInFolder, type Learned, learnedBy, Stating, statementOf } from '../learning/learned.ts'
import { confirm, review, setAside, state, tryStatement, withdraw } from '../learning/stating.ts'
import type { StaffRecord } from '../ports.ts'
import { parseBody } from './parse-body.ts'

export function learningRoutes(house: House): Router {
  const router = Router()
  router.get('/facts', async (_request, response) => {
    const entries = await learnedBy(house, response.locals.staff.programs)
    response.json({ facts: entries.map((entry) => shown(house, entry)) })
  })
  router.get('/facts/waiting', async (_request, response) => {
    response.json(await waiting(house, response.locals.staff))
  })
  router.post('/facts', async (request, response) => {
    response.json(await state(house, response.locals.staff, parseBody(Stating, request.body)))
  })
  router.post('/facts/try', async (request, response) => {
    response.json(await tryStatement(house, response.locals.staff, parseBody(Stating, request.body)))
  })
  router.post('/facts/:id/review', async (request, response) => {
    const said = parseBody(Reviewing, request.body)
    response.json(await review(house, response.locals.staff, { id: request.params.id, ...said }))
  })
  router.post('/facts/:id/confirm', async (request, response) => {
    const said = parseBody(Confirming, request.body)
    response.json(await confirm(house, response.locals.staff, { id: request.params.id, ...said }))
  })
  router.post('/facts/:id/withdraw', async (request, response) => {
    const said = parseBody(Withdrawing, request.body)
    response.json(await withdraw(house, response.locals.staff, { id: request.params.id, ...said }))
  })
  router.post('/unanswered/set-aside', async (request, response) => {
    response.json(await setAside(house, response.locals.staff, parseBody(SettingAside, request.body)))
  })
  return router
}

/** An entry with what a person should see about it. */
function shown(house: House, entry: Learned) {
  const program = house.world.programs.get(entry.program)
  const isWritten = program !== undefined && isInFolder(entry, program)
  const isLooked = entry.stated !== null && program !== undefined && !isWritten
  const isLive = entry.state === 'said' || entry.state === 'awaits-review'
  return {
    ...entry,
    due: dueOf(entry, today(house)),
    /** It stands in the program's files by now, and they speak for it. */
    isInFolder: isWritten,
    /** An example that no longer leads to it, a promise: what keeps it from being passed, or needs mending. */
    faults: isLooked && isLive ? faultsOf(statementOf(entry), program.knowledge) : [],
  }
}

/** What waits for this person: others' statements to read, her own that came back, and what is due. */
async function waiting(house: House, { name, programs }: StaffRecord) {
  const entries = await learnedBy(house, programs)
  const count = (isIt: (entry: Learned) => boolean): number => entries.filter(isIt).length
  return {
    toReview: count(({ state: is, by }) => is === 'awaits-review' && by !== name),
    returned: count(({ state: is, by }) => is === 'returned' && by === name),
    due: count((entry) => {
      const program = house.world.programs.get(entry.program)
      return dueOf(entry, today(house)) !== null && !(program && isInFolder(entry, program))
    }),
  }
}

function today(house: House): string {
  return house.clock.now().toISOString().slice(0, 10)
}
