/**
 * What subscribers and hubs are told: an id, a priority and a time; they fetch the rest as somebody who may.
 *
 * `handoff.initiate` is Bot Framework's event, so that a hub which knows it needs nothing of ours; its
 * transcript stays here.
 */
import { priorityOf } from '../fhir/request.ts'
import type { LeadRecord } from '../ports.ts'
import { BOT_ID } from '../turn/stored-activity.ts'

export const eventTypes = [
  'lead.created',
  'lead.updated',
  'lead.assigned',
  'lead.closed',
  'consent.revoked',
  'crisis.raised',
] as const
export type EventType = (typeof eventTypes)[number]

export function eventBody(type: EventType, lead: LeadRecord, at: string): string {
  const data = { id: lead.id, conversation: lead.conversation, priority: priorityOf({ lead }), dueAt: lead.dueAt }
  return JSON.stringify({ type, timestamp: at, data })
}

/** @see Bot Framework handoff protocol: `name`, `conversation.id` and `relatesTo` are what a hub reads. */
export function handoffActivity(lead: LeadRecord, of: { id: string; at: string; publicUrl: string | null }): string {
  const conversation = { id: lead.conversation }
  const channelId = 'directline'
  const bot = { id: BOT_ID, role: 'bot' }
  const link = of.publicUrl === null ? {} : { link: `${of.publicUrl}/desk#${lead.id}` }
  return JSON.stringify({
    type: 'event',
    name: 'handoff.initiate',
    id: of.id,
    timestamp: of.at,
    channelId,
    from: bot,
    conversation,
    relatesTo: { bot, conversation, channelId, serviceUrl: of.publicUrl ?? '' },
    value: { lead: lead.id, program: lead.program, priority: priorityOf({ lead }), dueAt: lead.dueAt, ...link },
    attachments: [],
  })
}
