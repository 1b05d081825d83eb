/**
 * What is written to a visitor: a reminder before the time that she booked, and a copy when she asked for one.
 *
 * Each is a stored effect, so a restart loses none; when its moment comes the time is looked up again and the
 * ledger is asked again, so what was cancelled or taken back is not written.
 */

import { slotWords } from '../../flows/engine/free-times.ts'
import { isLeftOut } from '../../flows/engine/review.ts'
import { zoneOf } from '../../flows/engine/zones.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { LeadRecord, StoredEffect } from '../ports.ts'
import type { Letter } from '../providers/email.ts'
import { minutesOf, slotOf } from '../slots/calendar.ts'
import { icsOf } from '../slots/ics.ts'
import type { LiveConversation } from '../turn/conversations.ts'
import type { Delivered } from './delivered.ts'
import { permit } from './exits.ts'
import { copyWords, reminderText, reminderWords } from './letters.ts'
import { permissionPath } from './permission-link.ts'

/** So shortly before a call nobody needs a reminder. */
const TOO_LATE_MS = 10 * 60_000

export async function deliverLetter(house: House, effect: StoredEffect, lead: LeadRecord): Promise<Delivered> {
  const live = await house.conversations.load(lead.conversation)
  const to = live && answerOf(live, 'email')
  if (!house.post || !live || !to) return { type: 'overtaken' }
  const allowed = permit('write-to-visitor', { state: live.state, lead, at: house.clock.now().toISOString() })
  if (!allowed) return { type: 'refused', code: 'CONSENT_REQUIRED' }
  const words = effect.detail.what === 'copy' ? await copyOf(house, live, lead) : await reminderOf(house, live, effect)
  if (!words) return { type: 'overtaken' }
  return sent(house.post.send({ id: effect.id, to: [to], ...words }, allowed))
}

export async function deliverText(house: House, effect: StoredEffect, lead: LeadRecord): Promise<Delivered> {
  const live = await house.conversations.load(lead.conversation)
  const phone = live && answerOf(live, 'phone')
  if (!house.texting || !live || !phone) return { type: 'overtaken' }
  const allowed = permit('send-text', { state: live.state, lead, at: house.clock.now().toISOString() })
  if (!allowed) return { type: 'refused', code: 'CONSENT_REQUIRED' }
  const when = await stillBooked(house, live, effect)
  if (when === null) return { type: 'overtaken' }
  const to = phone.replaceAll(/[^\d+]/g, '')
  return sent(house.texting.send({ id: effect.id, to, words: reminderText(live.state.locale, when) }, allowed))
}

async function sent(sending: Promise<void>): Promise<Delivered> {
  try {
    await sending
    return { type: 'done' }
  } catch (error) {
    if (error instanceof AdmissionsError) return { type: 'later', at: null }
    throw error
  }
}

type Content = Omit<Letter, 'id' | 'to'>

async function reminderOf(house: House, live: LiveConversation, effect: StoredEffect): Promise<Content | null> {
  const when = await stillBooked(house, live, effect)
  return when === null ? null : reminderWords(live.state.locale, when)
}

/** The time in her own words, or null when it was moved, cancelled or is too near. */
async function stillBooked(house: House, live: LiveConversation, { detail }: StoredEffect): Promise<string | null> {
  const start = await slotOf(house, live)
  const isNear = start !== null && Date.parse(start) - house.clock.now().getTime() < TOO_LATE_MS
  return start === null || start !== detail.start || isNear ? null : inWords(house, live, start)
}

async function copyOf(house: House, live: LiveConversation, lead: LeadRecord): Promise<Content> {
  const slot = await slotOf(house, live)
  const { locale } = live.state
  const { publicUrl } = house.config
  const words = copyWords(locale, {
    sent: inWords(house, live, lead.openedAt),
    promised: lead.dueAt && lead.label === null ? inWords(house, live, lead.dueAt) : null,
    reachedAt: endOf(answerOf(live, 'phone') ?? answerOf(live, 'email') ?? ''),
    slot: slot && inWords(house, live, slot),
    callsFrom: house.world.programs.get(live.program)?.profile.callsFrom ?? null,
    permissionLink: publicUrl && publicUrl + permissionPath(house, live.id),
  })
  if (slot === null) return words
  const summary = locale === 'es-US' ? 'Llamada' : 'Phone call'
  const minutes = minutesOf(house, live.program)
  const body = icsOf({ id: lead.id, start: slot, minutes, summary, now: house.clock.now() })
  return { ...words, attachment: { name: 'call.ics', type: 'text/calendar', body } }
}

/** `…0123`, `a…@example.org`: enough to know it by, not enough to use it. */
function endOf(address: string): string {
  const [name = '', host] = address.split('@')
  return host === undefined ? `…${address.replaceAll(/\D/g, '').slice(-4)}` : `${name.slice(0, 1)}…@${host}`
}

function inWords(house: House, live: LiveConversation, at: string): string {
  const state = live.state.answers.state?.value
  const program = house.world.programs.get(live.program)?.profile.timeZone ?? 'UTC'
  return slotWords(at, zoneOf(typeof state === 'string' ? state : null) ?? program, live.state.locale)
}

function answerOf({ state }: LiveConversation, name: string): string | null {
  const value = isLeftOut(state, name) ? null : state.answers[name]?.value
  return typeof value === 'string' ? value : null
}
