/**
 * The link by which a visitor ends her permissions later: the conversation's id under our seal, nothing else.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { House } from '../house.ts'

const PURPOSE = 'permission links'

/** The path of the page; an address of ours in front of it makes it a link. */
export function permissionPath(house: House, conversation: string): string {
  return `/permission?t=${conversation}.${sealOf(house, conversation)}`
}

/** The conversation of a link, or null when the link is not ours. */
export function conversationOf(house: House, token: unknown): string | null {
  const [, conversation, seal] = /^([\w-]{1,64})\.([\w-]{22})$/.exec(typeof token === 'string' ? token : '') ?? []
  if (conversation === undefined || seal === undefined) return null
  const ours = Buffer.from(sealOf(house, conversation))
  return timingSafeEqual(ours, Buffer.from(seal)) ? conversation : null
}

function sealOf(house: House, conversation: string): string {
  return createHmac('sha256', house.vault.derive(PURPOSE)).update(conversation).digest('base64url').slice(0, 22)
}
