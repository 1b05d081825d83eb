/**
 * What a crash may have cut off: a model that was reading a message for danger once more.
 *
 * Nothing is written for it while people talk. At the next start the last words of each chat that was written in
 * shortly before are shown to the model again, one chat after the other, beside everything else. A message that it had
 * read by then is read twice; a sign is added once.
 */
import { setImmediate as nextTick } from 'node:timers/promises'
import type { House } from '../house.ts'
import { nullIfIllegible } from '../keeping/legible.ts'
import { asksWhoSheIs, saidWithoutNames } from '../turn/who-she-is.ts'
import { lookNow } from './second-look.ts'

/** A service that is down for longer was down for everybody, and staff were told. */
const BEFORE_MS = 900_000
const PAGE = 200

/** Resolves when all of them were looked at, or this machine is leaving. */
export async function lookAfterStart(house: House): Promise<void> {
  if (house.model === null) return
  const since = new Date(house.clock.now().getTime() - BEFORE_MS).toISOString()
  let after: string | null = null
  do {
    const page = await house.store.aging(after, PAGE)
    for (const { id, touchedAt } of page.conversations) {
      if (house.leaving.signal.aborted) return
      if (touchedAt >= since) await lookAtLast(house, id)
    }
    await nextTick()
    after = page.next
  } while (after !== null)
}

async function lookAtLast(house: House, conversation: string): Promise<void> {
  const live = await house.conversations.load(conversation).catch(nullIfIllegible)
  if (!live || live.state.crisis !== null || asksWhoSheIs(house, live)) return
  const said = saidWithoutNames(house, live)
  const at = said.findLastIndex(({ role }) => role === 'user')
  const last = said[at]
  if (last) await lookNow(house, { conversation, text: last.text, saidBefore: said.slice(0, at) })
}
