/**
 * A clock that leaps a day ahead, or back again, while people talk, leads are held and pages are due.
 *
 * Nothing acknowledged is lost or doubled, danger has its card, readiness stays true, and once the clock is right
 * again nobody waits a day for what was meant for a minute.
 */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Person, TestDesk } from '../bot/desk-in-test.ts'
import { call, said, type Visitor, visit } from '../bot/service-in-test.ts'

const DAY_MIN = 24 * 60
let desk: TestDesk
let visitor: Visitor
let ana: Person

beforeEach(async () => {
  desk = await TestDesk.open()
  visitor = await visit(desk.service.address)
  ana = await desk.as('ana')
})
afterEach(() => desk.close())

async function danger(): Promise<Visitor> {
  const other = await visit(desk.service.address)
  const answer = await other.say('I want to kill myself')
  expect(answer.some((one) => said(one).kind === 'crisis')).toBe(true)
  expect((await call(`${desk.service.address}/readyz`)).status).toBe(200)
  return other
}

const texts = async (): Promise<unknown[]> =>
  (await visitor.activities()).filter(({ from }) => from.role === 'user').map((one) => one.text)

const store = () => desk.service.house.store
/** Two of the service's own looks at the clock: a wrong day that nobody saw did no harm either. */
const isSeen = () => new Promise((resolve) => setTimeout(resolve, 1_500))
const now = (): number => desk.service.house.clock.now().getTime()

test('words said before, during and after a wrong day are there once, in their order', async () => {
  const post = (text: string, { token } = visitor) =>
    call(`${desk.service.address}/v3/directline/conversations/${visitor.conversation}/activities`, {
      bearer: token,
      body: { type: 'message', text, channelData: { clientActivityID: text } },
    })
  expect((await post('one')).status).toBe(200)
  await desk.pass(DAY_MIN)
  // A visitor's token is over by then, and says so; the program's secret goes on.
  expect((await post('two')).body.error.code).toBe('TokenExpired')
  expect((await post('two', { ...visitor, token: desk.service.secret })).status).toBe(200)
  await danger()
  await desk.pass(-DAY_MIN)
  for (const text of ['one', 'two', 'three']) expect((await post(text)).status).toBe(200)
  expect(await texts()).toEqual(['one', 'two', 'three'])
  await danger()
})

test('a page that a wrong clock put off until tomorrow is due again when the clock is right', async () => {
  const other = await danger()
  await desk.pass(DAY_MIN)
  const mine = async () =>
    (await store().pendingEffects('9', 1_000)).find((one) => one.conversation === other.conversation)
  await expect.poll(async () => Date.parse((await mine())?.dueAt ?? ''), { timeout: 10_000 }).toBeGreaterThan(now())
  await isSeen()
  await desk.pass(-DAY_MIN)
  await expect
    .poll(async () => Date.parse((await mine())?.dueAt ?? '9999'), { timeout: 10_000 })
    .toBeLessThanOrEqual(now() + 600_000)
})

test('a lead that was claimed in the wrong day is not held until tomorrow, and has one holder all along', async () => {
  const other = await danger()
  const lead = await store().leadOf(other.conversation)
  if (!lead) throw new Error('no lead')
  await desk.pass(DAY_MIN)
  const again = await desk.as('ana')
  const fence = await desk.claim(again, lead)
  await isSeen()
  await desk.pass(-DAY_MIN)
  const until = async () => Date.parse((await store().lead(lead.id))?.claimedUntil ?? '')
  await expect.poll(until, { timeout: 10_000 }).toBeLessThanOrEqual(now() + 15 * 60_000)
  expect((await ana(`leads/${lead.id}/renew`, { body: { fence } })).status).toBe(200)
  expect((await ana(`leads/${lead.id}/close`, { body: { fence, disposition: 'reached' } })).status).toBe(200)
})

test('a lease that a leap forward ended gives the lead back once, and the old hand can do nothing with it', async () => {
  const other = await danger()
  const lead = await store().leadOf(other.conversation)
  if (!lead) throw new Error('no lead')
  const fence = await desk.claim(ana, lead)
  await desk.pass(DAY_MIN)
  await expect.poll(async () => (await store().lead(lead.id))?.state, { timeout: 10_000 }).toBe('open')
  await desk.pass(-DAY_MIN)
  expect((await ana(`leads/${lead.id}/close`, { body: { fence, disposition: 'reached' } })).body.error.code).toBe(
    'LEASE_LOST',
  )
  const trail = await store().auditTrail(1_000, null)
  expect(trail.filter(({ event, lead: of }) => event === 'lead.lapsed' && of === lead.id)).toHaveLength(1)
})

test('who was locked out in the wrong day is not locked out until tomorrow', async () => {
  await desk.pass(DAY_MIN)
  for (let count = 0; count < 7; count += 1) await desk.signIn('ana', 'not her password')
  await desk.pass(-DAY_MIN)
  const wait = Number((await desk.signIn('ana')).headers.get('retry-after'))
  expect(wait).toBeLessThanOrEqual(3_600)
})
