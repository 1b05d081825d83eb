/**
 * After a clock that was set back: pages and leases that were given a time in the wrong day get one in the right day.
 *
 * A machine that thinks it is tomorrow puts the next page to on-call a day ahead, and holds a lead for a day. Once its
 * clock is right again, nobody would be paged until then; so whatever waits longer than its kind ever waits is due now.
 */
import type { House } from '../house.ts'
import { LEASE_MS } from '../queue/lease.ts'

/** Smaller steps are the everyday work of a time service. */
const STEP_MS = 30_000
/** The longest pause between two pages (`perform.ts`). */
const PAGE_PAUSE_MS = 600_000
const ALL = 100_000

/** Tells once for each time that the clock has been set back. */
export function watchClock(house: House): () => boolean {
  let latest = house.clock.now().getTime()
  return () => {
    const now = house.clock.now().getTime()
    const wentBack = now < latest - STEP_MS
    latest = now
    return wentBack
  }
}

/** Puts right what waits longer than it ever should; nothing when nothing does. */
export async function mendTimes(house: House): Promise<void> {
  const now = house.clock.now()
  const at = now.toISOString()
  const pages = (await house.store.pendingEffects('9', ALL)).filter(
    ({ kind, dueAt }) => kind === 'page-on-call' && dueAt > after(now, PAGE_PAUSE_MS),
  )
  for (const { id } of pages) await house.store.settleEffect(id, at)
  const until = after(now, LEASE_MS)
  const held = await house.store.leads({ state: 'claimed', programs: null, limit: ALL, after: null, at })
  const tooLong = held.leads.filter(({ claimedUntil }) => claimedUntil !== null && claimedUntil > until)
  for (const { id, fence } of tooLong) await house.store.renew(id, fence, { at, until })
  if (pages.length + tooLong.length === 0) return
  const detail = { pages: pages.length, leases: tooLong.length }
  await house.store.record({ event: 'clock.mended', at, actor: 'service', conversation: null, lead: null, detail })
}

function after(now: Date, ms: number): string {
  return new Date(now.getTime() + ms).toISOString()
}
