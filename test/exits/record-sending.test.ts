/**
 * Leads go to the record system from the outbox: once each, again after a failure, never without permission.
 */
import type { Bundle } from '@medplum/fhirtypes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Permit } from '../../bot/outbox/exits.ts'
import type { LeadRecord } from '../../bot/ports.ts'
import { writeRecord } from '../../bot/providers/fhir.ts'
import { TestDesk } from '../bot/desk-in-test.ts'
import { visit } from '../bot/service-in-test.ts'
import { agreeToAll } from './agreeable.ts'
import { type Mood, openRecordSystem, type RecordSystemInTest } from './record-system.ts'

const TOKEN = 'secret-of-the-record-system'
let system: RecordSystemInTest
let desk: TestDesk
let lead: LeadRecord
beforeAll(async () => {
  system = await openRecordSystem(TOKEN)
  desk = await TestDesk.open({ FHIR_URL: system.url, FHIR_TOKEN: TOKEN })
  lead = await leadWithPermission()
  await desk.pass(1)
})
afterAll(async () => {
  await desk.close()
  await system.close()
})

async function leadWithPermission(): Promise<LeadRecord> {
  const visitor = await visit(desk.service.address)
  await visitor.post({ type: 'event', name: 'porchlight/open' })
  await agreeToAll(visitor)
  const opened = await desk.service.house.store.leadOf(visitor.conversation)
  if (!opened) throw new Error('no lead was opened')
  return opened
}

/** As if something had happened to the lead: its effect comes into the outbox. */
async function send(id: string): Promise<void> {
  const { store, clock } = desk.service.house
  const dueAt = clock.now().toISOString()
  await store.putEffect({ id, kind: 'write-record', conversation: lead.conversation, detail: {}, dueAt, attempts: 0 })
  await desk.pass(1)
}

/** The service performs on its own clock beside ours, so what it does is waited for. */
const eventually = (read: () => Promise<unknown>) => expect.poll(read, { timeout: 10_000 })

async function outcomes(): Promise<string[]> {
  const trail = await desk.service.house.store.auditTrail(500, null)
  return trail.filter((event) => event.event.startsWith('exit.')).map((event) => event.event)
}

test('a lead is written once; after every deed of staff it is updated and never doubled', async () => {
  await eventually(() => system.count('Task')).toBe(1)
  const ana = await desk.as('ana')
  const fence = await desk.claim(ana, lead)
  await desk.pass(1)
  await ana(`leads/${lead.id}/release`, { body: { fence } })
  await desk.pass(1)
  await eventually(async () => system.requests() >= 3).toBe(true)
  for (const type of ['Patient', 'Task', 'Coverage', 'Provenance', 'Device', 'ServiceRequest'] as const)
    expect([type, await system.count(type)]).toEqual([type, 1])
  expect(await system.count('Organization')).toBe(2)
  expect(system.faults).toEqual([])
})

const passing: Mood[] = [
  { status: 409 },
  { status: 429, headers: { 'retry-after': '3' } },
  { status: 503 },
  { status: 401 },
  'hang-up',
  'redirect',
]
test.each(passing)('%o is tried again, and then there is one of it', async (mood) => {
  const before = (await outcomes()).length
  system.moods.push(mood)
  await send(`again ${JSON.stringify(mood)}`)
  await eventually(async () => system.moods).toEqual([])
  await desk.pass(10)
  await eventually(async () => (await outcomes()).length).toBe(before + 1)
  expect((await outcomes())[0]).toBe('exit.delivered')
  expect(await system.count('Task')).toBe(1)
})

test('a system that never answers is tried again later', async () => {
  system.moods.push('silent')
  const bundle: Bundle = { resourceType: 'Bundle', type: 'transaction' }
  const now = new Date()
  const slow = { url: system.url, token: TOKEN, timeoutMs: 50 }
  const written = await writeRecord(slow, { bundle, permit: {} as Permit<'write-record'>, now })
  expect(written).toEqual({ type: 'later', at: null })
})

test('a system that asks for an hour is left alone for an hour', async () => {
  system.moods.push({ status: 429, headers: { 'retry-after': '3600' } })
  await send('an hour')
  await eventually(async () => system.moods).toEqual([])
  const before = system.requests()
  await desk.pass(30)
  expect(system.requests()).toBe(before)
  await desk.pass(31)
  await eventually(async () => system.requests()).toBe(before + 1)
})

test.each([400, 412, 422])(
  '%i is given up at once, stands on the desk, and is sent again by a person',
  async (status) => {
    system.moods.push({ status })
    await send(`never ${status}`)
    await eventually(async () => (await outcomes())[0]).toBe('exit.not-taken')
    const chris = await desk.as('chris')
    await eventually(async () => (await chris('undelivered')).body.notices).toMatchObject([
      { id: `never ${status}`, kind: 'write-record' },
    ])
    await chris(`undelivered/never ${status}/again`, { method: 'POST' })
    await desk.pass(1)
    await eventually(async () => (await outcomes())[0]).toBe('exit.delivered')
  },
)

test('somebody in danger without permission is written nowhere', async () => {
  const before = system.requests()
  await desk.leadInDanger()
  await desk.pass(1)
  expect(system.requests()).toBe(before)
})

test('a permission that was taken back before the sending ends it; nothing leaves', async () => {
  const ana = await desk.as('ana')
  const fence = await desk.claim(ana, lead)
  await ana(`leads/${lead.id}/revoke`, { body: { fence, kind: 'all' } })
  const before = system.requests()
  await send('after the revocation')
  expect(system.requests()).toBe(before)
  await eventually(async () => (await outcomes())[0]).toBe('exit.refused')
})
