/**
 * Desk accounts, their sessions and the audit trail, of every store. Conversation `c1` exists.
 */
import { expect, test } from 'vitest'
import { chain } from '../../bot/keeping/audit-chain.ts'
import type { Store } from '../../bot/ports.ts'
import { commitOf } from './store-contract.ts'

const at = '2026-11-21T07:10:00.000Z'
const later = '2026-11-21T07:20:00.000Z'

export function accounts(store: () => Store): void {
  test('accounts and sessions are kept, replaced and ended', async () => {
    const ana = { name: 'ana', role: 'admissions', programs: ['inspira'], passwordHash: 'h', disabled: false } as const
    await store().putStaff(ana)
    expect(await store().changeStaff('ana', { disabled: true })).toBe(true)
    expect(await store().staff('ana')).toEqual({ ...ana, disabled: true })
    expect(await store().staffList()).toHaveLength(1)
    await store().putSession({ id: 's1', name: 'ana', startedAt: at, expiresAt: later })
    expect(await store().session('s1')).toEqual({ id: 's1', name: 'ana', startedAt: at, expiresAt: later })
    const second = { id: 's2', name: 'ana', startedAt: at, expiresAt: later, seenAt: later, device: 'Edge on Windows' }
    await store().putSession(second)
    await store().putSession({ ...second, id: 's3', name: 'ben' })
    expect((await store().sessionsOf('ana')).toSorted((one, other) => (one.id < other.id ? -1 : 1))).toEqual([
      { id: 's1', name: 'ana', startedAt: at, expiresAt: later },
      second,
    ])
    expect(await store().signedIn('s1')).toEqual({
      session: { id: 's1', name: 'ana', startedAt: at, expiresAt: later },
      staff: { ...ana, disabled: true },
    })
    expect(await store().signedIn('s3')).toBeNull()
    expect(await store().signedIn('nobody')).toBeNull()
    await store().endSession('s2')
    expect((await store().sessionsOf('ana')).map(({ id }) => id)).toEqual(['s1'])
    await store().endSessionsOf('ana')
    expect(await store().session('s1')).toBeNull()
    expect(await store().sessionsOf('ana')).toEqual([])
    expect(await store().sessionsOf('ben')).toHaveLength(1)
    await store().endSessionsOf('ben')
  })

  test('a change of an account leaves what it does not name, and finds no account that is not there', async () => {
    const secondFactor = { sealed: 's', confirmed: true, lastStep: 7, recovery: 'aa bb' }
    const chris = { name: 'chris', role: 'admin', programs: ['inspira'], passwordHash: 'h', disabled: false } as const
    await store().putStaff(chris)
    const changes = [{ disabled: true }, { passwordHash: 'i' }, { secondFactor }, { openId: 'https://id.example 7' }]
    await Promise.all(changes.map((change) => store().changeStaff('chris', change)))
    const all = { ...chris, disabled: true, passwordHash: 'i', openId: 'https://id.example 7' }
    expect(await store().staff('chris')).toEqual({ ...all, secondFactor })
    await store().changeStaff('chris', { secondFactor: null })
    expect(await store().staff('chris')).toEqual(all)
    expect(await store().changeStaff('nobody', { disabled: false })).toBe(false)
    expect(await store().staff('nobody')).toBeNull()
  })

  test('a session that has ended stays ended, also when a use of it comes late', async () => {
    const session = { id: 's9', name: 'ana', startedAt: at, expiresAt: later, seenAt: at, device: 'Edge on Windows' }
    await store().putSession(session)
    await store().touchSession({ ...session, seenAt: later })
    expect(await store().session('s9')).toEqual({ ...session, seenAt: later })
    await store().endSession('s9')
    await store().touchSession({ ...session, seenAt: later })
    expect(await store().session('s9')).toBeNull()
  })

  test('a code of the second factor is used once, of many tries at once too', async () => {
    const secondFactor = { sealed: 's', confirmed: true, lastStep: 7, recovery: 'aa bb' }
    const ben = { name: 'ben', role: 'clinical', programs: null, passwordHash: 'h', disabled: false } as const
    await store().putStaff({ ...ben, secondFactor, openId: 'https://id.example 1' })
    expect(await store().staff('ben')).toEqual({ ...ben, secondFactor, openId: 'https://id.example 1' })
    const tries = await Promise.all(Array.from({ length: 20 }, () => store().spendCode('ben', { step: 8 })))
    expect(tries.filter((one) => one)).toHaveLength(1)
    expect(await store().spendCode('ben', { step: 8 })).toBe(false)
    expect([
      await store().spendCode('ben', { recovery: 'aa' }),
      await store().spendCode('ben', { recovery: 'aa' }),
    ]).toEqual([true, false])
    expect(await store().spendCode('ben', { recovery: 'bb' })).toBe(true)
    expect((await store().staff('ben'))?.secondFactor).toEqual({ ...secondFactor, lastStep: 8, recovery: '' })
    expect(await store().spendCode('nobody', { step: 9 })).toBe(false)
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
