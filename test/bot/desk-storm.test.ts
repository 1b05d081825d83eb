/**
 * What a bad night or a bad client brings: each has a stated answer, nothing is doubled, and the crisis card goes on.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, TestDesk } from './desk-in-test.ts'
import { call, said, visit } from './service-in-test.ts'

let desk: TestDesk
let ana: Person
beforeAll(async () => {
  desk = await TestDesk.open()
  ana = await desk.as('ana')
})
afterAll(() => desk.close())

test('of a thousand claims at once one wins; meanwhile a visitor in danger has her card', async () => {
  const { lead } = await desk.leadInDanger()
  const claims = Array.from({ length: 1_000 }, () => ana(`leads/${lead.id}/claim`, { method: 'POST' }))
  const visitor = await visit(desk.service.address)
  const [first] = await visitor.say('I took all the pills')
  expect(said(first).kind).toBe('crisis')
  const answers = await Promise.all(claims)
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
  expect(new Set(answers.filter((answer) => answer.status !== 200).map((answer) => answer.body.error.code))).toEqual(
    new Set(['LEAD_ALREADY_CLAIMED']),
  )
  const trail = await desk.service.house.store.auditTrail(1_000, null)
  expect(trail.filter((one) => one.event === 'lead.claimed' && one.lead === lead.id)).toHaveLength(1)
})

test.each([
  '',
  'porchlight-desk=',
  `porchlight-desk=${'B'.repeat(43)}`,
  'porchlight-desk=../../etc',
  `x=1; porchlight-desk=${'é'.repeat(43)}`.normalize('NFD').replaceAll(/[^\x20-\x7e]/g, '?'),
])('a forged cookie %j opens nothing', async (cookie) => {
  for (const path of ['leads', 'events', 'audit', 'figures', 'shift', 'exports/leads.csv']) {
    expect([path, (await call(`${desk.api}/${path}`, { headers: { cookie } })).status]).toEqual([path, 401])
  }
})

test.each(['0', '-5', '1', '99999999999999999999', 'NaN', '12; DROP', '1e3'])(
  'events after a foreign id %j bring no lead of before, and the stream goes on',
  async (id) => {
    const heard = await desk.listen(ana, id)
    await expect.poll(() => heard.text()).toContain('event: ready')
    // What comes after it happens now: the alarms of the leads above may.
    const before = heard.text().split('event: ready')[0]
    expect(before).not.toMatch(/event: (lead\.opened|alarm|message)/)
    heard.stop()
  },
)

test('a cursor, a limit or a state that nobody gave is refused by its name', async () => {
  for (const query of ['limit=0', 'limit=100000', 'after=abc', 'state=all', 'limit=x']) {
    const answer = await ana(`leads?${query}`)
    expect([query, answer.status, answer.body.error.message.startsWith(query.split('=')[0] as string)]).toEqual([
      query,
      400,
      true,
    ])
  }
  for (const id of ['nothing', '__proto__', `${'x'.repeat(3_000)}`, '%00'])
    expect([id.slice(0, 9), (await ana(`leads/${id}`)).status]).toEqual([id.slice(0, 9), 404])
})
