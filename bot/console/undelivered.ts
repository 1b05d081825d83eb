/**
 * Notices that never went through: shown on the desk until somebody has them sent again.
 *
 * Each was tried ten times over four days; what it was about is in the queue all the while.
 */
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { StaffRecord } from '../ports.ts'
import { sees } from './staff-accounts.ts'

const SHOWN = 200

export async function undelivered(house: House, staff: StaffRecord) {
  const effects = await house.store.deadEffects(SHOWN)
  const notices = await Promise.all(
    effects.map(async ({ id, kind, conversation, attempts }) => {
      const lead = await house.store.leadOf(conversation)
      return lead && sees(staff, lead.program) ? [{ id, kind, attempts, lead: lead.id, openedAt: lead.openedAt }] : []
    }),
  )
  return { notices: notices.flat() }
}

/** @throws AdmissionsError `NOT_FOUND` for a notice that is no longer undelivered, or of another program. */
export async function sendAgain(house: House, staff: StaffRecord, id: string) {
  const { notices } = await undelivered(house, staff)
  const notice = notices.find((one) => one.id === id)
  if (!notice) throw new AdmissionsError('NOT_FOUND', 'No notice of this id waits to be sent again.')
  const at = house.clock.now().toISOString()
  await house.store.settleEffect(id, at)
  await house.store.record({
    event: 'notice.sent-again',
    at,
    actor: staff.name,
    conversation: null,
    lead: notice.lead,
    detail: { kind: notice.kind },
  })
  return { id }
}
