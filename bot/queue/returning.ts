/**
 * Somebody who writes again: her earlier request and the new one stand together on the desk, and nowhere else.
 *
 * What is looked up is a keyed hash of the number or address, within one program, under her permission to be
 * contacted. The chat never reads it, so whoever types another person's number learns nothing.
 */
import { createHmac, type KeyObject } from 'node:crypto'
import { activeConsent } from '../../flows/consents.ts'
import type { ConversationState } from '../../flows/conversation.ts'
import { isLeftOut } from '../../flows/engine/review.ts'
import type { House } from '../house.ts'
import { nullIfIllegible } from '../keeping/legible.ts'
import type { LeadRecord } from '../ports.ts'
import type { LiveConversation } from '../turn/conversations.ts'

const PURPOSE = 'contact index'
/** More than these are shown nowhere. */
const EARLIER_AT_MOST = 10

export type EarlierLead = Pick<LeadRecord, 'id' | 'openedAt' | 'state' | 'claimedBy' | 'closedAs'>

/** Keeps by which ways she is reached, as long as her permission lasts. Doing it again changes nothing. */
export async function rememberContact(house: House, conversation: string): Promise<void> {
  const live = await house.conversations.load(conversation).catch(nullIfIllegible)
  const at = house.clock.now().toISOString()
  const consent = live && activeConsent(live.state, 'contact', { at })
  if (!live || !consent) return
  for (const key of waysTo(house.vault.derive(PURPOSE), live))
    await house.store.reserve({ key: key + live.id, holder: live.id, until: consent.expiresAt }, at)
}

/** Her other requests, the newest first: of those only whose own permission is in force. */
export async function otherLeads(house: House, live: LiveConversation): Promise<EarlierLead[]> {
  const at = house.clock.now().toISOString()
  if (activeConsent(live.state, 'contact', { at }) === null) return []
  const found = await Promise.all(everyWayTo(house, live).map((key) => house.store.reservations(key, at)))
  const holders = new Set(found.flat().map(({ holder }) => holder))
  holders.delete(live.id)
  const leads = await Promise.all([...holders].slice(0, EARLIER_AT_MOST).map((holder) => leadOf(house, holder, at)))
  return leads.flatMap((lead) => lead ?? []).toSorted((a, b) => (a.openedAt < b.openedAt ? 1 : -1))
}

/** Whether a way to reach her has changed. */
export function contactChanged(before: ConversationState, after: ConversationState): boolean {
  return ['phone', 'email'].some((name) => before.answers[name]?.value !== after.answers[name]?.value)
}

async function leadOf(house: House, conversation: string, at: string): Promise<EarlierLead | null> {
  const live = await house.conversations.load(conversation).catch(nullIfIllegible)
  if (!live || activeConsent(live.state, 'contact', { at }) === null) return null
  const lead = await house.store.leadOf(conversation)
  if (!lead) return null
  const { id, openedAt, state, claimedBy, closedAs } = lead
  return { id, openedAt, state, claimedBy, closedAs }
}

/** Also those that were kept before a new deployment key. */
export function everyWayTo(house: House, live: LiveConversation): string[] {
  return house.vault.deriveAll(PURPOSE).flatMap((key) => waysTo(key, live))
}

/** `contact/PROGRAM/HASH/` for the number and for the address. */
function waysTo(key: KeyObject, { program, state }: LiveConversation): string[] {
  const ways = [
    ['phone', (value: string) => value.replaceAll(/\D/g, '')],
    ['email', (value: string) => value.trim().toLowerCase()],
  ] as const
  return ways.flatMap(([name, plain]) => {
    const value = isLeftOut(state, name) ? null : state.answers[name]?.value
    if (typeof value !== 'string' || plain(value) === '') return []
    const hash = createHmac('sha256', key)
      .update(`${name} ${plain(value)}`)
      .digest('base64url')
    return [`contact/${program}/${hash}/`]
  })
}
