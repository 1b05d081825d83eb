/**
 * Staff notes, sealed like the visitor's own words, under the conversation's key; the visitor never sees them.
 */
import { z } from 'zod'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { nullIfIllegible, unlessIllegible } from '../keeping/legible.ts'
import { seal, sealJson, unseal, unsealJson } from '../keeping/vault.ts'
import type { LeadRecord } from '../ports.ts'
import { type LiveConversation, newId } from '../turn/conversations.ts'
import { tell, trailOf } from './lead-trail.ts'

const KIND = 'staff-note'
const about = (lead: LeadRecord): string => `note ${lead.id}`
/** Stands in the place of one whose record is broken. */
const BROKEN = 'This note cannot be opened any more: its record is broken.'
const Kept = z.object({ by: z.string(), text: z.string() })

export interface StaffNote {
  readonly id: string
  readonly at: string
  readonly by: string
  readonly text: string
}

/**
 * null when the conversation was erased: then nothing about the person is written down any more.
 *
 * @throws AdmissionsError `LEAD_NOT_FOUND` when it cannot be opened: there is no key to seal a note with.
 */
export async function sealNote(house: House, lead: LeadRecord, words: string): Promise<Buffer | null> {
  const live = await talkOf(house, lead)
  return live ? seal(live.key, words, about(lead)) : null
}

/** What was written when the lead was closed; null when nothing was, or it was erased. */
export async function readNote(house: House, lead: LeadRecord): Promise<string | null> {
  const live = await house.conversations.load(lead.conversation).catch(nullIfIllegible)
  const sealed = live && (await house.store.closingNote(lead.id))
  return live && sealed ? unlessIllegible(() => unseal(live.key, sealed, about(lead)).toString(), BROKEN) : null
}

/** @throws AdmissionsError `LEAD_NOT_FOUND` when the visitor erased the conversation, or it cannot be opened. */
export async function addNote(house: House, lead: LeadRecord, note: { by: string; text: string }): Promise<StaffNote> {
  const live = await talkOf(house, lead)
  const [id, at] = [newId('note_'), house.clock.now().toISOString()]
  const body = live && sealJson(live.key, note, `${KIND} ${id}`)
  const document = { id, conversation: lead.conversation, kind: KIND, at, expiresAt: null }
  const event = trailOf(house, lead, { event: 'lead.noted', actor: note.by })
  if (!body || !(await house.store.putDocument({ ...document, body }, event)))
    throw new AdmissionsError('LEAD_NOT_FOUND', 'The visitor erased this conversation: nothing more is written down.')
  await tell(house, lead, event.event)
  return { id, at, ...note }
}

/** Oldest first. */
export async function notesOf(house: House, lead: LeadRecord): Promise<StaffNote[]> {
  const live = await house.conversations.load(lead.conversation).catch(nullIfIllegible)
  if (!live) return []
  const documents = (await house.store.documents(lead.conversation)).filter(({ kind }) => kind === KIND)
  return documents.map(({ id, at, body }) => {
    const kept = unlessIllegible(() => unsealJson(live.key, body, `${KIND} ${id}`), { by: '', text: BROKEN })
    return { id, at, ...Kept.parse(kept) }
  })
}

async function talkOf(house: House, lead: LeadRecord): Promise<LiveConversation | null> {
  try {
    return await house.conversations.load(lead.conversation)
  } catch (error) {
    nullIfIllegible(error)
    throw new AdmissionsError('LEAD_NOT_FOUND', 'This chat cannot be opened, so no note is kept with it: leave it out.')
  }
}
