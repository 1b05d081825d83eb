/**
 * What a kept, moved or cancelled time sets going, stored with the turn that did it: the event in the program's own
 * calendar, and reminders in the way that she allowed.
 */
import { noted } from '../../flows/engine/draft.ts'
import { localTime, zoneOf } from '../../flows/engine/zones.ts'
import { Instant } from '../../flows/vocabulary.ts'
import type { House } from '../house.ts'
import { permit } from '../outbox/exits.ts'
import type { StoredEffect } from '../ports.ts'
import { type LiveConversation, newId } from '../turn/conversations.ts'
import type { Decision } from '../turn/decide.ts'
import { slotOf } from './calendar.ts'

const HOUR_MS = 3_600_000
/** A day and two hours before; each only when the booking was made well before it. */
const BEFORE_MS = [24 * HOUR_MS, 2 * HOUR_MS]
const LEAD_MS = 2 * HOUR_MS
/** Texts go out from 8 to 21 of her own clock (47 CFR 64.1200(c)(1)); mail keeps to it too. */
const OPENS = 8 * 60
const CLOSES = 21 * 60

export function bookedEffects(
  house: House,
  live: LiveConversation,
  turn: { decision: Decision; at: string },
): StoredEffect[] {
  const before = noted(live.state, 'slot-kept')
  const after = noted(turn.decision.state, 'slot-kept')
  if (before === after) return []
  const writesEvents = house.calendars.of(live.program)?.collection
  const base = { conversation: live.id, attempts: 0, dueAt: turn.at }
  if (after === null || after === '') {
    return writesEvents ? [{ ...base, id: newId('clear_'), kind: 'clear-calendar', detail: {} }] : []
  }
  const event = { ...base, id: newId('event_'), kind: 'write-calendar' as const, detail: { start: after } }
  return [...(writesEvents ? [event] : []), ...reminders(house, live, { ...turn, start: after })]
}

/** What takes the event out of the program's own calendar when the conversation goes; empty where none was kept. */
export async function clearedBooking(
  house: House,
  live: { id: string; program: string },
  at: string,
): Promise<StoredEffect[]> {
  const isKept = (await slotOf(house, live)) !== null
  if (!isKept || !house.calendars.of(live.program)?.collection) return []
  return [{ id: newId('clear_'), kind: 'clear-calendar', conversation: live.id, detail: {}, dueAt: at, attempts: 0 }]
}

function reminders(
  house: House,
  live: LiveConversation,
  { decision: { state }, at, start }: { decision: Decision; at: string; start: string },
): StoredEffect[] {
  const isTexted = house.texting !== null && permit('send-text', { state, at }) !== null
  const isMailed = house.post !== null && typeof state.answers.email?.value === 'string'
  if (!isTexted && !isMailed) return []
  const where = state.answers.state?.value
  const program = house.world.programs.get(live.program)?.profile.timeZone ?? 'UTC'
  const timeZone = zoneOf(typeof where === 'string' ? where : null) ?? program
  return reminderTimes(start, at, timeZone).map((dueAt) => ({
    id: newId('remind_'),
    kind: isTexted ? 'send-text' : 'write-to-visitor',
    conversation: live.id,
    detail: { what: 'reminder', start },
    dueAt,
    attempts: 0,
  }))
}

/** By day in her own zone: what would fall into the night waits for the morning, or is left out. */
export function reminderTimes(start: string, bookedAt: string, timeZone: string): string[] {
  const times = BEFORE_MS.map((before) => byDay(Date.parse(start) - before, timeZone)).filter(
    (time) => time - Date.parse(bookedAt) >= LEAD_MS && Date.parse(start) - time >= HOUR_MS,
  )
  return [...new Set(times)].map((time) => new Date(time).toISOString())
}

function byDay(time: number, timeZone: string): number {
  const { minutes } = localTime(Instant.parse(new Date(time).toISOString()), timeZone)
  if (minutes < OPENS) return time + (OPENS - minutes) * 60_000
  return minutes < CLOSES ? time : time - (minutes - CLOSES + 1) * 60_000
}
