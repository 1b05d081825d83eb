/**
 * One look at an installation: what stands well, what could be better, what is broken, each with its mend.
 */
import type { Config } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { dueOf, learnedBy } from '../learning/learned.ts'
import type { Store } from '../ports.ts'
import { openStore } from '../stores/open-store.ts'
import { verifyAudit } from './audit-walk.ts'
import { readDeploymentKey } from './deployment-key.ts'
import { holds } from './legal-hold.ts'
import { type Finding, lookAround } from './surroundings.ts'
import { whoListens } from './who-listens.ts'

const DAY_MS = 86_400_000
const BACKUP_DAYS = 2
const TRAIL = 1_000
/** Beyond it a machine's clock and the store's are apart (`ClocksApart`). */
const SKEW_MS = 2_000

/** @param now - of the machine. */
export async function lookOver(config: Config, now = new Date()): Promise<Finding[]> {
  const key = await tried('the deployment key', async () => readDeploymentKey(config))
  const here = [...(await lookAround(config, now)), ...(await whoListens(config)), key.finding]
  if (key.value === null) return here
  const deploymentKey = key.value
  const opened = await tried('the store', () => openAndAsk(config, deploymentKey), STORE_DOWN)
  if (opened.value === null) return [...here, opened.finding]
  const { store, skewMs } = opened.value
  const kept = await tried('what the store holds', () => stored(store, { config, now, skewMs }), STORE_DOWN)
  await store.close()
  return [...here, opened.finding, ...(kept.value ?? [kept.finding])]
}

/** A Redis that cannot be reached opens and waits: only what is asked of it says so. */
async function openAndAsk(config: Config, key: Buffer): Promise<{ store: Store; skewMs: number | null }> {
  const { store, exchange } = await openStore(config, key)
  try {
    await store.check()
  } catch (error) {
    await store.close()
    throw error
  }
  return { store, skewMs: exchange?.clockSkewMs() ?? null }
}

const STORE_DOWN = ' What to do by cause: docs/operate.md, StoreDown.'

async function tried<T>(
  what: string,
  act: () => Promise<T>,
  more = '',
): Promise<{ value: T | null; finding: Finding }> {
  try {
    return { value: await act(), finding: { state: 'ok', what: `${what} opens` } }
  } catch (error) {
    if (!(error instanceof AdmissionsError)) throw error
    return {
      value: null,
      finding: { state: 'problem', what: `${what} does not open`, mend: `${error.message}${more}` },
    }
  }
}

interface Standing {
  readonly config: Config
  readonly now: Date
  readonly skewMs: number | null
}

async function stored(store: Store, { config, now, skewMs }: Standing): Promise<Finding[]> {
  const trail = await verifyAudit(store)
  const staff = (await store.staffList()).filter(({ disabled }) => !disabled)
  const dead = (await store.deadEffects(TRAIL)).length
  const held = (await holds(store)).length
  return [
    trail.type === 'whole'
      ? { state: 'ok', what: `the audit trail is whole (${trail.entries} entries)` }
      : {
          state: 'problem',
          what: `the audit trail is broken at entry ${trail.seq}`,
          mend: 'docs/operate.md, Audit trail',
        },
    staff.length > 0
      ? { state: 'ok', what: `${staff.length} people may sign in to the desk` }
      : { state: 'problem', what: 'nobody may sign in to the desk', mend: 'porchlight staff add' },
    dead === 0
      ? { state: 'ok', what: 'no notice was given up' }
      : {
          state: 'warning',
          what: `${dead} notices were given up`,
          mend: 'the desk lists them: mend the target, send again',
        },
    await facts(store, now),
    await clock(store, now, skewMs),
    { state: 'ok', what: held === 0 ? 'no legal hold stands' : `${held} conversations are under a legal hold` },
    ...(config.redis === null ? [await backup(store, now)] : []),
  ]
}

/** A machine alone has nothing to compare its clock with but what it has written before. */
async function clock(store: Store, now: Date, skewMs: number | null): Promise<Finding> {
  const [newest] = await store.auditTrail(1, null)
  const behindMs = newest ? Date.parse(newest.at) - now.getTime() : 0
  const apartMs = Math.max(Math.abs(skewMs ?? 0), behindMs)
  return apartMs <= SKEW_MS
    ? { state: 'ok', what: 'the clock fits what is stored' }
    : {
        state: 'problem',
        what: `the clock is ${Math.round(apartMs / 1000)} seconds off ${skewMs === null ? 'what was stored last' : 'the store’s'}`,
        mend: 'mend the time service (chronyc tracking); docs/operate.md, ClocksApart',
      }
}

/** What staff stated and is past its day is said with "the team will confirm it". */
async function facts(store: Store, now: Date): Promise<Finding> {
  const today = now.toISOString().slice(0, 10)
  const due = (await learnedBy({ store }, null)).filter((entry) => dueOf(entry, today) !== null).length
  return due === 0
    ? { state: 'ok', what: 'no fact that staff stated is due' }
    : {
        state: 'warning',
        what: `${due} facts that staff stated are due`,
        mend: 'the desk lists them: Unanswered, Said',
      }
}

async function backup(store: Store, now: Date): Promise<Finding> {
  const since = new Date(now.getTime() - BACKUP_DAYS * DAY_MS).toISOString()
  // A busy trail is longer than one page of it.
  for (let before: number | null = null; ; ) {
    const page = await store.auditTrail(TRAIL, before)
    const last = page.find(({ event, at }) => event === 'store.backed-up' && at > since)
    if (last) return { state: 'ok', what: `backed up ${last.at}` }
    const oldest = page.at(-1)
    if (!oldest || oldest.at < since || page.length < TRAIL) break
    before = oldest.seq
  }
  return { state: 'warning', what: 'no backup in the last two days', mend: 'porchlight backup FILE' }
}
