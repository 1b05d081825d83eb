/**
 * Desk accounts, their sessions and the audit trail, of every store. Conversation `c1` exists.
 */
import { expect, test } from 'vitest'
import { chain } from '../../bot/audit-chain.ts'
import type { Store } from '../../bot/ports.ts'
import { commitOf } from './store-contract.ts'

const at = '2026-11-21T07:10:00.000Z'
const later = '2026-11-21T07:20:00.000Z'

export function accounts(store: () => Store): void {
  test('accounts and sessions are kept, replaced and ended', async () => {
    const ana = { name: 'ana', role: 'admissions', programs: ['inspira'], passwordHash: 'h', disabled: false } as const
    await store().putStaff(ana)
    await store().putStaff({ ...ana, disabled: true })
    expect(await store().staff('ana')).toEqual({ ...ana, disabled: true })
    expect(await store().staffList()).toHaveLength(1)
    await store().putSession({ id: 's1', name: 'ana', startedAt: at, expiresAt: later })
    expect(await store().session('s1')).toEqual({ id: 's1', name: 'ana', startedAt: at, expiresAt: later })
    await store().endSessionsOf('ana')
    expect(await store().session('s1')).toBeNull()
  })

  test('the audit trail is a chain, newest first', async () => {
    const event = { event: 'lead.claimed', at, actor: 'ana', conversation: 'c1', lead: 'lead_1', detail: { fence: 1 } }
    await store().record(event)
    await store().commit(commitOf('c1', 1, { audit: [{ ...event, event: 'lead.closed' }] }))
    const trail = await store().auditTrail(10, null)
    expect(trail.map((entry) => entry.event)).toEqual(['lead.closed', 'lead.claimed'])
    const first = chain('', event)
    expect(trail.map((entry) => entry.hash)).toEqual([chain(first, { ...event, event: 'lead.closed' }), first])
    expect(await store().auditTrail(10, trail[0]?.seq ?? 0)).toHaveLength(1)
  })
}
