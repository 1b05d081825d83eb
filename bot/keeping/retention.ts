/**
 * Retention: what has reached the age of its class ends, once a day, on one machine of all.
 *
 * Days are counted by the clock, and a clock can be wrong: a machine that wakes up in another year would
 * erase everything. So a round only ends what is old when the round before it was one to three days ago; after any
 * other step of the clock, at the first start too, it notes the day and waits for the next. A legal hold
 * keeps everything of its conversation, and while there is any, the whole audit trail.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import type { KeepingConfig } from '../config-keeping.ts'
import type { House } from '../house.ts'
import type { AuditLog, Store } from '../ports.ts'
import type { AgingConversation } from '../stores/retention-port.ts'
import { tryErase } from './erase-conversation.ts'
import { holds } from './legal-hold.ts'

const ROUND = 'job/retention'
const DAY_MS = 86_400_000
const LATEST_MS = 3 * DAY_MS
const PAGE = 200

export type EndingClass = 'chat' | 'lead'
type KeptDays = KeepingConfig['keptDays']

/** One look, as often as one likes: a round a day is taken by whichever machine looks first. */
export async function endWhatIsOver(house: House): Promise<void> {
  if (await takeRound(house)) await endAll(house)
}

async function takeRound(house: House): Promise<boolean> {
  const { store, clock } = house
  const at = clock.now().toISOString()
  const before = (await store.reservations(ROUND, at)).find(({ key }) => key === ROUND)
  const sinceMs = before ? Date.parse(at) - Date.parse(before.holder) : Number.NaN
  if (sinceMs >= 0 && sinceMs < DAY_MS) return false
  if (before && !(await store.giveBack(ROUND, before.holder))) return false
  if ((await store.reserve({ key: ROUND, holder: at, until: null }, at)) !== 'reserved') return false
  if (sinceMs >= DAY_MS && sinceMs <= LATEST_MS) return true
  const hours = Number.isNaN(sinceMs) ? 'first' : Math.round(sinceMs / 3_600_000)
  await note(house, 'retention.waits', { hours })
  return false
}

async function endAll(house: House): Promise<void> {
  const { store, clock, config } = house
  const now = clock.now()
  const days = config.keptDays
  const counts = {
    documents: await store.dropExpired(now.toISOString()),
    lapsed: await store.dropLapsed(now.toISOString()),
    ...(await endConversations(house, now)),
    questions: days.question === 0 ? 0 : await store.dropQuestions(daysBefore(now, days.question)),
    notices: days.notice === 0 ? 0 : await store.dropSettled(daysBefore(now, days.notice)),
  }
  for (const [kind, count] of Object.entries(counts)) house.metrics.ended.inc({ kind }, count)
  await note(house, 'retention.done', counts)
  if (days.audit !== 0) await endAudit(house, daysBefore(now, days.audit))
}

async function endConversations(house: House, now: Date): Promise<{ chats: number; leads: number }> {
  const counts = { chats: 0, leads: 0 }
  for await (const { id, kind, isHeld } of overdue(house.store, house.config.keptDays, now)) {
    if (isHeld) continue
    // In line with her own messages: what she is just writing is heard first, and makes the talk young again.
    const ended = await house.line.run(id, () => tryErase(house, id, { actor: 'retention', detail: { kind } }))
    if (ended === 'erased') counts[`${kind}s`] += 1
    await breathe()
  }
  return counts
}

/** What has reached its age by now, held or not. A lead that nobody has closed is never too old: somebody is owed a call. */
export async function* overdue(
  store: Store,
  days: KeptDays,
  now: Date,
): AsyncGenerator<{ id: string; kind: EndingClass; isHeld: boolean }> {
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<Store['aging']>> = await store.aging(after, PAGE)
    for (const one of page.conversations) {
      const kind = one.lead === null ? 'chat' : 'lead'
      if (isOver(one, days[kind], now)) yield { id: one.id, kind, isHeld: one.isHeld }
    }
    if (page.next === null) return
    after = page.next
    await breathe()
  }
}

function isOver({ touchedAt, lead }: AgingConversation, days: number, now: Date): boolean {
  if (days === 0 || (lead !== null && lead.state !== 'closed')) return false
  const since = lead?.closedAt && lead.closedAt > touchedAt ? lead.closedAt : touchedAt
  return since < daysBefore(now, days)
}

function daysBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * DAY_MS).toISOString()
}

/** The trail says itself where it was cut and what the last hash before the cut was, so that what stays can be verified. */
async function endAudit(house: House, before: string): Promise<void> {
  if ((await holds(house.store)).length > 0) return
  const cut = await lastBefore(house.store, before)
  if (!cut) return
  await note(house, 'audit.retired', { through: cut.seq, hash: cut.hash })
  await house.store.dropAudit(cut.seq)
}

/** The newest entry that is older; the trail stands in the order of time, so halving finds it. */
async function lastBefore(log: AuditLog, before: string): Promise<{ seq: number; hash: string } | null> {
  const [newest] = await log.auditTrail(1, null)
  let [low, high] = [0, newest?.seq ?? 0]
  let found: { seq: number; hash: string } | null = null
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const [entry] = await log.auditTrail(1, middle + 1)
    if (entry && entry.at >= before) high = middle - 1
    else {
      low = middle
      found = entry ?? found
    }
  }
  return found
}

async function note(house: House, event: string, detail: Record<string, string | number>): Promise<void> {
  const at = house.clock.now().toISOString()
  await house.store.record({ event, at, actor: 'service', conversation: null, lead: null, detail })
}
