/**
 * Retention on a clock of its own: each class ends at its age and not before, a legal hold stops it and erasing,
 * and a clock that is wrong for an hour erases nothing.
 */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addStaff } from '../../bot/console/staff-accounts.ts'
import { verifyAudit } from '../../bot/keeping/audit-walk.ts'
import { holds, liftHold, placeHold } from '../../bot/keeping/legal-hold.ts'
import { endWhatIsOver, overdue } from '../../bot/keeping/retention.ts'
import { performDue } from '../../bot/outbox/perform.ts'
import type { Service } from '../../bot/service.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { call, startTestService, type Visitor, visit } from './service-in-test.ts'

const DAY_MS = 86_400_000
const settings = {
  KEEP_CHAT_DAYS: '30',
  KEEP_LEAD_DAYS: '100',
  KEEP_QUESTION_DAYS: '20',
  KEEP_NOTICE_DAYS: '10',
  KEEP_AUDIT_DAYS: '200',
}

let clock: { at: Date }
let service: Service

beforeEach(async () => {
  clock = { at: new Date('2026-11-23T15:00:00.000Z') }
  service = await startTestService({ clock: { now: () => clock.at } }, settings)
  await endWhatIsOver(service.house)
})
afterEach(() => service.stop())

const move = (days: number): void => {
  clock.at = new Date(clock.at.getTime() + days * DAY_MS)
}

/** What the talk itself had put off, such as asking whether she is still there, is over before days go by. */
async function rest(): Promise<void> {
  const { at } = clock
  const wakes = async (): Promise<boolean> =>
    (await service.house.store.pendingEffects('2027-01-01T00:00:00.000Z', 50)).some(
      ({ kind }) => kind === 'wake-conversation',
    )
  for (let quarter = 0; quarter < 60 && (await wakes()); quarter += 1) {
    clock.at = new Date(clock.at.getTime() + 900_000)
    await performDue(service.house)
  }
  clock.at = at
}

/** A round a day, as the service makes them. */
async function live(days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    move(1)
    await endWhatIsOver(service.house)
  }
}

const isKept = async ({ conversation }: Visitor): Promise<boolean> =>
  (await service.house.store.load(conversation)) !== null
const events = async (name: string) =>
  (await service.house.store.auditTrail(1_000, null)).filter(({ event }) => event === name)

async function closedLead(): Promise<Visitor> {
  const visitor = await visit(service.address)
  await visitor.say('I want to kill myself')
  const { store } = service.house
  const lead = await store.leadOf(visitor.conversation)
  if (!lead) throw new Error('no lead')
  const until = new Date(clock.at.getTime() + 900_000).toISOString()
  const claimed = await store.claim(lead.id, 'ana', { at: clock.at.toISOString(), until })
  if (claimed.type !== 'claimed') throw new Error('not claimed')
  const closing = { at: clock.at.toISOString(), disposition: 'reached', note: Buffer.from('sealed') } as const
  await store.closeLead(lead.id, claimed.lead.fence, closing)
  return visitor
}

test('a talk without a lead ends at its age, one with a closed lead at its own, and an open lead never', async () => {
  const chat = await visit(service.address)
  await chat.say('do you take aetna')
  const closed = await closedLead()
  const open = await visit(service.address)
  await open.say('I want to kill myself')
  await rest()
  await live(30)
  expect([await isKept(chat), await isKept(closed), await isKept(open)]).toEqual([true, true, true])
  await live(1)
  expect([await isKept(chat), await isKept(closed), await isKept(open)]).toEqual([false, true, true])
  await live(70)
  expect([await isKept(closed), await isKept(open)]).toEqual([false, true])
  const lead = await service.house.store.leadOf(closed.conversation)
  expect(lead?.state).toBe('closed')
  expect(await service.house.store.closingNote(lead?.id ?? '')).toBeNull()
  const erased = await events('conversation.erased')
  expect(erased.map(({ actor, detail }) => [actor, detail.kind])).toEqual([
    ['retention', 'lead'],
    ['retention', 'chat'],
  ])
})

test('a new word makes a talk young again', async () => {
  const chat = await visit(service.address)
  await chat.say('do you take aetna')
  await live(20)
  const back = await call(`${service.address}/v3/directline/conversations/${chat.conversation}/activities`, {
    bearer: service.secret,
    body: { type: 'message', text: 'and cigna?' },
  })
  expect(back.status).toBe(200)
  await live(20)
  expect(await isKept(chat)).toBe(true)
  await live(11)
  expect(await isKept(chat)).toBe(false)
})

test('questions and settled notices end at their own age', async () => {
  const chat = await visit(service.address)
  await chat.say('do you have a swimming pool for parrots?')
  const { store } = service.house
  expect(await store.openQuestions(null, 10)).toHaveLength(1)
  await live(19)
  expect(await store.openQuestions(null, 10)).toHaveLength(1)
  await live(2)
  expect(await store.openQuestions(null, 10)).toEqual([])
  expect(await isKept(chat)).toBe(true)
})

test('the audit trail is cut at its age, says so itself, and is whole; without that word it is broken', async () => {
  const { store } = service.house
  await store.record({
    event: 'old',
    at: clock.at.toISOString(),
    actor: 'ana',
    conversation: null,
    lead: null,
    detail: {},
  })
  await live(201)
  const verdict = await verifyAudit(store)
  expect(verdict.type).toBe('whole')
  expect(verdict.type === 'whole' && verdict.since).toBeGreaterThan(1)
  expect(await events('old')).toEqual([])
  const oldest = (await store.auditTrail(1_000, null)).at(-1)
  await store.dropAudit(oldest?.seq ?? 0)
  expect(await verifyAudit(store)).toMatchObject({ type: 'broken', why: 'missing-before' })
})

test('under a legal hold nothing ends: not by age, not by the visitor, not the trail; lifted, it does', async () => {
  const chat = await visit(service.address)
  await chat.say('do you take aetna')
  const { house } = service
  await placeHold(house, chat.conversation, { by: 'chris', reason: 'litigation' })
  await placeHold(house, chat.conversation, { by: 'chris', reason: 'litigation' })
  expect(await holds(house.store)).toMatchObject([{ reason: 'litigation', by: 'chris' }])
  const refused = await chat.post({ type: 'event', name: 'porchlight/erase' })
  expect([refused.status, refused.body.error.code]).toEqual([409, 'UNDER_HOLD'])
  await live(201)
  expect(await isKept(chat)).toBe(true)
  expect((await house.store.auditTrail(10_000, null)).at(-1)?.seq).toBe(1)
  const due: unknown[] = []
  for await (const one of overdue(house.store, house.config.keptDays, clock.at)) due.push(one)
  expect(due).toEqual([{ id: chat.conversation, kind: 'chat', isHeld: true }])
  await liftHold(house, chat.conversation, 'chris')
  await live(1)
  expect(await isKept(chat)).toBe(false)
  expect([(await events('hold.placed')).length, (await events('hold.lifted')).length]).toEqual([0, 1])
  await expect(placeHold(house, 'nobody', { by: 'chris', reason: 'audit' })).rejects.toMatchObject({ code: 'NotFound' })
  await expect(liftHold(house, 'nobody', 'chris')).rejects.toMatchObject({ code: 'NotFound' })
})

test('from the desk an admin places and lifts a hold; who sees the lead sees it, and nobody else may', async () => {
  const { house } = service
  for (const [name, role] of [
    ['ana', 'admissions'],
    ['chris', 'admin'],
  ] as const)
    await addStaff(house.store, { name, role, programs: null }, 'a long passphrase')
  const visitor = await visit(service.address)
  await visitor.say('I want to kill myself')
  const lead = await house.store.leadOf(visitor.conversation)
  const at = `${service.address}/desk/api/leads/${lead?.id}`
  const as = async (name: string) => {
    const session = { name, password: 'a long passphrase' }
    const { headers } = await call(`${service.address}/desk/api/session`, { body: session })
    return (headers.get('set-cookie') ?? '').split(';')[0] as string
  }
  const [ana, chris] = [await as('ana'), await as('chris')]
  const place = (cookie: string, body: unknown) => call(`${at}/hold`, { body, headers: { cookie } })
  expect((await place(ana, { reason: 'litigation' })).body.error.code).toBe('NOT_PERMITTED')
  expect((await place(chris, { reason: 'because' })).body.error.code).toBe('REQUEST_INVALID')
  expect((await place(chris, { reason: 'litigation' })).body.hold).toMatchObject({ reason: 'litigation', by: 'chris' })
  expect((await call(at, { headers: { cookie: ana } })).body.hold).toMatchObject({ by: 'chris' })
  expect((await visitor.post({ type: 'event', name: 'porchlight/erase' })).status).toBe(409)
  const lift = (cookie: string) => call(`${at}/lift-hold`, { body: {}, headers: { cookie } })
  expect((await lift(ana)).status).toBe(403)
  expect((await lift(chris)).body.hold).toBeNull()
  expect((await visitor.post({ type: 'event', name: 'porchlight/erase' })).status).toBe(200)
})

test('a clock that leaps a year ahead, or back again, erases nothing that day', async () => {
  const chat = await visit(service.address)
  await chat.say('do you take aetna')
  await live(2)
  move(365)
  await endWhatIsOver(service.house)
  expect(await isKept(chat)).toBe(true)
  move(-364)
  await endWhatIsOver(service.house)
  await live(2)
  expect(await isKept(chat)).toBe(true)
  expect((await events('retention.waits')).map(({ detail }) => detail.hours)).toEqual([-8736, 8760, 'first'])
})

test('of two machines one makes the round', async () => {
  const store = openSqliteStore(':memory:')
  const two = await Promise.all([0, 1].map(() => startTestService({ store, clock: { now: () => clock.at } }, settings)))
  const round = () => Promise.all(two.map(({ house }) => endWhatIsOver(house)))
  await round()
  for (let day = 0; day < 3; day += 1) {
    move(1)
    await round()
  }
  const done = (await store.auditTrail(100, null)).filter(({ event }) => event === 'retention.done')
  expect(done).toHaveLength(3)
  await two[0]?.stop()
})

test('0 days keep a class until somebody erases it', async () => {
  const forever = await startTestService(
    { clock: { now: () => clock.at } },
    { KEEP_CHAT_DAYS: '0', KEEP_LEAD_DAYS: '0', KEEP_QUESTION_DAYS: '0', KEEP_NOTICE_DAYS: '0', KEEP_AUDIT_DAYS: '0' },
  )
  await addStaff(forever.house.store, { name: 'ana', role: 'admin', programs: null }, 'a long passphrase')
  const chat = await visit(forever.address)
  await endWhatIsOver(forever.house)
  for (let day = 0; day < 5; day += 1) {
    move(2.5)
    await endWhatIsOver(forever.house)
  }
  move(5_000)
  const due: unknown[] = []
  for await (const one of overdue(forever.house.store, forever.house.config.keptDays, clock.at)) due.push(one)
  expect(due).toEqual([])
  expect(await forever.house.store.load(chat.conversation)).not.toBeNull()
  await forever.stop()
})
