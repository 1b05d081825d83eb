/**
 * Counts of referrals: kept with the turn that shows the card, once, and for longer than the talk.
 */
import { expect, test } from 'vitest'
import type { Store } from '../../bot/ports.ts'
import { commitOf } from './store-contract.ts'

const toLifeline = { label: 'suicide_active', resource: 'us-988' } as const
const toEmergency = { label: 'overdose_now', resource: 'us-911' } as const

export function referrals(store: () => Store): void {
  test('referrals are counted by month, program, kind and resource', async () => {
    expect(await store().referrals()).toEqual([])
    await store().commit(commitOf('c1', 1, { referrals: [toLifeline, toLifeline] }))
    await store().commit(commitOf('c1', 2, { referrals: [toLifeline, toEmergency] }))
    await store().commit(commitOf('c1', 3, { referrals: [toLifeline], at: '2026-12-31T23:59:59.999Z' }))
    await store().commit(commitOf('c1', 4))
    expect(await store().referrals()).toEqual([
      { month: '2026-11', program: 'inspira', ...toEmergency, count: 1 },
      { month: '2026-11', program: 'inspira', ...toLifeline, count: 3 },
      { month: '2026-12', program: 'inspira', ...toLifeline, count: 1 },
    ])
  })

  test('a turn that is not kept counts nothing, and erasing a talk takes no number away', async () => {
    await store().commit(commitOf('c1', 1, { referrals: [toLifeline], clientKey: 'k1' }))
    expect(await store().commit(commitOf('c1', 1, { referrals: [toLifeline] }))).toBe('conflict')
    await store()
      .commit(commitOf('c1', 2, { referrals: [toLifeline], clientKey: 'k1' }))
      .catch(() => undefined)
    await store().erase('c1', '2026-11-22T00:00:00.000Z')
    expect((await store().referrals()).map(({ count }) => count)).toEqual([1])
  })
}
