/**
 * Somebody who writes again: the desk shows her requests together, and nothing that she or anybody else can see tells of it.
 */
import { beforeEach, expect, test } from 'vitest'
import { agree } from '../flows/house.ts'
import { TestDesk } from './desk-in-test.ts'
import { said, type Visitor, visit } from './service-in-test.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await TestDesk.open()
  return () => desk.close()
})

/** A visitor who has sent her request, and everything that she was told. */
async function sent(phone: string, program = 'sample-002'): Promise<{ visitor: Visitor; told: string }> {
  const visitor = await visit(desk.service.address, program)
  let last = (await visitor.activities()).at(-1)
  // No set time: the first request would have the first of them.
  const given: Record<string, string> = { phone, slot: 'none' }
  for (let turn = 0; turn < 80 && said(last).kind !== 'handoff' && said(last).step !== 'anything-else'; turn += 1)
    last = (await visitor.say(given[said(last).step ?? ''] ?? agree(last as never))).at(-1)
  await desk.pass(0)
  const told = (await visitor.activities()).map(({ text }) => text ?? '').join('\n')
  return { visitor, told }
}

async function shownOf({ visitor }: { visitor: Visitor }): Promise<{ id: string; state: string }[]> {
  const lead = await desk.service.house.store.leadOf(visitor.conversation)
  const ana = await desk.as('ana')
  return (await ana(`leads/${lead?.id}`)).body.earlier as { id: string; state: string }[]
}

const leadOf = async ({ visitor }: { visitor: Visitor }) =>
  (await desk.service.house.store.leadOf(visitor.conversation))?.id

test('two requests from one number, however it is written, stand together on the desk, and no chat tells of it', async () => {
  const one = await sent('609-555-0123')
  const other = await sent('+1 (609) 555 0123')
  await expect.poll(() => shownOf(other)).toMatchObject([{ id: await leadOf(one), state: 'open' }])
  expect(await shownOf(one)).toMatchObject([{ id: await leadOf(other) }])
  expect(other.told.replaceAll('+1 (609) 555 0123', '609-555-0123')).toBe(one.told)
  const stored = await desk.service.house.store.reservations('contact/', '')
  expect(JSON.stringify(stored)).not.toMatch(/609|555/)
})

test('another number, another program, or an earlier permission that has ended joins nothing', async () => {
  const one = await sent('609-555-0123')
  expect(await shownOf(await sent('609-555-0199'))).toEqual([])
  expect(await shownOf(await sent('609-555-0123', 'sample-001'))).toEqual([])
  const again = await sent('609-555-0123')
  await expect.poll(async () => (await shownOf(again)).length).toBe(1)
  await one.visitor.say('take back my permission')
  expect(await shownOf(again)).toEqual([])
})

test('a number that is changed after sending joins by the new one, and what is erased is gone from it', async () => {
  const one = await sent('609-555-0123')
  const other = await sent('609-555-0199')
  await other.visitor.say('change my phone')
  await other.visitor.say('609 555 0123')
  await expect.poll(async () => (await shownOf(other)).length).toBe(1)
  await one.visitor.post({ type: 'event', name: 'porchlight/erase' })
  expect(await shownOf(other)).toEqual([])
  const { house } = desk.service
  const left = await house.store.reservations('contact/', house.clock.now().toISOString())
  expect(left.map(({ holder }) => holder)).not.toContain(one.visitor.conversation)
})

test('after a new deployment key earlier requests are still found, and go when they are erased', async () => {
  const one = await sent('609-555-0123')
  const { house } = desk.service
  const kept = ['contact index', 'conversation tokens'].map((purpose) => {
    return { purpose, key: house.vault.derive(purpose), until: Number.MAX_SAFE_INTEGER }
  })
  house.vault.turnTo({ current: Buffer.alloc(32, 7), former: [] }, kept)
  const other = await sent('609 555 0123')
  await expect.poll(() => shownOf(other)).toMatchObject([{ id: await leadOf(one) }])
  await one.visitor.post({ type: 'event', name: 'porchlight/erase' })
  const left = await house.store.reservations('contact/', house.clock.now().toISOString())
  expect(left.map(({ holder }) => holder)).not.toContain(one.visitor.conversation)
})
