/**
 * The link by which a visitor ends her permissions later: the conversation's id under our seal, nothing else.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { House } from '../house.ts'

const PURPOSE = 'permission links'

/** The path of the page; an address of ours in front of it makes it a link. */
export function permissionPath(house: House, conversation: string): string {
  return `/permission?t=${conversation}.${sealsOf(house, conversation)[0]}`
}

/** The conversation of a link, or null when the link is not ours. */
export function conversationOf(house: House, token: unknown): string | null {
  const [, conversation, seal] = /^([\w-]{1,64})\.([\w-]{22})$/.exec(typeof token === 'string' ? token : '') ?? []
  if (conversation === undefined || seal === undefined) return null
  const isOurs = sealsOf(house, conversation).some((one) => timingSafeEqual(Buffer.from(one), Buffer.from(seal)))
  return isOurs ? conversation : null
}

/** Ours of today, and behind it those of letters that were sent before a new deployment key. */
function sealsOf(house: House, conversation: string): string[] {
  const hashes = house.vault.deriveAll(PURPOSE).map((key) => createHmac('sha256', key).update(conversation))
  return hashes.map((hash) => hash.digest('base64url').slice(0, 22))
}
