/**
 * A kept time in the program's own calendar: written, changed and taken away as stored effects.
 *
 * The event says when, and nothing of who or what for; a link leads staff to the desk. What a person did to
 * it in their calendar is never overwritten: then the desk is told, and somebody speaks with the visitor.
 */
import { z } from 'zod'
import type { House } from '../house.ts'
import { sealJson, unsealJson } from '../keeping/vault.ts'
import type { Delivered } from '../outbox/delivered.ts'
import { type Permit, permit } from '../outbox/exits.ts'
import type { LeadRecord, StoredEffect } from '../ports.ts'
import { busyOn, type CalendarCollection, dropEvent, putEvent, readEvent } from '../providers/caldav.ts'
import type { LiveConversation } from '../turn/conversations.ts'
import { minutesOf, overlaps, slotOf } from './calendar.ts'
import { icsOf, utc } from './ics.ts'

/** What is known of our event since it was last written. */
const Written = z.object({ etag: z.string().nullable() })
type Written = z.infer<typeof Written>

const KIND = 'calendar-event'

/** @returns `overtaken` when the time was moved or given back meanwhile. */
export async function deliverEvent(house: House, effect: StoredEffect, lead: LeadRecord): Promise<Delivered> {
  const collection = house.calendars.of(lead.program)?.collection
  const live = await house.conversations.load(lead.conversation)
  const start = effect.detail.start ?? ''
  if (!collection || !live || (await slotOf(house, live)) !== start) return { type: 'overtaken' }
  const allowed = permit('write-calendar', { state: live.state, lead, at: house.clock.now().toISOString() })
  if (!allowed) return { type: 'refused', code: 'CONSENT_REQUIRED' }
  try {
    if (await isTaken(house, { lead, collection, start })) return { type: 'refused', code: 'CALENDAR_TAKEN' }
    const { etag } = (await writtenOf(house, live)) ?? { etag: null }
    const kept = await putEvent(collection, { name: lead.id, ics: icsFor(house, lead, start), etag }, allowed)
    if (kept.type === 'changed') return await standsAlready(house, live, { lead, collection, start, allowed })
    if (kept.type === 'done') await remember(house, live, { etag: kept.etag })
    return kept.type === 'later' ? { type: 'later', at: null } : kept
  } catch {
    return { type: 'later', at: null }
  }
}

/** Also of a conversation that is erased: the event holds nothing but a time. */
export async function deliverClearing(house: House, _effect: StoredEffect, lead: LeadRecord): Promise<Delivered> {
  const collection = house.calendars.of(lead.program)?.collection
  const live = await house.conversations.load(lead.conversation)
  const allowed = permit('clear-calendar', { state: live?.state ?? null, at: house.clock.now().toISOString() })
  const isKeptAnew = live !== null && (await slotOf(house, live)) !== null
  if (!collection || !allowed || isKeptAnew) return { type: 'overtaken' }
  try {
    const etag = (live && (await writtenOf(house, live))?.etag) ?? null
    const kept = await dropEvent(collection, { name: lead.id, etag }, allowed)
    if (kept.type === 'changed') return { type: 'refused', code: 'CALENDAR_CHANGED' }
    if (kept.type === 'done' && live) await house.store.dropDocument(live.id, KIND)
    return kept.type === 'later' ? { type: 'later', at: null } : kept
  } catch {
    return { type: 'later', at: null }
  }
}

/** A crash after the writing leaves our event as it was meant: that is no conflict. */
async function standsAlready(
  house: House,
  live: LiveConversation,
  at: { lead: LeadRecord; collection: CalendarCollection; start: string; allowed: Permit<'write-calendar'> },
): Promise<Delivered> {
  const stands = await readEvent(at.collection, at.lead.id, at.allowed)
  const isOurs = stands?.ics.includes(`UID:${at.lead.id}`) && stands.ics.includes(`DTSTART:${utc(new Date(at.start))}`)
  if (!stands || !isOurs) return { type: 'refused', code: 'CALENDAR_CHANGED' }
  await remember(house, live, { etag: stands.etag })
  return { type: 'done' }
}

/** Whether something of somebody else stands at that time by now. */
async function isTaken(
  house: House,
  { lead, collection, start }: { lead: LeadRecord; collection: CalendarCollection; start: string },
): Promise<boolean> {
  const minutes = minutesOf(house, lead.program)
  const from = new Date(start)
  const timeZone = house.world.programs.get(lead.program)?.profile.timeZone ?? 'UTC'
  const busy = await busyOn(collection, { from, to: new Date(from.getTime() + minutes * 60_000), timeZone })
  return overlaps(
    busy.filter(({ uid }) => uid !== lead.id),
    start,
    minutes,
  )
}

function icsFor(house: House, lead: LeadRecord, start: string): string {
  const { publicUrl } = house.config
  const event = { id: lead.id, start, minutes: minutesOf(house, lead.program), summary: 'Phone call' }
  return icsOf({ ...event, now: house.clock.now(), ...(publicUrl && { url: `${publicUrl}/desk#${lead.id}` }) })
}

async function writtenOf(house: House, live: LiveConversation): Promise<Written | null> {
  const one = (await house.store.documents(live.id)).find(({ id }) => id === KIND)
  return one ? Written.parse(unsealJson(live.key, one.body, aboutOf(live))) : null
}

async function remember(house: House, live: LiveConversation, written: Written): Promise<void> {
  const body = sealJson(live.key, written, aboutOf(live))
  const at = house.clock.now().toISOString()
  await house.store.putDocument({ id: KIND, conversation: live.id, kind: KIND, at, expiresAt: null, body })
}

function aboutOf(live: LiveConversation): string {
  return `document ${live.id} ${KIND}`
}
