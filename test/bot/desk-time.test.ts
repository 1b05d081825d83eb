/**
 * What time does to the desk: leases lapse, promises fall due, sessions end, locked names open again.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { disableStaff } from '../../bot/console/staff-accounts.ts'
import { TestDesk } from './desk-in-test.ts'
import { said, visit } from './service-in-test.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await TestDesk.open()
})
afterEach(() => desk.close())

test('a laptop lost in a live chat: the lead comes back, and the visitor has the assistant again', async () => {
  const { visitor, lead } = await desk.leadInDanger()
  const [ana, chris] = [await desk.as('ana'), await desk.as('chris')]
  const fence = await desk.claim(ana, lead)
  await ana(`leads/${lead.id}/takeover`, { body: { fence } })
  expect(await visitor.say('hello?')).toEqual([])
  const heard = await desk.listen(chris)
  await desk.pass(16)
  await expect.poll(() => heard.text()).toContain(`"lead":"${lead.id}"`)
  heard.stop()
  expect(said((await visitor.activities()).at(-1)).input).toBeDefined()
  expect((await visitor.say('are you there')).length).toBeGreaterThan(0)
  const events = (await chris('audit')).body.events as { event: string; actor: string; lead: string }[]
  expect(events).toContainEqual(expect.objectContaining({ event: 'lead.lapsed', actor: 'ana', lead: lead.id }))
  const again = await desk.claim(chris, lead)
  expect(again).toBe(fence + 1)
  const late = await ana(`leads/${lead.id}/messages`, { body: { fence, text: 'I am back' } })
  expect([late.status, late.body.error.code]).toEqual([409, 'LEASE_LOST'])
})

test('a machine that dies while it gives a lead back leaves nobody alone: the next round goes on', async () => {
  const { visitor, lead } = await desk.leadInDanger()
  const ana = await desk.as('ana')
  const fence = await desk.claim(ana, lead)
  await ana(`leads/${lead.id}/takeover`, { body: { fence } })
  const { store } = desk.service.house
  const returnLapsed = vi.spyOn(store, 'returnLapsed').mockRejectedValue(new Error('killed here'))
  await expect(desk.pass(16)).rejects.toThrow('killed here')
  returnLapsed.mockRestore()
  await desk.pass(1)
  expect(await store.lead(lead.id)).toMatchObject({ state: 'open', claimedBy: null })
  await visitor.say('are you there?')
  expect(said((await visitor.activities()).at(-1)).kind).not.toBe('staff')
})

test('a lease that is renewed in time never lapses', async () => {
  const { lead } = await desk.leadInDanger()
  const ana = await desk.as('ana')
  const fence = await desk.claim(ana, lead)
  for (let quarter = 0; quarter < 4; quarter += 1) {
    await desk.pass(14)
    expect((await ana(`leads/${lead.id}/renew`, { body: { fence } })).status).toBe(200)
  }
})

test('a promise that falls due rises and is told to the desks once; danger stays above it', async () => {
  const visitor = await visit(desk.service.address)
  for (const words of ['person', 'Sam', 'phone', '201 555 0123', 'yes', 'any', 'yes', 'no', 'send'])
    await visitor.say(words)
  const lead = await desk.service.house.store.leadOf(visitor.conversation)
  expect(lead).toMatchObject({ state: 'open', dueAt: expect.any(String) })
  const { lead: danger } = await desk.leadInDanger()
  const ana = await desk.as('ana')
  const heard = await desk.listen(ana)
  const late = Math.ceil((Date.parse(lead?.dueAt ?? '') - Date.parse(lead?.openedAt ?? '')) / 60_000) + 1
  await desk.pass(late)
  await desk.pass(1)
  await expect.poll(() => heard.text()).toContain('promise-late')
  expect(heard.text().split('promise-late')).toHaveLength(2)
  heard.stop()
  const rows = (await (await desk.as('ana'))('leads')).body.leads as { id: string }[]
  expect(rows.map((row) => row.id)).toEqual([danger.id, lead?.id])
})

test('a session ends an hour after its last use, and twelve hours after it began', async () => {
  const ana = await desk.as('ana')
  for (let uses = 0; uses < 13; uses += 1) {
    await desk.pass(50)
    expect((await ana('session')).status).toBe(200)
  }
  await desk.pass(61)
  expect((await ana('session')).body.error.code).toBe('SIGNED_OUT')
  const chris = await desk.as('chris')
  for (let uses = 0; uses < 14; uses += 1) {
    await desk.pass(50)
    await chris('session')
  }
  await desk.pass(30)
  expect((await chris('session')).body.error.code).toBe('SIGNED_OUT')
})

test('a disabled account is out at once', async () => {
  const ana = await desk.as('ana')
  await disableStaff(desk.service.house.store, 'ana')
  expect((await ana('leads')).body.error.code).toBe('SIGNED_OUT')
  expect((await desk.signIn('ana')).body.error.code).toBe('SIGN_IN_FAILED')
})

test('failed sign-ins wait longer each time, however many come at once, and not for ever', async () => {
  const wrong = 'not the passphrase'
  const answers = await Promise.all(Array.from({ length: 15 }, () => desk.signIn('ana', wrong)))
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
  expect(answers.filter(({ body }) => body.error.code === 'SIGN_IN_LOCKED')).toHaveLength(10)
  const locked = await desk.signIn('ana')
  expect([locked.status, locked.headers.get('retry-after')]).toEqual([429, '30'])
  await desk.pass(1)
  expect((await desk.signIn('ana', wrong)).status).toBe(401)
  expect(Number((await desk.signIn('ana')).headers.get('retry-after'))).toBe(60)
  await desk.pass(2)
  expect((await desk.signIn('ana')).status).toBe(200)
  expect((await desk.signIn('ana', wrong)).status).toBe(401)
})
