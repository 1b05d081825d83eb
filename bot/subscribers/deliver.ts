/**
 * Tells subscribers by webhook and hubs by `handoff.initiate`, each message under one id however often it is sent.
 */

import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { Delivered } from '../outbox/delivered.ts'
import { type Permit, permit } from '../outbox/exits.ts'
import { retryAfter } from '../outbox/retry.ts'
import type { LeadRecord, LeavingEffect } from '../ports.ts'
import { postSigned } from '../providers/signed-post.ts'
import { type EventType, eventBody, eventTypes, handoffActivity } from './messages.ts'

export async function deliverToSubscribers(house: House, effect: LeavingEffect, lead: LeadRecord): Promise<Delivered> {
  const { subscribers, hub } = house.config
  const target = effect.detail.to === 'hub' ? hub : subscribers
  const allowed = await permitOf(house, effect, lead)
  if (!target || !allowed) return { type: 'done' }
  const now = house.clock.now()
  try {
    const { status, retryAfter: wait } = await postSigned(
      target,
      { id: effect.id, body: bodyOf(house, effect, lead), now },
      allowed,
    )
    if (status >= 200 && status <= 299) return { type: 'done' }
    // 410 = "this end point is gone": asking again is what the standard forbids.
    return status === 410 ? { type: 'refused', code: 'HTTP_410' } : { type: 'later', at: retryAfter(wait, now) }
  } catch (error) {
    const isInside = error instanceof AdmissionsError && error.code === 'ADDRESS_INTERNAL'
    return isInside ? { type: 'refused', code: 'ADDRESS_INTERNAL' } : { type: 'later', at: null }
  }
}

async function permitOf(house: House, effect: LeavingEffect, lead: LeadRecord): Promise<Permit | null> {
  const live = await house.conversations.load(effect.conversation)
  return permit(effect.kind, { state: live?.state ?? null, lead, at: house.clock.now().toISOString() })
}

function bodyOf(house: House, { id, detail, dueAt }: LeavingEffect, lead: LeadRecord): string {
  if (detail.to === 'hub') return handoffActivity(lead, { id, at: dueAt, publicUrl: house.config.publicUrl })
  const type = eventTypes.find((one) => one === detail.type) ?? ('lead.updated' satisfies EventType)
  return eventBody(type, lead, dueAt)
}
