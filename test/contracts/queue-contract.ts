/**
 * What time does to the queue of every store: lapses, rises, new beginnings; and what is counted from it.
 */
import { beforeEach, describe, expect, test } from 'vitest'
import type { LeadOpening, LeadQuery, Store } from '../../bot/ports.ts'
import { commitOf, record } from './store-contract.ts'

const at = '2026-11-21T07:10:00.000Z'
const due = '2026-11-21T07:20:00.000Z'
const twice = '2026-11-21T07:30:00.000Z'

const opening = (id: string, more: Partial<LeadOpening> = {}): LeadOpening => ({
  id,
  acuity: 'soon',
  route: 'iop-fit',
  label: null,
  dueAt: due,
  ...more,
})
const query = (more: Partial<LeadQuery> = {}): LeadQuery => ({
  state: 'open',
  programs: null,
  limit: 10,
  after: null,
  at,
  ...more,
})

export function queueContract(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store
    beforeEach(async () => {
      store = await open()
      return () => store.close()
    })

    async function has(conversation: string, lead: LeadOpening): Promise<void> {
      await store.start(record(conversation))
      await store.commit(commitOf(conversation, 1, { lead }))
    }
    const order = async (): Promise<string[]> => (await store.leads(query())).leads.map((lead) => lead.id)

    test('a lapse is told once, with who held it, and leaves the lead free', async () => {
      await has('c1', opening('lead_1'))
      await store.claim('lead_1', 'ana', { at, until: due })
      expect(await store.returnLapsed(at)).toEqual([])
      expect(await store.lapsedLeads(at)).toEqual([])
      expect(await store.lapsedLeads(due)).toMatchObject([{ id: 'lead_1', claimedBy: 'ana', state: 'claimed' }])
      expect(await store.returnLapsed(due)).toMatchObject([{ id: 'lead_1', claimedBy: 'ana', fence: 1 }])
      expect(await store.returnLapsed(due)).toEqual([])
      expect(await store.lapsedLeads(due)).toEqual([])
      expect(await store.lead('lead_1')).toMatchObject({ state: 'open', claimedBy: null, fence: 1 })
    })

    test('a lead goes to a colleague under a new fence, waits for its next try, and comes back when a close is undone', async () => {
      await has('c1', opening('lead_1'))
      await store.claim('lead_1', 'ana', { at, until: due })
      const to = { by: 'ben', at, until: twice }
      expect(await store.transfer('lead_1', 1, to)).toMatchObject({
        type: 'done',
        lead: { claimedBy: 'ben', claimedUntil: twice, fence: 2 },
      })
      expect((await store.transfer('lead_1', 1, to)).type).toBe('lease-lost')
      expect(await store.callAgain('lead_1', 2, { at, dueAt: twice, rank: 5 })).toMatchObject({
        type: 'done',
        lead: { state: 'open', claimedBy: null, dueAt: twice },
      })
      expect(await store.raiseWaiting(due)).toEqual([])
      expect(await store.raiseWaiting(twice)).toMatchObject([{ id: 'lead_1' }])
      await store.claim('lead_1', 'ana', { at, until: due })
      expect(await store.reopen('lead_1')).toBeNull()
      await store.closeLead('lead_1', 3, { at, disposition: 'reached', note: null })
      expect(await store.reopen('lead_1')).toMatchObject({ state: 'open', closedAs: null, claimedBy: null })
      expect(await order()).toEqual(['lead_1'])
    })

    test('a promise that is due rises once, and once more at twice its time; never into danger', async () => {
      await has('c1', opening('lead_late'))
      await has('c2', opening('lead_family', { route: 'family', dueAt: twice }))
      await has('c3', opening('lead_medical', { acuity: 'urgent', route: 'medical-first', dueAt: due }))
      await has('c4', opening('lead_higher', { acuity: 'urgent', route: 'higher', dueAt: null }))
      await has('c5', opening('lead_danger', { acuity: 'crisis', route: 'crisis', label: 'self_harm' }))
      expect(await order()).toEqual(['lead_danger', 'lead_medical', 'lead_higher', 'lead_late', 'lead_family'])
      expect((await store.raiseWaiting(due)).map((lead) => lead.id).sort()).toEqual([
        'lead_danger',
        'lead_late',
        'lead_medical',
      ])
      expect(await store.raiseWaiting(due)).toEqual([])
      await store.raiseWaiting(twice)
      expect(await order()).toEqual(['lead_danger', 'lead_medical', 'lead_late', 'lead_higher', 'lead_family'])
    })

    test('pages follow one another without a gap, lapsed leads among them', async () => {
      for (let number = 0; number < 7; number += 1) await has(`c${number}`, opening(`lead_${number}`))
      await store.claim('lead_3', 'ana', { at, until: due })
      const seen: string[] = []
      let after: string | null = null
      do {
        const page = await store.leads(query({ limit: 3, after, at: twice }))
        seen.push(...page.leads.map((lead) => lead.id))
        after = page.next
      } while (after !== null)
      expect(seen).toEqual(['lead_0', 'lead_1', 'lead_2', 'lead_3', 'lead_4', 'lead_5', 'lead_6'])
    })

    test('a closed lead begins anew: its own time and place, the same id, the next fence', async () => {
      await has('c1', opening('lead_1', { acuity: 'crisis', route: 'crisis', label: 'self_harm' }))
      await store.claim('lead_1', 'ana', { at, until: due })
      await store.closeLead('lead_1', 1, { at, disposition: 'safe-now', note: Buffer.from('sealed') })
      expect(Buffer.from((await store.closingNote('lead_1')) ?? '').toString()).toBe('sealed')
      await store.commit(commitOf('c1', 2, { lead: opening('lead_2', { route: 'lower', acuity: 'routine' }), at: due }))
      expect(await store.lead('lead_1')).toMatchObject({
        state: 'open',
        acuity: 'routine',
        route: 'lower',
        label: null,
        openedAt: due,
        closedAs: null,
        claimedBy: null,
      })
      expect(await store.claim('lead_1', 'ben', { at: due, until: twice })).toMatchObject({ lead: { fence: 2 } })
    })

    test('figures count what began since, by program, with the first claim of each', async () => {
      await has('c1', opening('lead_1'))
      await has('c2', opening('lead_2'))
      const claimed = { event: 'lead.claimed', actor: 'ana', conversation: 'c1', lead: 'lead_1', detail: {} }
      await store.record({ ...claimed, at: due })
      await store.record({ ...claimed, at: twice })
      const { conversations, leads } = await store.leadFigures(['inspira'], at)
      expect(conversations).toBe(2)
      expect(leads.map((lead) => lead.claimedAt)).toEqual([due, null])
      expect(await store.leadFigures(['jagruti'], at)).toEqual({ conversations: 0, leads: [] })
      expect(await store.leadFigures(null, due)).toEqual({ conversations: 0, leads: [] })
    })
  })
}
