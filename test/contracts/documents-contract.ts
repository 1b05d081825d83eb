/**
 * Sealed documents and reservations, of every store. Conversation `c1` exists.
 */
import { expect, test } from 'vitest'
import type { Store } from '../../bot/ports.ts'
import type { DocumentRecord } from '../../bot/stores/document-port.ts'
import { commitOf } from './store-contract.ts'

const at = '2026-11-21T07:10:00.000Z'
const later = '2026-11-21T07:20:00.000Z'

const document = (id: string, more: Partial<DocumentRecord> = {}): DocumentRecord => ({
  id,
  conversation: 'c1',
  kind: 'card-photo',
  at,
  expiresAt: null,
  body: Buffer.from([0, 255, 10, 13, 124]),
  ...more,
})

export function documents(store: () => Store): void {
  test('documents are kept byte for byte, replaced, dropped, and gone when their time is over', async () => {
    expect(await store().putDocument(document('d1'))).toBe(true)
    expect(await store().putDocument(document('d2', { expiresAt: later, at: later }))).toBe(true)
    expect(await store().putDocument(document('d3', { conversation: 'never' }))).toBe(false)
    const read = await store().documents('c1')
    expect(read.map(({ id, expiresAt }) => [id, expiresAt])).toEqual([
      ['d1', null],
      ['d2', later],
    ])
    expect([...(read[0]?.body ?? [])]).toEqual([0, 255, 10, 13, 124])
    await store().putDocument(document('d1', { body: Buffer.from('new') }))
    expect((await store().documents('c1')).map(({ body }) => Buffer.from(body).toString())[0]).toBe('new')
    expect(await store().dropExpired(at)).toBe(0)
    expect(await store().dropExpired(later)).toBe(1)
    expect(await store().dropDocument('c1', 'd1')).toBe(true)
    expect(await store().dropDocument('c1', 'd1')).toBe(false)
    expect(await store().documents('c1')).toEqual([])
  })

  test('erasing a conversation takes its documents with it, and it gets no new ones', async () => {
    await store().putDocument(document('d1'))
    await store().erase('c1', later)
    expect(await store().documents('c1')).toEqual([])
    expect(await store().putDocument(document('d2'))).toBe(false)
  })

  test('the ledger gives back every consent that was committed, and is gone with its conversation', async () => {
    const consents = ['k1', 'k2'].map((id) => ({ id, kind: 'contact', given: id === 'k1', body: Buffer.from(id) }))
    await store().commit(commitOf('c1', 1, { consents }))
    const read = await store().consentLedger('c1')
    expect(read.map(({ id, body }) => [id, Buffer.from(body).toString()]).toSorted()).toEqual([
      ['k1', 'k1'],
      ['k2', 'k2'],
    ])
    await store().erase('c1', later)
    expect(await store().consentLedger('c1')).toEqual([])
  })

  test('of a hundred who reserve the same thing at once, one gets it', async () => {
    const tries = Array.from({ length: 100 }, (_, index) =>
      store().reserve({ key: 'calendar/a/1', holder: `h${index}`, until: later }, at),
    )
    expect((await Promise.all(tries)).filter((result) => result === 'reserved')).toHaveLength(1)
  })

  test('a reservation is its holder’s until it is given back or its time is over', async () => {
    const one = { key: 'calendar/a/1', holder: 'h1', until: later }
    expect(await store().reserve(one, at)).toBe('reserved')
    expect(await store().reserve({ ...one, holder: 'h2' }, at)).toBe('taken')
    expect(await store().giveBack(one.key, 'h2')).toBe(false)
    expect(await store().reserve({ ...one, until: null }, at)).toBe('reserved')
    expect(await store().reserve({ ...one, holder: 'h2' }, '2027-01-01T00:00:00.000Z')).toBe('taken')
    await store().reserve({ key: 'calendar/b/1', holder: 'h2', until: later }, at)
    expect(await store().reservations('calendar/a/', later)).toEqual([{ ...one, until: null }])
    expect(await store().reservations('calendar/', at)).toHaveLength(2)
    expect(await store().reservations('calendar/', later)).toHaveLength(1)
    expect(await store().giveBack(one.key, 'h1')).toBe(true)
    expect(await store().reserve({ ...one, holder: 'h2' }, at)).toBe('reserved')
    const way = { key: 'contact/a/hash/c1', holder: 'c1', until: later }
    await store().reserve(way, at)
    await store().reserve({ ...way, key: 'contact/a/other/c1' }, at)
    expect(await store().reservations('contact/a/hash/', at)).toEqual([way])
    expect(await store().giveBack(way.key, 'c1')).toBe(true)
    expect(await store().reservations('contact/a/hash/', at)).toEqual([])
  })
}
