/**
 * Questions that nobody could answer, newest first, for staff to turn into facts.
 */
import { z } from 'zod'
import type { House } from '../house.ts'
import type { StaffRecord } from '../ports.ts'
import { unsealJson } from '../vault.ts'

const SHOWN = 500
const Asked = z.object({ question: z.string(), locale: z.string() })

export async function unanswered(house: House, staff: StaffRecord) {
  const records = await house.store.openQuestions(staff.programs, SHOWN)
  const questions = await Promise.all(
    records.map(async ({ id, program, conversation, at, body }) => {
      const live = await house.conversations.load(conversation)
      return live ? [{ id, program, at, ...Asked.parse(unsealJson(live.key, body, `question ${id}`)) }] : []
    }),
  )
  const at = house.clock.now().toISOString()
  await house.store.record({
    event: 'questions.viewed',
    at,
    actor: staff.name,
    conversation: null,
    lead: null,
    detail: { count: records.length },
  })
  return { questions: questions.flat() }
}
