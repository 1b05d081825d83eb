/**
 * Notices that never went through: shown on the desk until somebody has them sent again, or has seen to it otherwise.
 *
 * Each was tried ten times over four days, or refused for good; what it was about is in the queue all the while.
 */
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { StaffRecord } from '../ports.ts'
import { sees } from './staff-accounts.ts'

const SHOWN = 200

export async function undelivered(house: House, staff: StaffRecord) {
  const effects = await house.store.deadEffects(SHOWN)
  const notices = await Promise.all(
    effects.map(async ({ id, kind, conversation, attempts, detail }) => {
      const lead = await house.store.leadOf(conversation)
      if (!lead || !sees(staff, lead.program)) return []
      const { id: of, openedAt, program } = lead
      return [{ id, kind, what: detail.what ?? null, code: detail.code ?? null, attempts, lead: of, openedAt, program }]
    }),
  )
  return { notices: notices.flat() }
}

/** @throws AdmissionsError `NOT_FOUND` for a notice that is no longer undelivered, or of another program. */
export function sendAgain(house: House, staff: StaffRecord, id: string) {
  return settle(house, staff, { id, event: 'notice.sent-again', retryAt: house.clock.now().toISOString() })
}

/** Somebody has seen to it in another way: it is not sent any more. @throws AdmissionsError `NOT_FOUND`. */
export function dismiss(house: House, staff: StaffRecord, id: string) {
  return settle(house, staff, { id, event: 'notice.dismissed', retryAt: null })
}

async function settle(
  house: House,
  staff: StaffRecord,
  { id, event, retryAt }: { id: string; event: string; retryAt: string | null },
) {
  const { notices } = await undelivered(house, staff)
  const notice = notices.find((one) => one.id === id)
  if (!notice) throw new AdmissionsError('NOT_FOUND', 'No notice of this id waits here: somebody saw to it.')
  const detail = { kind: notice.kind, ...(notice.code !== null && { code: notice.code }) }
  const at = house.clock.now().toISOString()
  const entry = { event, at, actor: staff.name, conversation: null, lead: notice.lead, detail }
  await house.store.settleEffect(id, retryAt, { event: entry })
  return { id }
}
