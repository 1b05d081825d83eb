/**
 * Legal holds from the desk: for the role admin, on one lead's conversation.
 */
import { Router } from 'express'
import { z } from 'zod'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { HoldReason, holdOf, liftHold, placeHold } from '../keeping/legal-hold.ts'
import type { LeadRecord, StaffRecord } from '../ports.ts'
import { tellDesks } from './lead-trail.ts'
import { parseBody } from './parse-body.ts'

const Placing = z.object({ reason: HoldReason })

type LeadOf = (house: House, id: string, staff: StaffRecord) => Promise<LeadRecord>

/** @param leadFor - finds a lead that this person may see. */
export function holdRoutes(house: House, leadFor: LeadOf): Router {
  const router = Router()
  router.post('/:id/hold', async (request, response) => {
    const { staff } = response.locals
    const lead = await leadFor(house, request.params.id, onlyAdmin(staff))
    const { reason } = parseBody(Placing, request.body)
    await placeHold(house, lead.conversation, { by: staff.name, reason })
    tellDesks(house, lead)
    response.json({ hold: await holdOf(house.store, lead.conversation) })
  })
  router.post('/:id/lift-hold', async (request, response) => {
    const { staff } = response.locals
    const lead = await leadFor(house, request.params.id, onlyAdmin(staff))
    await liftHold(house, lead.conversation, staff.name)
    tellDesks(house, lead)
    response.json({ hold: null })
  })
  return router
}

function onlyAdmin(staff: StaffRecord): StaffRecord {
  if (staff.role !== 'admin') throw new AdmissionsError('NOT_PERMITTED', 'A legal hold is for the role admin.')
  return staff
}
