/**
 * What every store and queue must keep, run on each adapter; it never asks which one it is.
 */

import { beforeEach, describe, expect, test } from 'vitest'
import type { ConversationRecord, LeadOpening, Store, TurnCommit } from '../../bot/ports.ts'
import { accounts } from './accounts-contract.ts'
import { documents } from './documents-contract.ts'
import { effects } from './effects-contract.ts'
import { learned } from './learned-contract.ts'
import { referrals } from './referrals-contract.ts'
import { retention } from './retention-contract.ts'
import { scriptVersions } from './scripts-contract.ts'

const at = '2026-11-21T07:10:00.000Z'
const later = '2026-11-21T07:20:00.000Z'
const bytes = (text: string): Buffer => Buffer.from(text)

export function record(id: string): Omit<ConversationRecord, 'changes'> {
  return {
    id,
    program: 'inspira',
    user: 'dl_1',
    version: 1,
    lastSeq: 0,
    wrappedKey: bytes('key'),
    state: bytes('s1'),
    startedAt: at,
  }
}

export function commitOf(id: string, version: number, more: Partial<TurnCommit> = {}): TurnCommit {
  const turn = { firstSeq: version, lastSeq: version, body: bytes(`turn ${version}`) }
  const base = {
    conversation: id,
    expectedVersion: version,
    state: bytes(`s${version + 1}`),
    turn,
    clientKey: null,
    lead: null,
  }
  return { ...base, effects: [], questions: [], consents: [], audit: [], referrals: [], at, ...more }
}

const lead = (id: string, more: Partial<LeadOpening> = {}): LeadOpening => ({
  id,
  acuity: 'soon',
  route: 'iop-fit',
  label: null,
  dueAt: null,
  ...more,
})

export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store
    beforeEach(async () => {
      store = await open()
      await store.start(record('c1'))
      return () => store.close()
    })
    conversations(() => store)
    leads(() => store)
    effects(() => store)
    documents(() => store)
    accounts(() => store)
    scriptVersions(() => store)
    learned(() => store)
    referrals(() => store)
    retention(() => store)
  })
}

function conversations(store: () => Store): void {
  test('a conversation starts once and is read back as it was', async () => {
    expect(await store().start(record('c1'))).toBe('exists')
    const read = await store().load('c1')
    expect(read && { ...read, wrappedKey: Buffer.from(read.wrappedKey), state: Buffer.from(read.state) }).toEqual({
      ...record('c1'),
      changes: [],
    })
    expect(await store().load('never')).toBeNull()
  })

  test('a state is read as it was stored whole, with the turns that say what they changed of it', async () => {
    await store().commit(commitOf('c1', 1))
    for (const version of [2, 3]) await store().commit(commitOf('c1', version, { state: null }))
    const read = await store().load('c1')
    expect(Buffer.from(read?.state ?? '').toString()).toBe('s2')
    expect(read?.changes.map(({ body }) => Buffer.from(body).toString())).toEqual(['turn 2', 'turn 3'])
    expect(await store().loadSince('c1', 3)).toMatchObject({ version: 4, lastSeq: 3, changes: read?.changes })
    await store().commit(commitOf('c1', 4))
    expect(await store().load('c1')).toMatchObject({ version: 5, changes: [] })
  })

  test('who holds the version that is stored is told so, and anybody else gets what is stored', async () => {
    expect(await store().loadSince('c1', 1)).toBe('same')
    await store().commit(commitOf('c1', 1))
    expect(await store().loadSince('c1', 1)).toMatchObject({ version: 2, lastSeq: 1 })
    expect(await store().loadSince('never', 1)).toBeNull()
    await store().erase('c1', later)
    expect(await store().loadSince('c1', 2)).toBeNull()
  })

  test('a commit names the version that it read; of two, one wins and the other leaves nothing', async () => {
    const other = { turn: { firstSeq: 1, lastSeq: 2, body: bytes('other') }, lead: lead('lead_x') }
    const both = await Promise.all([store().commit(commitOf('c1', 1)), store().commit(commitOf('c1', 1, other))])
    expect(both).toEqual(['committed', 'conflict'])
    expect((await store().turnsAfter('c1', 0)).map((turn) => Buffer.from(turn.body).toString())).toEqual(['turn 1'])
    expect(await store().leadOf('c1')).toBeNull()
  })

  test('turns come back in order, after a sequence number, and by their client key', async () => {
    for (const version of [1, 2, 3]) await store().commit(commitOf('c1', version, { clientKey: `k${version}` }))
    expect((await store().turnsAfter('c1', 1)).map((turn) => turn.lastSeq)).toEqual([2, 3])
    expect((await store().turnByClientKey('c1', 'k2'))?.firstSeq).toBe(2)
    expect(await store().turnByClientKey('c1', 'k9')).toBeNull()
    await expect(store().commit(commitOf('c1', 4, { clientKey: 'k2' }))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    })
    expect((await store().load('c1'))?.version).toBe(4)
  })

  test('erasing destroys the key and the words, and the conversation is over', async () => {
    await store().commit(commitOf('c1', 1, { lead: lead('lead_1'), questions: [{ id: 'q1', body: bytes('q') }] }))
    expect(await store().erase('c1', later)).toBe('erased')
    expect(await store().load('c1')).toBeNull()
    expect(await store().turnsAfter('c1', 0)).toEqual([])
    expect(await store().openQuestions(null, 10)).toEqual([])
    expect(await store().commit(commitOf('c1', 2))).toBe('conflict')
    expect(await store().start(record('c1'))).toBe('exists')
    expect(await store().erase('c1', later)).toBe('none')
  })

  test('unanswered questions are listed by program', async () => {
    await store().commit(commitOf('c1', 1, { questions: [{ id: 'q1', body: bytes('q') }] }))
    expect((await store().openQuestions(['inspira'], 10)).map((question) => question.id)).toEqual(['q1'])
    expect(await store().openQuestions(['jagruti'], 10)).toEqual([])
  })
}

function leads(store: () => Store): void {
  const lease = { at, until: later }

  test('danger stands first, then medical need, then promises by time', async () => {
    const openings: [string, LeadOpening][] = [
      ['a', lead('lead_a', { acuity: 'routine', route: 'lower' })],
      ['b', lead('lead_b', { dueAt: later })],
      ['c', lead('lead_c', { dueAt: at })],
      ['d', lead('lead_d', { acuity: 'urgent', route: 'medical-first' })],
      ['e', lead('lead_e', { acuity: 'crisis', route: 'crisis', label: 'suicide_active' })],
    ]
    for (const [id, opening] of openings) {
      await store().start(record(id))
      await store().commit(commitOf(id, 1, { lead: opening }))
    }
    const query = { state: 'open', programs: null, limit: 3, after: null, at } as const
    const page = await store().leads(query)
    const rest = await store().leads({ ...query, after: page.next })
    expect([...page.leads, ...rest.leads].map((one) => one.id)).toEqual([
      'lead_e',
      'lead_d',
      'lead_c',
      'lead_b',
      'lead_a',
    ])
    expect(rest.next).toBeNull()
    expect((await store().leads({ ...query, programs: ['jagruti'] })).leads).toEqual([])
  })

  test('a conversation has one lead: a later one raises it and never lowers it', async () => {
    await store().commit(commitOf('c1', 1, { lead: lead('lead_1') }))
    await store().commit(
      commitOf('c1', 2, { lead: lead('lead_2', { acuity: 'crisis', route: 'crisis', label: 'self_harm' }) }),
    )
    await store().commit(commitOf('c1', 3, { lead: lead('lead_3', { acuity: 'routine', route: 'lower' }) }))
    expect(await store().leadOf('c1')).toMatchObject({
      id: 'lead_1',
      acuity: 'crisis',
      route: 'crisis',
      label: 'self_harm',
    })
  })

  test('of a hundred simultaneous claims one wins, with a fence', async () => {
    await store().commit(commitOf('c1', 1, { lead: lead('lead_1') }))
    const names = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? 'ana' : `staff ${index}`))
    const results = await Promise.all(names.map((name) => store().claim('lead_1', name, lease)))
    const won = results.filter((result) => result.type === 'claimed')
    expect(won).toHaveLength(1)
    expect(results.filter((result) => result.type === 'held')).toHaveLength(99)
    expect(won[0]).toMatchObject({ lead: { fence: 1, state: 'claimed', claimedUntil: later } })
  })

  test('a claim and its entry of the trail are kept together, and only under the fence that the entry names', async () => {
    await store().commit(commitOf('c1', 1, { lead: lead('lead_1') }))
    const entry = (fence: number) => ({
      event: 'lead.claimed',
      at,
      actor: 'ana',
      conversation: 'c1',
      lead: 'lead_1',
      detail: { fence },
    })
    expect(await store().claim('lead_1', 'ana', { ...lease, event: entry(7) })).toEqual({ type: 'moved' })
    expect((await store().auditTrail(9, null)).some(({ event }) => event === 'lead.claimed')).toBe(false)
    expect(await store().claim('lead_1', 'ana', { ...lease, event: entry(1) })).toMatchObject({ lead: { fence: 1 } })
    expect(await store().claim('lead_1', 'ben', { ...lease, event: entry(2) })).toMatchObject({
      type: 'held',
      by: 'ana',
    })
    const claims = (await store().auditTrail(9, null)).filter(({ event }) => event === 'lead.claimed')
    expect(claims).toMatchObject([{ actor: 'ana', detail: { fence: 1 } }])
    const { leads } = await store().leadFigures(null, '2026-01-01T00:00:00.000Z')
    expect(leads[0]?.claimedAt).toBe(at)
  })

  test('a lapsed lease returns the lead, and the old fence can do nothing more', async () => {
    await store().commit(commitOf('c1', 1, { lead: lead('lead_1') }))
    await store().claim('lead_1', 'ana', lease)
    const after = '2026-11-21T07:20:01.000Z'
    expect(
      (await store().leads({ state: 'open', programs: null, limit: 9, after: null, at: after })).leads,
    ).toHaveLength(1)
    expect((await store().renew('lead_1', 1, { at: after, until: after })).type).toBe('lease-lost')
    expect(await store().claim('lead_1', 'ben', { at: after, until: '2026-11-21T07:40:00.000Z' })).toMatchObject({
      lead: { fence: 2 },
    })
    expect((await store().closeLead('lead_1', 1, { at: after, disposition: 'reached', note: null })).type).toBe(
      'lease-lost',
    )
  })

  test('renewing, releasing and closing go by the fence', async () => {
    await store().commit(commitOf('c1', 1, { lead: lead('lead_1') }))
    await store().claim('lead_1', 'ana', lease)
    expect((await store().renew('lead_1', 7, lease)).type).toBe('lease-lost')
    expect(await store().renew('lead_1', 1, { at, until: '2026-11-21T08:00:00.000Z' })).toMatchObject({ type: 'done' })
    expect(await store().release('lead_1', 1, { at })).toMatchObject({ lead: { state: 'open', claimedBy: null } })
    expect(await store().claim('lead_1', 'ben', lease)).toMatchObject({ lead: { fence: 2 } })
    expect(await store().closeLead('lead_1', 2, { at, disposition: 'reached', note: bytes('n') })).toMatchObject({
      lead: { state: 'closed', closedAs: 'reached' },
    })
    expect((await store().claim('lead_1', 'ben', lease)).type).toBe('closed')
    expect((await store().claim('lead_9', 'ben', lease)).type).toBe('not-found')
  })
}
