/**
 * What a hub tells us: `handoff.status`, signed by Standard Webhooks with one of its secrets.
 *
 * A message that is too old or was taken before is refused, so nobody replays it. The visitor's stream
 * gets the state and nothing else; a state that we do not know is taken and changes nothing, because
 * the protocol says that a bot must not reject it.
 */
import express, { type Request, Router } from 'express'
import { z } from 'zod'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { speakAsHub } from '../turn/staff-speaks.ts'
import { isSigned, TOLERANCE_S } from './sign.ts'

const Status = z.object({
  type: z.literal('event'),
  name: z.literal('handoff.status'),
  conversation: z.object({ id: z.string().min(1).max(200) }),
  value: z.object({ state: z.string().max(40) }),
})
const states = ['accepted', 'failed', 'completed']

export function hubRoutes(house: House): Router {
  const router = Router()
  router.post('/hub/handoff', express.raw({ type: () => true, limit: '20kb' }), async (request, response) => {
    const event = await readStatus(house, request)
    const state = states.find((one) => one === event.value.state)
    const live = await house.conversations.load(event.conversation.id)
    if (!live) throw new AdmissionsError('NOT_FOUND', 'There is no conversation of this id.')
    if (state !== undefined) await speakAsHub(house, live.id, state)
    response.status(202).json({ state: state ?? 'ignored' })
  })
  return router
}

/** @throws AdmissionsError `SIGNATURE_INVALID`, `REQUEST_INVALID`. */
async function readStatus(house: House, request: Request): Promise<z.infer<typeof Status>> {
  const { hub } = house.config
  const now = house.clock.now()
  const body = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : ''
  if (!hub || !isSigned(request.headers, body, { secrets: hub.secrets, now }))
    throw new AdmissionsError('SIGNATURE_INVALID', 'The message is not signed by a secret in force, or it is too old.')
  // As long as its time would be believed once more.
  const until = new Date(now.getTime() + 2 * TOLERANCE_S * 1000).toISOString()
  const once = {
    key: `webhook/${String(request.headers['webhook-id'])}`,
    holder: `${now.getTime()} ${Math.random()}`,
    until,
  }
  if ((await house.store.reserve(once, now.toISOString())) === 'taken')
    throw new AdmissionsError('SIGNATURE_INVALID', 'This message was taken before.')
  const parsed = Status.safeParse(parseJson(body))
  if (!parsed.success) throw new AdmissionsError('REQUEST_INVALID', 'The body is not a handoff.status event.')
  return parsed.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
