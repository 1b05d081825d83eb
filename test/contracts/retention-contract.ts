/**
 * Age and legal holds, of every store. Conversation `c1` exists.
 */
import { expect, test } from 'vitest'
import { chain } from '../../bot/keeping/audit-chain.ts'
import type { AuditEvent, Store } from '../../bot/ports.ts'
import type { AgingConversation } from '../../bot/stores/retention-port.ts'
import { commitOf, record } from './store-contract.ts'

const at = '2026-11-21T07:10:00.000Z'
const later = '2026-11-21T07:20:00.000Z'
const hold = { key: 'hold/c1', holder: 'ana', until: null }

async function walk(store: Store, limit: number): Promise<AgingConversation[]> {
  const found: AgingConversation[] = []
  for (let after: string | null = null; ; ) {
    const page = await store.aging(after, limit)
    found.push(...page.conversations)
    if (page.next === null) return found.toSorted((a, b) => (a.id < b.id ? -1 : 1))
    after = page.next
  }
}

export function retention(store: () => Store): void {
  test('a walk over what still has words meets each conversation once, however long its pages are', async () => {
    for (const id of ['c2', 'c3', 'c4', 'c5']) await store().start({ ...record(id), startedAt: at })
    await store().start({ ...record('p1'), program: 'jagruti' })
    const opening = { id: 'l2', acuity: 'soon', route: 'iop-fit', label: null, dueAt: null } as const
    await store().commit(commitOf('c2', 1, { lead: opening, at: later }))
    await store().erase('c4', later)
    await store().reserve(hold, at)
    for (const limit of [1, 2, 3, 100]) {
      const met = await walk(store(), limit)
      expect(met.map(({ id }) => id)).toEqual(['c1', 'c2', 'c3', 'c5', 'p1'])
      expect(met[0]).toEqual({ id: 'c1', touchedAt: at, lead: null, isHeld: true })
      expect(met[1]).toEqual({ id: 'c2', touchedAt: later, lead: { state: 'open', closedAt: null }, isHeld: false })
    }
    const claimed = await store().claim('l2', 'ana', { at, until: later })
    if (claimed.type !== 'claimed') throw new Error('not claimed')
    await store().closeLead('l2', claimed.lead.fence, { at, disposition: 'reached', note: null })
    expect((await walk(store(), 100))[1]?.lead).toEqual({ state: 'closed', closedAt: at })
  })

  test('what a legal hold keeps is neither erased nor dropped, and goes once it is lifted', async () => {
    const photo = { id: 'd1', conversation: 'c1', kind: 'card-photo', at, expiresAt: at, body: Buffer.from('p') }
    await store().putDocument(photo)
    await store().commit(commitOf('c1', 1, { questions: [{ id: 'q1', body: Buffer.from('q') }] }))
    await store().reserve(hold, at)
    expect(await store().erase('c1', later)).toBe('held')
    expect(await store().dropExpired(later)).toBe(0)
    expect(await store().dropQuestions(later)).toBe(0)
    expect(await store().documents('c1')).toHaveLength(1)
    await store().giveBack(hold.key, hold.holder)
    expect(await store().dropQuestions(at)).toBe(0)
    expect(await store().dropQuestions(later)).toBe(1)
    expect(await store().openQuestions(null, 10)).toEqual([])
    expect(await store().dropExpired(later)).toBe(1)
    expect(await store().erase('c1', later)).toBe('erased')
  })

  test('an erasing takes along what the conversation holds, and its entry in the trail, or none of it', async () => {
    const mine = [
      { key: 'calendar/p/1', holder: 'c1', until: null },
      { key: 'contact/p/hash/c1', holder: 'c1', until: later },
    ]
    const other = { key: 'calendar/p/2', holder: 'c2', until: null }
    for (const one of [...mine, other, hold]) await store().reserve(one, at)
    const effect = { id: 'e1', kind: 'clear-calendar', conversation: 'c1', detail: {}, dueAt: at, attempts: 0 } as const
    const event = { event: 'conversation.erased', at, actor: 'ana', conversation: 'c1', lead: null, detail: {} }
    const together = { givenBack: [...mine, other].map(({ key }) => key), effects: [effect], audit: [event] }
    const trail = async () => (await store().auditTrail(10, null)).map((entry) => entry.event)
    expect(await store().erase('c1', later, together)).toBe('held')
    expect(await store().pendingEffects(later, 10)).toEqual([])
    expect(await trail()).not.toContain('conversation.erased')
    await store().giveBack(hold.key, hold.holder)
    expect(await store().erase('c1', later, together)).toBe('erased')
    expect(await store().erase('c1', later, together)).toBe('none')
    expect(await store().reservations('calendar/', at)).toEqual([other])
    expect(await store().reservations('contact/p/hash/', at)).toEqual([])
    expect(await store().pendingEffects(later, 10)).toEqual([effect])
    expect((await trail()).filter((name) => name === 'conversation.erased')).toHaveLength(1)
  })

  test('reservations whose time is over are dropped, and those for good stay', async () => {
    await store().reserve({ key: 'a/1', holder: 'h', until: at }, at)
    await store().reserve({ key: 'a/2', holder: 'h', until: null }, at)
    expect(await store().dropLapsed(later)).toBe(1)
    expect((await store().reservations('a/', '')).map(({ key }) => key)).toEqual(['a/2'])
  })

  test('an audit trail that is cut goes on in its chain', async () => {
    const event = (name: string): AuditEvent => ({
      event: name,
      at,
      actor: 'ana',
      conversation: null,
      lead: null,
      detail: {},
    })
    for (const name of ['one', 'two', 'three']) await store().record(event(name))
    await store().dropAudit(2)
    await store().record(event('four'))
    const [four, three, ...rest] = await store().auditTrail(10, null)
    expect([three?.seq, four?.seq, rest]).toEqual([3, 4, []])
    expect(four && three && chain(three.hash, four)).toBe(four?.hash)
  })
}
