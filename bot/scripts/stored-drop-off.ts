/**
 * Counts from the conversations that the store still keeps where people stopped; no words, no names.
 */
import { setImmediate as letOthersGo } from 'node:timers/promises'
import type { ConversationState } from '../../flows/conversation.ts'
import { countDropOff, type DropOff } from '../../flows/engine/drop-off.ts'
import type { House } from '../house.ts'

const PAGE = 500
/** Who wrote within the last hour may still go on. */
const STILL_HERE_MS = 3_600_000

/** Turns go on between so many conversations. */
const AT_ONCE = 20

/** @param programs - only conversations of these; null = of all. */
export async function storedDropOff(
  house: House,
  programs: readonly string[] | null = null,
): Promise<{ conversations: number; dropOff: DropOff }> {
  const quietSince = new Date(house.clock.now().getTime() - STILL_HERE_MS).toISOString()
  const states: ConversationState[] = []
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<House['store']['aging']>> = await house.store.aging(after, PAGE)
    for (const [index, { id, touchedAt }] of page.conversations.entries()) {
      if (index % AT_ONCE === 0) await letOthersGo()
      const live = touchedAt < quietSince ? await house.conversations.load(id) : null
      if (live && (programs === null || programs.includes(live.program))) states.push(live.state)
    }
    after = page.next
  } while (after !== null)
  return { conversations: states.length, dropOff: countDropOff(states) }
}
