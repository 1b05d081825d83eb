/**
 * Counts from the conversations that the store still keeps where people stopped; no words, no names.
 */
import type { ConversationState } from '../../flows/conversation.ts'
import { countDropOff, type DropOff } from '../../flows/engine/drop-off.ts'
import type { House } from '../house.ts'

const PAGE = 500
/** Who wrote within the last hour may still go on. */
const STILL_HERE_MS = 3_600_000

/** @param program - only conversations of this one. */
export async function storedDropOff(
  house: House,
  program: string | null = null,
): Promise<{ conversations: number; dropOff: DropOff }> {
  const quietSince = new Date(house.clock.now().getTime() - STILL_HERE_MS).toISOString()
  const states: ConversationState[] = []
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<House['store']['aging']>> = await house.store.aging(after, PAGE)
    for (const { id, touchedAt } of page.conversations) {
      const live = touchedAt < quietSince ? await house.conversations.load(id) : null
      if (live && (program === null || live.program === program)) states.push(live.state)
    }
    after = page.next
  } while (after !== null)
  return { conversations: states.length, dropOff: countDropOff(states) }
}
