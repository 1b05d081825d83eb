/**
 * The rehearsal's visitor: marked inside her token, so that only who holds the secret can send one.
 *
 * A lead of hers never pages a person, rings on no desk and goes to no system around; all else is as in life.
 */

import type { House } from '../house.ts'
import { newId } from '../turn/conversations.ts'

/** The dot is in no id that is made for a real visitor. */
const MARK = 'dl_rehearsal.'

export function rehearsalUser(): string {
  return newId(MARK)
}

export function isRehearsal(user: string): boolean {
  return user.startsWith(MARK)
}

/** What cannot be read is taken for a real person's. */
export async function isOfRehearsal(house: House, conversation: string): Promise<boolean> {
  const live = await house.conversations.recent(conversation).catch(() => null)
  return live !== null && isRehearsal(live.user)
}
