/**
 * Staff notes, sealed like the visitor's own words, under the conversation's key.
 */
import type { House } from '../house.ts'
import type { LeadRecord } from '../ports.ts'
import { seal, unseal } from '../vault.ts'

const about = (lead: LeadRecord): string => `note ${lead.id}`

/** null when the conversation was erased: then nothing about the person is written down any more. */
export async function sealNote(house: House, lead: LeadRecord, words: string): Promise<Buffer | null> {
  const live = await house.conversations.load(lead.conversation)
  return live ? seal(live.key, words, about(lead)) : null
}

/** What was written when the lead was closed; null when nothing was, or it was erased. */
export async function readNote(house: House, lead: LeadRecord): Promise<string | null> {
  const live = await house.conversations.load(lead.conversation)
  const sealed = live && (await house.store.closingNote(lead.id))
  return live && sealed ? unseal(live.key, sealed, about(lead)).toString() : null
}
