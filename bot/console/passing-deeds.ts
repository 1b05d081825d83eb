/**
 * What else the holder of a lead does: hands it to a colleague, puts it off to the next try, and what may be undone.
 */
import { z } from 'zod'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { nullIfIllegible } from '../keeping/legible.ts'
import type { LeadRecord, StaffRecord } from '../ports.ts'
import { acuityRank } from '../queue/lead-order.ts'
import { changeHands } from '../turn/staff-speaks.ts'
import { done, type Held, leaseFrom, letGoOfChat } from './lead-deeds.ts'
import { tell, trailOf } from './lead-trail.ts'
import { addNote } from './notes.ts'
import { parseBody } from './parse-body.ts'
import { sees } from './staff-accounts.ts'

const Transfer = z.object({ to: z.string().min(1).max(60) })
const NextTry = z.object({
  /** How this try ended. */
  outcome: z.enum(['reached', 'voicemail', 'no-answer']),
  at: z.iso.datetime({ offset: true }),
  note: z.string().max(10_000).default(''),
})
const LATEST_MS = 31 * 86_400_000
const UNDO_MS = 30 * 60_000

/** Colleagues who could take a lead of this program over. */
export async function colleagues(house: House, lead: LeadRecord, me: StaffRecord): Promise<string[]> {
  const all = await house.store.staffList()
  return all.filter((one) => one.name !== me.name && !one.disabled && sees(one, lead.program)).map((one) => one.name)
}

/** The colleague holds it at once, and has the chat if there was one. @throws AdmissionsError `REQUEST_INVALID`. */
export async function transfer(house: House, { lead, by, fence, body }: Held) {
  const { to } = parseBody(Transfer, body)
  const colleague = await house.store.staff(to)
  if (!colleague || colleague.disabled || !sees(colleague, lead.program))
    throw new AdmissionsError('REQUEST_INVALID', 'There is no colleague of this name for this program.')
  const { at, until } = leaseFrom(house)
  const after = { ...lead, fence: fence + 1 }
  const event = trailOf(house, after, { event: 'lead.transferred', actor: by, detail: { to } })
  const handed = done(await house.store.transfer(lead.id, fence, { by: to, at, until, event }))
  const live = await house.conversations.load(lead.conversation).catch(nullIfIllegible)
  const isLive = live?.state.staff?.name === by
  if (isLive) await changeHands(house, lead.conversation, { by: to, audit: [] })
  await tell(house, handed, event.event)
  return { claimedBy: to }
}

/** The lead waits for its next try, in everybody's queue, with that time as its promise. */
export async function callAgain(house: House, held: Held) {
  const { outcome, at, note } = parseBody(NextTry, held.body)
  const now = house.clock.now()
  const wait = Date.parse(at) - now.getTime()
  if (wait <= 0 || wait > LATEST_MS)
    throw new AdmissionsError('REQUEST_INVALID', 'at lies within the next 31 days, not in the past.')
  if (note.trim() !== '') await addNote(house, held.lead, { by: held.by, text: note.trim() })
  await letGoOfChat(house, held)
  const { acuity, route } = held.lead
  const dueAt = new Date(at).toISOString()
  const did = { event: 'lead.call-again', actor: held.by, detail: { outcome, dueAt } }
  const event = trailOf(house, held.lead, did)
  const again = { at: now.toISOString(), dueAt, rank: acuityRank(acuity, route), event }
  const waiting = done(await house.store.callAgain(held.lead.id, held.fence, again))
  await tell(house, waiting, did.event)
  return { state: waiting.state, promise: { dueAt: waiting.dueAt } }
}

/**
 * Undoes a close within half an hour: whoever closed it, or an admin.
 *
 * @throws AdmissionsError `NOT_PERMITTED` later or for others, `LEAD_CLOSED` never: a lead that waits is left as it is.
 */
export async function reopen(house: House, lead: LeadRecord, staff: StaffRecord) {
  if (lead.state !== 'closed') throw new AdmissionsError('REQUEST_INVALID', 'This lead is not closed.')
  const closedLately =
    lead.claimedBy === staff.name && (await closedAt(house, lead)) > house.clock.now().getTime() - UNDO_MS
  if (!closedLately && staff.role !== 'admin')
    throw new AdmissionsError(
      'NOT_PERMITTED',
      'A close is undone within half an hour by whoever closed it, or by an admin.',
    )
  const event = trailOf(house, lead, { event: 'lead.reopened', actor: staff.name })
  const reopened = await house.store.reopen(lead.id, event)
  if (!reopened) throw new AdmissionsError('LEAD_NOT_FOUND', 'No closed lead has this id.')
  await tell(house, reopened, event.event)
  return { state: reopened.state }
}

/** When it was closed, from the newest entries of the trail; 0 when that is longer ago. */
async function closedAt(house: House, lead: LeadRecord): Promise<number> {
  const trail = await house.store.auditTrail(1_000, null)
  const closed = trail.find((one) => one.event === 'lead.closed' && one.lead === lead.id)
  return closed ? Date.parse(closed.at) : 0
}
