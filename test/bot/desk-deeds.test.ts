/**
 * What staff do beyond claim and close: hand on, put off, note, undo; and the shift's list.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addStaff } from '../../bot/console/staff-accounts.ts'
import { exportConversation } from '../../bot/keeping/export-conversation.ts'
import type { LeadRecord } from '../../bot/ports.ts'
import { PASSWORD, type Person, TestDesk } from './desk-in-test.ts'

let desk: TestDesk
let [ana, dan]: Person[] = []
let lead: LeadRecord
beforeAll(async () => {
  desk = await TestDesk.open()
  await addStaff(desk.service.house.store, { name: 'dan', role: 'clinical', programs: ['inspira'] }, PASSWORD)
  ana = await desk.as('ana')
  dan = await desk.as('dan')
  lead = (await desk.leadInDanger()).lead
})
afterAll(() => desk.close())

const of = (person: Person | undefined) => {
  if (!person) throw new Error('nobody is signed in')
  return person
}
const view = async () => (await of(ana)(`leads/${lead.id}`)).body

test('a lead goes to a colleague with its chat; the old fence can do nothing more', async () => {
  const fence = await desk.claim(of(ana), lead)
  await of(ana)(`leads/${lead.id}/takeover`, { body: { fence } })
  expect((await of(ana)(`leads/${lead.id}/colleagues`)).body.colleagues).toEqual(['chris', 'dan'])
  for (const to of ['ben', 'nobody', 'ana ']) {
    expect([to, (await of(ana)(`leads/${lead.id}/transfer`, { body: { fence, to } })).status]).toEqual([to, 400])
  }
  expect((await of(ana)(`leads/${lead.id}/transfer`, { body: { fence, to: 'dan' } })).body.claimedBy).toBe('dan')
  expect((await of(ana)(`leads/${lead.id}/messages`, { body: { fence, text: 'late words' } })).body.error.code).toBe(
    'LEASE_LOST',
  )
  expect(await view()).toMatchObject({ claimedBy: 'dan', fence: fence + 1, staff: { name: 'dan' } })
  expect(
    (await of(dan)(`leads/${lead.id}/messages`, { body: { fence: fence + 1, text: 'Hello, I am Dan.' } })).status,
  ).toBe(200)
})

test('after a voicemail the lead waits for its next try, with that time as its promise, and the chat is the assistant’s', async () => {
  const { fence } = (await view()) as unknown as { fence: number }
  const at = (minutes: number) => new Date(desk.service.house.clock.now().getTime() + minutes * 60_000).toISOString()
  for (const wrong of [at(-1), at(60 * 24 * 40), 'tomorrow']) {
    expect(
      (await of(dan)(`leads/${lead.id}/call-again`, { body: { fence, outcome: 'voicemail', at: wrong } })).status,
    ).toBe(400)
  }
  const due = at(90)
  const body = { fence, outcome: 'voicemail', at: due, note: 'Sister answers until noon.' }
  expect((await of(dan)(`leads/${lead.id}/call-again`, { body })).body).toMatchObject({
    state: 'open',
    promise: { dueAt: due },
  })
  expect(await view()).toMatchObject({
    state: 'open',
    claimedBy: null,
    staff: null,
    notes: [{ by: 'dan', text: 'Sister answers until noon.' }],
  })
})

test('private notes are sealed, bounded, in nobody’s stream, and gone with the conversation', async () => {
  const note = await of(ana)(`leads/${lead.id}/notes`, { body: { text: 'zq9note: call the side door' } })
  expect(note.status).toBe(200)
  const copy = await exportConversation(desk.service.house, lead.conversation)
  expect(copy?.lead?.notes.map(({ text }) => text)).toContain('zq9note: call the side door')
  expect((await of(ana)(`leads/${lead.id}/notes`, { body: { text: ' ' } })).status).toBe(400)
  expect((await of(ana)(`leads/${lead.id}/notes`, { body: { text: 'x'.repeat(10_001) } })).status).toBe(400)
  expect((await of(ana)(`leads/${lead.id}/notes`, { body: { text: 'x'.repeat(1_000_000) } })).status).toBe(413)
  const { store, conversations } = desk.service.house
  const live = await conversations.load(lead.conversation)
  if (!live) throw new Error('the conversation is gone')
  expect(JSON.stringify(await conversations.after(live, 0))).not.toContain('zq9note')
  expect(JSON.stringify(await store.documents(lead.conversation))).not.toContain('zq9note')
  expect(JSON.stringify(await store.auditTrail(100, null))).not.toContain('zq9note')
  const ben = await desk.as('ben')
  expect((await ben(`leads/${lead.id}/notes`, { body: { text: 'x' } })).status).toBe(404)
})

test('a close is undone by whoever closed it for half an hour, then by an admin', async () => {
  const close = async (person: Person) => {
    const fence = await desk.claim(person, lead)
    await person(`leads/${lead.id}/close`, { body: { fence, disposition: 'wrong-number', note: '' } })
  }
  await close(of(ana))
  expect((await of(ana)(`leads/${lead.id}/claim`, { method: 'POST' })).body.error.code).toBe('LEAD_CLOSED')
  expect((await of(dan)(`leads/${lead.id}/reopen`, { method: 'POST' })).body.error.code).toBe('NOT_PERMITTED')
  expect((await of(ana)(`leads/${lead.id}/reopen`, { method: 'POST' })).body.state).toBe('open')
  expect((await of(ana)(`leads/${lead.id}/reopen`, { method: 'POST' })).status).toBe(400)
  await close(of(ana))
  await desk.pass(31)
  expect((await of(ana)(`leads/${lead.id}/reopen`, { method: 'POST' })).body.error.code).toBe('NOT_PERMITTED')
  const chris = await desk.as('chris')
  expect((await chris(`leads/${lead.id}/reopen`, { method: 'POST' })).body.state).toBe('open')
})

test('the shift lists who waits in the order of the queue, and counts what was done; of one’s own programs only', async () => {
  await desk.leadInDanger()
  const { body } = await of(ana)('shift')
  expect(body).toMatchObject({ cameIn: 2, danger: 2 })
  expect((body.waiting as { id: string }[]).length).toBe(2)
  expect(body.deeds).toMatchObject({ 'lead.closed': 2, 'lead.transferred': 1, 'lead.call-again': 1 })
  expect(JSON.stringify(body)).not.toMatch(/kill/)
  const ben = await desk.as('ben')
  expect((await ben('shift')).body).toMatchObject({ cameIn: 0, waiting: [], deeds: { 'lead.closed': 0 } })
})
