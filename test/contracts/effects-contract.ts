/**
 * Stored effects, of every store: due until they are settled, taken by one at a time. Conversation `c1` exists.
 */
import { expect, test } from 'vitest'
import type { Store } from '../../bot/ports.ts'
import { commitOf } from './store-contract.ts'

const at = '2026-11-21T07:10:00.000Z'
const later = '2026-11-21T07:20:00.000Z'

export function effects(store: () => Store): void {
  test('a stored effect stays due until it is settled', async () => {
    const effect = {
      id: 'e1',
      kind: 'page-on-call',
      conversation: 'c1',
      detail: { label: 'self_harm' },
      dueAt: at,
      attempts: 0,
    } as const
    await store().commit(commitOf('c1', 1, { effects: [effect] }))
    expect(await store().pendingEffects(at, 10)).toEqual([effect])
    await store().settleEffect('e1', later)
    expect(await store().pendingEffects(at, 10)).toEqual([])
    expect(await store().pendingEffects(later, 10)).toEqual([{ ...effect, dueAt: later, attempts: 1 }])
    await store().settleEffect('e1', 'never', { code: 'HTTP_410' })
    expect(await store().pendingEffects('9999', 10)).toEqual([])
    expect(await store().deadEffects(10)).toMatchObject([
      { id: 'e1', dueAt: 'never', detail: { label: 'self_harm', code: 'HTTP_410' } },
    ])
    await store().settleEffect('e1', later)
    expect(await store().deadEffects(10)).toEqual([])
    await store().settleEffect('e1', null)
    expect(await store().pendingEffects('9999', 10)).toEqual([])
  })

  test('an effect that no turn brought is due like any other, and the same one twice is one', async () => {
    const effect = { id: 'e9', kind: 'write-record', conversation: 'c1', detail: {}, dueAt: at, attempts: 0 } as const
    await store().putEffect(effect)
    await store().putEffect(effect)
    expect(await store().pendingEffects(at, 10)).toEqual([effect])
    await store().settleEffect('e9', null)
    expect(await store().pendingEffects('9999', 10)).toEqual([])
  })

  test('what is due is taken by one, and comes back when that one never settles it', async () => {
    const due = (id: string) =>
      ({ id, kind: 'announce-lead', conversation: 'c1', detail: {}, dueAt: at, attempts: 0 }) as const
    await store().commit(commitOf('c1', 1, { effects: [due('e1'), due('e2')] }))
    const takers = await Promise.all(Array.from({ length: 20 }, () => store().takeEffects({ at, until: later }, 1)))
    expect(
      takers
        .flat()
        .map((effect) => effect.id)
        .sort(),
    ).toEqual(['e1', 'e2'])
    await store().settleEffect('e1', null)
    expect(await store().takeEffects({ at, until: later }, 10)).toEqual([])
    expect(await store().takeEffects({ at: later, until: '9999' }, 10)).toEqual([due('e2')])
    await store().settleEffect('e2', later)
    expect(await store().takeEffects({ at: later, until: '9999' }, 10)).toEqual([
      { ...due('e2'), dueAt: later, attempts: 1 },
    ])
  })
}
