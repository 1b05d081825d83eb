/**
 * The verification packet on the desk: the card's picture under audit, the worksheet, and the end of a check.
 */
import type { Response } from 'express'
import { z } from 'zod'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { permit } from '../outbox/exits.ts'
import { keepWorksheet, mayAsk, Worksheet } from '../outbox/verification.ts'
import { dropPhotos, openPhoto, photosToDrop } from '../photos/keep-photo.ts'
import type { LeadRecord } from '../ports.ts'
import { slotOf } from '../slots/calendar.ts'
import { icsOf } from '../slots/ics.ts'
import { newId } from '../turn/conversations.ts'
import { takeInput } from '../turn/take-input.ts'
import type { Held } from './lead-deeds.ts'
import { record, tell, trailOf } from './lead-trail.ts'
import { parseBody } from './parse-body.ts'

/** Every look at a card is written down, however often. @throws AdmissionsError `NOT_FOUND`. */
export async function showPhoto(house: House, lead: LeadRecord, shown: { id: string; by: string; response: Response }) {
  const { id, by, response } = shown
  const live = await house.conversations.load(lead.conversation)
  const jpeg = live && (await openPhoto(house, live, id))
  if (!jpeg) throw new AdmissionsError('NOT_FOUND', 'This photo is gone: it was deleted, or the visitor took it back.')
  await record(house, lead, { event: 'photo.viewed', actor: by, detail: { photo: id } })
  response.set(
    'Content-Security-Policy',
    "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
  )
  response.type('image/jpeg').send(jpeg)
}

/** The kept time as a file for the staff's own calendar. @throws AdmissionsError `NOT_FOUND`, `CONSENT_REQUIRED`. */
export async function appointmentFile(house: House, lead: LeadRecord, by: string): Promise<string> {
  const live = await house.conversations.load(lead.conversation)
  const start = live && (await slotOf(house, live))
  if (!live || !start) throw new AdmissionsError('NOT_FOUND', 'No time is kept for this lead.')
  const now = house.clock.now()
  if (permit('write-calendar', { state: live.state, lead, at: now.toISOString() }) === null) {
    throw new AdmissionsError('CONSENT_REQUIRED', 'The person has not given a permission that is in force for this.')
  }
  await record(house, lead, { event: 'lead.exported', actor: by, detail: { form: 'ics' } })
  const minutes = house.world.programs.get(lead.program)?.knowledge.assessments?.minutes ?? 30
  return icsOf({ id: lead.id, start, minutes, summary: 'Phone call', now })
}

const Saving = z.object({ fence: z.number(), worksheet: Worksheet })

/** Keeps what was filled in. With an outcome the check is over: the visitor hears that it was done. */
export async function saveWorksheet(house: House, held: Held) {
  const { worksheet } = parseBody(Saving, held.body)
  const { conversation } = held.lead
  const live = await house.conversations.load(conversation)
  if (!live) throw new AdmissionsError('NOT_FOUND', 'The visitor erased this conversation.')
  const { outcome } = worksheet
  const did = { event: 'worksheet.saved', actor: held.by, detail: { outcome: outcome ?? 'none' } }
  await keepWorksheet(house, live, { sheet: worksheet, event: trailOf(house, held.lead, did) })
  if (outcome !== null) {
    await takeInput(house, conversation, { inputs: (_, at) => [{ type: 'coverage-checked', outcome, at }] })
  }
  await tell(house, held.lead, did.event)
  return { saved: true }
}

/** Asks the payer's system under the visitor's permission. @throws AdmissionsError `CONSENT_REQUIRED`. */
export async function askPayer(house: House, held: Held) {
  const { conversation } = held.lead
  const live = await house.conversations.load(conversation)
  if (!live || mayAsk(house, live) === null) {
    throw new AdmissionsError('CONSENT_REQUIRED', 'There is no permission to ask this insurer: ask the visitor first.')
  }
  const id = newId('check_')
  await takeInput(house, conversation, {
    inputs: () => [],
    audit: [trailOf(house, held.lead, { event: 'payer.asked', actor: held.by })],
    effects: (at) => [{ id, kind: 'ask-payer', conversation, detail: {}, dueAt: at, attempts: 0 }],
  })
  return { asked: true }
}

/** Staff stand for what the plan says: the photos are no longer needed. */
export async function confirmCoverage(house: House, held: Held) {
  const { conversation } = held.lead
  const photos = (await photosToDrop(house, conversation)).length
  const did = { event: 'coverage.confirmed', actor: held.by, detail: { photosDeleted: photos } }
  await takeInput(house, conversation, {
    inputs: (_, at) => [{ type: 'coverage-checked', outcome: 'confirmed', at }],
    audit: [trailOf(house, held.lead, did)],
  })
  await dropPhotos(house, conversation)
  await tell(house, held.lead, did.event)
  return { photosDeleted: photos }
}
