/**
 * Staff notes, sealed like the visitor's own words, under the conversation's key.
 */
import type { House } from '../house.ts'
import type { LeadRecord } from '../ports.ts'
import { seal } from '../vault.ts'

/** null when the conversation was erased: then nothing about the person is written down any more. */
export async function sealNote(house: House, lead: LeadRecord, words: string): Promise<Buffer | null> {
  const live = await house.conversations.load(lead.conversation)
  return live ? seal(live.key, words, `note ${lead.id}`) : null
}
