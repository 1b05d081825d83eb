/**
 * Figures that are read when they are asked for: who waits, how long, and what has not gone out yet.
 *
 * Read from the store at each scrape, so that every machine of an installation tells the same, and a
 * service that has just started does not begin at nothing.
 */
import { Gauge, type Registry } from 'prom-client'
import type { Clock, LeadRecord, Store } from '../ports.ts'
import type { Exchange } from '../turn/exchange.ts'

const LEADS_AT_MOST = 1_000
const EFFECTS_AT_MOST = 1_000

interface Sources {
  readonly store: Store
  readonly clock: Clock
  readonly exchange: Exchange | null
}

/** A store that cannot be read leaves the last figures standing; `porchlight_store_up` says so. */
export function registerGauges(registry: Registry, sources: Sources): void {
  let reading: Promise<void> | null = null
  // All of one scrape share one reading, whichever of them is asked first.
  const collect = (): Promise<void> => {
    reading ??= readInto(gauges, sources).finally(() => {
      reading = null
    })
    return reading
  }
  const gauge = (name: string, help: string, labelNames: string[] = []): Gauge =>
    new Gauge({ name: `porchlight_${name}`, help, labelNames, registers: [registry], collect })
  const gauges = {
    waiting: gauge('leads_waiting', 'Leads that nobody has taken, by acuity', ['acuity']),
    oldest: gauge('lead_oldest_wait_seconds', 'How long the longest-waiting open lead has waited'),
    late: gauge('leads_late', 'Open or claimed leads whose promised time has passed'),
    lag: gauge('outbox_lag_seconds', 'How late the oldest notice is that should have gone out'),
    dead: gauge('outbox_dead', 'Notices that were given up and wait on the desk'),
    up: gauge('store_up', '1 when the store can be read and written'),
    skew: gauge('clock_skew_seconds', 'How far this machine’s clock is ahead of the store’s; 0 on one machine'),
  }
}

type Gauges = Readonly<Record<'waiting' | 'oldest' | 'late' | 'lag' | 'dead' | 'up' | 'skew', Gauge>>

async function readInto(gauges: Gauges, { store, clock, exchange }: Sources): Promise<void> {
  try {
    const now = clock.now()
    const [open, claimed] = await Promise.all([leadsOf(store, 'open', now), leadsOf(store, 'claimed', now)])
    gauges.waiting.reset()
    for (const lead of open) gauges.waiting.inc({ acuity: lead.acuity })
    gauges.oldest.set(Math.max(0, ...open.map((lead) => secondsSince(lead.openedAt, now))))
    const isLate = ({ dueAt }: LeadRecord): boolean => dueAt !== null && dueAt < now.toISOString()
    gauges.late.set([...open, ...claimed].filter(isLate).length)
    const due = await store.pendingEffects(now.toISOString(), EFFECTS_AT_MOST)
    gauges.lag.set(Math.max(0, ...due.map((effect) => secondsSince(effect.dueAt, now))))
    gauges.dead.set((await store.deadEffects(EFFECTS_AT_MOST)).length)
    await store.check()
    gauges.up.set(1)
    gauges.skew.set((exchange?.clockSkewMs() ?? 0) / 1000)
  } catch {
    gauges.up.set(0)
  }
}

async function leadsOf(store: Store, state: 'open' | 'claimed', now: Date): Promise<readonly LeadRecord[]> {
  const query = { state, programs: null, limit: LEADS_AT_MOST, after: null, at: now.toISOString() }
  return (await store.leads(query)).leads
}

function secondsSince(at: string, now: Date): number {
  return (now.getTime() - Date.parse(at)) / 1000
}
