/**
 * What staff do with a lead: claim, renew, release, close it, and live chat with its visitor.
 *
 * Whoever lets go of a lead lets go of its chat: the assistant goes on, so that no visitor writes
 * to nobody.
 */
import { z } from 'zod'
import { CloseDisposition, ConsentKind } from '../../flows/vocabulary.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { nullIfIllegible } from '../keeping/legible.ts'
import type { ClaimResult, LeadRecord, LeaseResult } from '../ports.ts'
import { LEASE_MS } from '../queue/lease.ts'
import { changeHands, forgetLead, showTyping, speakAsStaff } from '../turn/staff-speaks.ts'
import { takeInput } from '../turn/take-input.ts'
import { tell, tellDesks, trailOf } from './lead-trail.ts'
import { sealNote } from './notes.ts'
import { parseBody } from './parse-body.ts'

const Closing = z.object({ disposition: CloseDisposition, note: z.string().max(10_000).default('') })
const Message = z.object({ text: z.string().trim().min(1).max(4_000) })

/** A lead whose lease and fence were checked. */
export interface Held {
  readonly lead: LeadRecord
  readonly by: string
  readonly fence: number
  readonly body: unknown
}

/** @throws AdmissionsError `LEAD_ALREADY_CLAIMED` with by whom and until when, `LEAD_CLOSED`. */
export async function claim(house: House, lead: LeadRecord, by: string) {
  const result = await claimWithTrail(house, lead, by)
  if (result.type === 'not-found') throw new AdmissionsError('LEAD_NOT_FOUND', 'No lead has this id.')
  if (result.type === 'closed') throw new AdmissionsError('LEAD_CLOSED', 'The lead is closed.')
  if (result.type === 'held') {
    throw new AdmissionsError('LEAD_ALREADY_CLAIMED', `${result.by} holds this lead until ${result.until}.`, {
      detail: { claimedBy: result.by, claimedUntil: result.until },
    })
  }
  if (result.type === 'moved') throw new AdmissionsError('LEAD_ALREADY_CLAIMED', 'Others claim this lead: look again.')
  await tell(house, result.lead, 'lead.claimed')
  return { lease: { until: result.lead.claimedUntil, fence: result.lead.fence } }
}

/** So often may somebody else take and give back the lead between its reading and the claim. */
const CLAIM_TRIES = 3

/** Claim and entry of the trail in one commit: one wait for the disk, and never the one without the other. */
async function claimWithTrail(house: House, lead: LeadRecord, by: string): Promise<ClaimResult> {
  const lease = leaseFrom(house)
  const afterS = Math.round((Date.parse(lease.at) - Date.parse(lead.openedAt)) / 1000)
  let known: LeadRecord | null = lead
  for (let left = CLAIM_TRIES; known !== null && left > 0; left -= 1) {
    const detail = { fence: known.fence + 1, afterS }
    const event = trailOf(house, known, { event: 'lead.claimed', actor: by, detail })
    const result = await house.store.claim(lead.id, by, { ...lease, event })
    if (result.type !== 'moved') return result
    known = await house.store.lead(lead.id)
  }
  return { type: known === null ? 'not-found' : 'moved' }
}

/** Not an event of the trail: the page does it by itself. */
export async function renew(house: House, { lead, fence }: Held) {
  const renewed = done(await house.store.renew(lead.id, fence, leaseFrom(house)))
  return { lease: { until: renewed.claimedUntil, fence } }
}

export async function release(house: House, held: Held) {
  await letGoOfChat(house, held)
  const event = trailOf(house, held.lead, { event: 'lead.released', actor: held.by })
  const released = done(await house.store.release(held.lead.id, held.fence, { at: event.at, event }))
  await tell(house, released, event.event)
  return { state: released.state }
}

export async function close(house: House, held: Held) {
  const { disposition, note } = parseBody(Closing, held.body)
  const sealed = note.trim() === '' ? null : await sealNote(house, held.lead, note.trim())
  await letGoOfChat(house, held)
  if (await house.conversations.load(held.lead.conversation).catch(nullIfIllegible))
    await forgetLead(house, held.lead.conversation)
  const event = trailOf(house, held.lead, { event: 'lead.closed', actor: held.by, detail: { disposition } })
  const closing = { at: event.at, disposition, note: sealed, event }
  const closed = done(await house.store.closeLead(held.lead.id, held.fence, closing))
  await tell(house, closed, event.event)
  return { state: closed.state, disposition }
}

/** @throws AdmissionsError `CHAT_NOT_TAKEN` before a takeover and after a hand-back. */
export async function say(house: House, { lead, by, body }: Held) {
  const { text } = parseBody(Message, body)
  await mustSpeak(house, lead, by)
  const audit = [trailOf(house, lead, { event: 'lead.message', actor: by })]
  await speakAsStaff(house, lead.conversation, { name: by, text, audit })
  return { sent: true }
}

/** Not an event of the trail: nothing is said by it. @throws AdmissionsError `CHAT_NOT_TAKEN`. */
export async function typing(house: House, { lead, by }: Held) {
  await mustSpeak(house, lead, by)
  showTyping(house, lead.conversation, by)
  return { shown: true }
}

async function mustSpeak(house: House, lead: LeadRecord, by: string): Promise<void> {
  if ((await speakerIn(house, lead)) === by) return
  throw new AdmissionsError('CHAT_NOT_TAKEN', 'The assistant has this chat: take it over before writing in it.')
}

export async function takeOver(house: House, { lead, by }: Held) {
  if ((await speakerIn(house, lead)) !== by) await hand(house, lead, { by, actor: by })
  return { live: true }
}

export async function handBack(house: House, held: Held) {
  await letGoOfChat(house, held)
  return { live: false }
}

const Revoking = z.object({ kind: z.union([ConsentKind, z.literal('all')]) })

/** The visitor said so on the phone: it ends at once, and she is told in the chat. */
export async function revoke(house: House, { lead, by, body }: Held) {
  const { kind } = parseBody(Revoking, body)
  const audit = [trailOf(house, lead, { event: 'lead.consent-revoked', actor: by, detail: { kind } })]
  const kinds = kind === 'all' ? kind : [kind]
  await takeInput(house, lead.conversation, {
    inputs: (_, at) => [{ type: 'consents-revoked', kinds, by: 'staff', at }],
    audit,
  })
  tellDesks(house, lead)
  return { kind }
}

export async function letGoOfChat(house: House, { lead, by }: Held): Promise<void> {
  if ((await speakerIn(house, lead)) !== null) await hand(house, lead, { by: null, actor: by })
}

/** The person of the staff who has the chat; null when the assistant has it, or the visitor erased it. */
async function speakerIn(house: House, lead: LeadRecord): Promise<string | null> {
  return (await house.conversations.load(lead.conversation).catch(nullIfIllegible))?.state.staff?.name ?? null
}

async function hand(house: House, lead: LeadRecord, to: { by: string | null; actor: string }): Promise<void> {
  const event = to.by === null ? 'lead.handed-back' : 'lead.taken-over'
  await changeHands(house, lead.conversation, { by: to.by, audit: [trailOf(house, lead, { event, actor: to.actor })] })
  tellDesks(house, lead)
}

export function done(result: LeaseResult): LeadRecord {
  if (result.type === 'done') return result.lead
  throw leaseLost()
}

export function leaseLost(): AdmissionsError {
  return new AdmissionsError('LEASE_LOST', 'This lease is not yours any more: claim the lead again.')
}

export function leaseFrom(house: House): { at: string; until: string } {
  const now = house.clock.now()
  return { at: now.toISOString(), until: new Date(now.getTime() + LEASE_MS).toISOString() }
}
