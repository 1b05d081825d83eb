/**
 * What staff do and its entry of the trail are one change of the store: where the trail cannot be written, nothing is done.
 */
import { beforeEach, describe, expect, test } from 'vitest'
import type { AuditEvent, Store } from '../../bot/ports.ts'
import { commitOf, record } from './store-contract.ts'

const at = '2026-11-21T07:10:00.000Z'
const until = '2026-11-21T07:20:00.000Z'

export interface Breakable {
  readonly store: Store
  /** From now on the trail takes no entry. */
  breakTrail(): Promise<void>
  mendTrail(): Promise<void>
}

const entry = (event: string): AuditEvent => ({
  event,
  at,
  actor: 'ana',
  conversation: 'c1',
  lead: 'lead_1',
  detail: { fence: 1 },
})

interface Trial {
  readonly deed: string
  readonly act: (store: Store, event: AuditEvent) => Promise<unknown>
  /** What it changes. */
  readonly seen: (store: Store) => Promise<unknown>
  readonly before?: (store: Store) => Promise<unknown>
}

const lead = (store: Store): Promise<unknown> => store.lead('lead_1')
const account = { name: 'ben', role: 'admissions', programs: null, passwordHash: 'h', disabled: false } as const
const version = { id: 'fact', version: 1, program: 'inspira', at, body: '{}' }
const paper = { id: 'note', conversation: 'c1', kind: 'staff-note', at, expiresAt: null, body: Buffer.from('sealed') }
const hold = { key: 'hold/c1', holder: 'ana', until: null }
const reading = { disposition: 'reached', note: null } as const
const effect = { id: 'e1', kind: 'page-on-call', conversation: 'c1', detail: {}, dueAt: at, attempts: 0 } as const

const trials: readonly Trial[] = [
  { deed: 'a release', act: (store, event) => store.release('lead_1', 1, { at, event }), seen: lead },
  {
    deed: 'a transfer',
    act: (store, event) => store.transfer('lead_1', 1, { at, by: 'ben', until, event }),
    seen: lead,
  },
  {
    deed: 'a next try',
    act: (store, event) => store.callAgain('lead_1', 1, { at, dueAt: until, rank: 4, event }),
    seen: lead,
  },
  { deed: 'a close', act: (store, event) => store.closeLead('lead_1', 1, { at, ...reading, event }), seen: lead },
  {
    deed: 'the undoing of a close',
    before: (store) => store.closeLead('lead_1', 1, { at, ...reading }),
    act: (store, event) => store.reopen('lead_1', event),
    seen: lead,
  },
  { deed: 'a note', act: (store, event) => store.putDocument(paper, event), seen: (store) => store.documents('c1') },
  {
    deed: 'a hold',
    act: (store, event) => store.reserve(hold, at, event),
    seen: (store) => store.reservations('hold/', at),
  },
  {
    deed: 'the end of a hold',
    before: (store) => store.reserve(hold, at),
    act: (store, event) => store.giveBack(hold.key, hold.holder, event),
    seen: (store) => store.reservations('hold/', at),
  },
  {
    deed: 'a statement',
    act: (store, event) => store.keepLearned(version, event),
    seen: (store) => store.learned(null),
  },
  { deed: 'a new account', act: (store, event) => store.putStaff(account, event), seen: (store) => store.staff('ben') },
  {
    deed: 'the end of an account',
    before: async (store) => {
      await store.putStaff(account)
      await store.putSession({ id: 's1', name: 'ben', startedAt: at, expiresAt: until })
    },
    act: (store, event) => store.changeStaff('ben', { disabled: true, endSessions: true }, event),
    seen: async (store) => [await store.staff('ben'), await store.session('s1')],
  },
  {
    deed: 'a notice that somebody saw to',
    before: (store) => store.putEffect(effect),
    act: (store, event) => store.settleEffect('e1', null, { event }),
    seen: (store) => store.pendingEffects(until, 9),
  },
]

export function deedsContract(name: string, open: () => Promise<Breakable>): void {
  describe(name, () => {
    let place: Breakable
    beforeEach(async () => {
      place = await open()
      const { store } = place
      await store.start(record('c1'))
      const opening = { id: 'lead_1', acuity: 'soon', route: 'iop-fit', label: null, dueAt: null } as const
      await store.commit(commitOf('c1', 1, { lead: opening }))
      await store.claim('lead_1', 'ana', { at, until })
      return () => store.close()
    })

    test.each(trials)(
      '$deed is done with its entry of the trail or not at all',
      async ({ act, seen, before, deed }) => {
        const { store } = place
        await before?.(store)
        const then = await seen(store)
        await place.breakTrail()
        await expect(act(store, entry(deed))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
        expect(await seen(store)).toEqual(then)
        await place.mendTrail()
        await act(store, entry(deed))
        expect(await seen(store)).not.toEqual(then)
        expect((await store.auditTrail(10, null)).map(({ event }) => event)).toEqual([deed])
      },
    )
  })
}
