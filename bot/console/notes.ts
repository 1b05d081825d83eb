/**
 * Staff notes, sealed like the visitor's own words, under the conversation's key; the visitor never sees them.
 */
import { z } from 'zod'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { nullIfIllegible } from '../keeping/legible.ts'
import { seal, sealJson, unseal, unsealJson } from '../keeping/vault.ts'
import type { LeadRecord } from '../ports.ts'
import { newId } from '../turn/conversations.ts'
import { tell, trailOf } from './lead-trail.ts'

const KIND = 'staff-note'
const about = (lead: LeadRecord): string => `note ${lead.id}`
const Kept = z.object({ by: z.string(), text: z.string() })

export interface StaffNote {
  readonly id: string
  readonly at: string
  readonly by: string
  readonly text: string
}

/** null when the conversation was erased: then nothing about the person is written down any more. */
export async function sealNote(house: House, lead: LeadRecord, words: string): Promise<Buffer | null> {
  const live = await house.conversations.load(lead.conversation)
  return live ? seal(live.key, words, about(lead)) : null
}

/** What was written when the lead was closed; null when nothing was, or it was erased. */
export async function readNote(house: House, lead: LeadRecord): Promise<string | null> {
  const live = await house.conversations.load(lead.conversation).catch(nullIfIllegible)
  const sealed = live && (await house.store.closingNote(lead.id))
  return live && sealed ? unseal(live.key, sealed, about(lead)).toString() : null
}

/** @throws AdmissionsError `LEAD_NOT_FOUND` when the visitor erased the conversation. */
export async function addNote(house: House, lead: LeadRecord, note: { by: string; text: string }): Promise<StaffNote> {
  const live = await house.conversations.load(lead.conversation)
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
  return documents.map(({ id, at, body }) => ({ id, at, ...Kept.parse(unsealJson(live.key, body, `${KIND} ${id}`)) }))
}
