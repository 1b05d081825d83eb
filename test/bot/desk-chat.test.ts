/**
 * Live chat, notes, figures and events of the desk, with the bad input that comes with them.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LeadRecord } from '../../bot/ports.ts'
import { TestDesk } from './desk-in-test.ts'
import { said, visit } from './service-in-test.ts'

let desk: TestDesk
beforeAll(async () => {
  desk = await TestDesk.open()
})
afterAll(() => desk.close())

test('nobody writes in a chat that the assistant has: before a takeover, after a hand-back, on erased ones', async () => {
  const { visitor, lead } = await desk.leadInDanger()
  const ana = await desk.as('ana')
  const fence = await desk.claim(ana, lead)
  const write = () => ana(`leads/${lead.id}/messages`, { body: { fence, text: 'hello' } })
  expect((await write()).body.error.code).toBe('CHAT_NOT_TAKEN')
  await ana(`leads/${lead.id}/takeover`, { method: 'POST' })
  expect((await write()).body).toEqual({ sent: true })
  await ana(`leads/${lead.id}/hand-back`, { method: 'POST' })
  expect([(await write()).status, (await write()).body.error.code]).toEqual([409, 'CHAT_NOT_TAKEN'])
  expect((await visitor.activities()).filter((one) => one.text === 'hello')).toHaveLength(1)
})

test('a visitor sees that a person writes, and nothing of it is kept; never while the assistant has the chat', async () => {
  const ana = await desk.as('ana')
  const { lead, visitor } = await desk.leadInDanger()
  const fence = await desk.claim(ana, lead)
  const writing = () => ana(`leads/${lead.id}/typing`, { body: { fence } })
  expect((await writing()).body.error.code).toBe('CHAT_NOT_TAKEN')
  await ana(`leads/${lead.id}/takeover`, { body: { fence } })
  const heard: unknown[] = []
  const { stop } = desk.service.house.streams.listen(visitor.conversation, (set) => heard.push(set))
  const before = (await visitor.activities()).length
  expect((await writing()).status).toBe(200)
  expect(heard).toMatchObject([{ activities: [{ type: 'typing', from: { name: 'ana' } }], lastSeq: null }])
  expect(await visitor.activities()).toHaveLength(before)
  stop()
})

test('who releases or closes a lead leaves its chat to the assistant', async () => {
  const ana = await desk.as('ana')
  for (const [deed, body] of [
    ['release', {}],
    ['close', { disposition: 'safe-now', note: 'Spoke for ten minutes.' }],
  ] as const) {
    const { visitor, lead } = await desk.leadInDanger()
    const fence = await desk.claim(ana, lead)
    await ana(`leads/${lead.id}/takeover`, { body: { fence } })
    expect((await ana(`leads/${lead.id}/${deed}`, { body: { fence, ...body } })).status).toBe(200)
    expect(said((await visitor.activities()).at(-1)).input).toBeDefined()
    const { note } = (await ana(`leads/${lead.id}`)).body
    expect(note).toBe(deed === 'close' ? 'Spoke for ten minutes.' : null)
  }
})

test('a closed lead opens anew when its visitor is in danger again, with a fence that goes on', async () => {
  const { visitor, lead } = await desk.leadInDanger()
  const ana = await desk.as('ana')
  const fence = await desk.claim(ana, lead)
  await ana(`leads/${lead.id}/close`, { body: { fence, disposition: 'safe-now', note: '' } })
  await visitor.say('I am going to kill myself')
  const open = (await ana('leads?limit=1000')).body.leads as { id: string; claimedBy: string | null }[]
  expect(open.find((one) => one.id === lead.id)).toMatchObject({ claimedBy: null, closedAs: null })
  expect(await desk.claim(ana, lead)).toBe(fence + 1)
})

test('who asks for a person again after the lead was closed is on the desk again, and is not told otherwise', async () => {
  const visitor = await visit(desk.service.address)
  for (const words of ['person', 'Sam', 'phone', '201 555 0123', 'yes', 'any', 'yes', 'no', 'send'])
    await visitor.say(words)
  const lead = (await desk.service.house.store.leadOf(visitor.conversation)) as LeadRecord
  const ana = await desk.as('ana')
  const fence = await desk.claim(ana, lead)
  await ana(`leads/${lead.id}/close`, { body: { fence, disposition: 'no-answer', note: '' } })
  for (const words of ['I want to talk to a person', 'yes', 'send']) await visitor.say(words)
  expect(await desk.service.house.store.lead(lead.id)).toMatchObject({ state: 'open', claimedBy: null })
})

test('who lost a claim is told by whom and until when, for people and for programs', async () => {
  const { lead } = await desk.leadInDanger()
  const [ana, chris] = [await desk.as('ana'), await desk.as('chris')]
  await desk.claim(ana, lead)
  const { body } = await chris(`leads/${lead.id}/claim`, { method: 'POST' })
  expect(body.error).toEqual({
    code: 'LEAD_ALREADY_CLAIMED',
    message: 'ana holds this lead until 2026-11-23T15:15:00.000Z.',
    claimedBy: 'ana',
    claimedUntil: '2026-11-23T15:15:00.000Z',
  })
})

test('what is too large or not as the contract states is refused with a code, and nothing changes', async () => {
  const { lead } = await desk.leadInDanger()
  const ana = await desk.as('ana')
  const fence = await desk.claim(ana, lead)
  const close = (body: object) => ana(`leads/${lead.id}/close`, { body: { fence, ...body } })
  expect((await close({ disposition: 'reached', note: 'x'.repeat(1_000_000) })).status).toBe(413)
  expect((await close({ disposition: 'reached', note: 'x'.repeat(10_001) })).body.error.code).toBe('REQUEST_INVALID')
  expect((await close({ disposition: 'sold' })).body.error.code).toBe('REQUEST_INVALID')
  expect((await ana(`leads/${lead.id}/close`, { body: { disposition: 'reached' } })).status).toBe(400)
  expect((await ana('leads?limit=1001')).status).toBe(400)
  expect((await ana('leads?after=x')).status).toBe(400)
  expect((await ana(`leads/${lead.id}/fhir`)).body.error.code).toBe('CONSENT_REQUIRED')
  expect(await desk.service.house.store.lead(lead.id)).toMatchObject({ state: 'claimed', fence })
})

test('a foreign Last-Event-ID is answered by "read everything anew", a good one by what was missed', async () => {
  const ana = await desk.as('ana')
  for (const foreign of ['1', '99999999999999', 'x', '-5']) {
    const heard = await desk.listen(ana, foreign)
    await expect.poll(() => heard.text()).toContain('event: lead.changed\ndata: {}')
    heard.stop()
  }
  const first = await desk.listen(ana)
  await expect.poll(() => first.text()).toContain('event: ready')
  first.stop()
  const lastId = [...first.text().matchAll(/^id: (\d+)/gm)].at(-1)?.[1] as string
  const { lead } = await desk.leadInDanger()
  const second = await desk.listen(ana, lastId)
  await expect.poll(() => second.text()).toContain(`"lead":"${lead.id}"`)
  expect(second.text()).not.toContain('data: {}\n\nid: undefined')
  second.stop()
})

test('staff hear and count their own programs only', async () => {
  const ben = await desk.as('ben')
  const heard = await desk.listen(ben)
  const { lead } = await desk.leadInDanger('inspira')
  const { lead: own } = await desk.leadInDanger('jagruti')
  await expect.poll(() => heard.text()).toContain(own.id)
  expect(heard.text()).not.toContain(lead.id)
  heard.stop()
  expect((await ben('figures')).body).toMatchObject({ byState: { open: 1 }, byAcuity: { emergency: 1 } })
  for (const deed of ['renew', 'release', 'close', 'messages', 'takeover', 'hand-back'])
    expect((await ben(`leads/${lead.id}/${deed}`, { body: { fence: 1 } })).body.error.code).toBe('LEAD_NOT_FOUND')
})

test('figures tell how far people came, how long they waited, and which promises were kept', async () => {
  const fresh = await TestDesk.open()
  const ana = await fresh.as('ana')
  const [quick, slow] = [await fresh.leadInDanger(), await fresh.leadInDanger()]
  await fresh.pass(2)
  const fence = await fresh.claim(ana, quick.lead)
  await ana(`leads/${quick.lead.id}/close`, { body: { fence, disposition: 'booked', note: '' } })
  await fresh.pass(30)
  await ana('session')
  await fresh.pass(30)
  await fresh.claim(ana, slow.lead)
  const { body } = await ana('figures?days=7')
  expect(body).toMatchObject({
    byState: { closed: 1, claimed: 1 },
    closedAs: { booked: 1 },
    promises: { kept: 1, broken: 1 },
    secondsToClaim: { p90: 3_720 },
  })
  expect(body.funnel).toEqual([
    { step: 'conversations', count: 2 },
    { step: 'leads', count: 2 },
    { step: 'claimed', count: 2 },
    { step: 'reached', count: 1 },
    { step: 'booked', count: 1 },
    { step: 'admitted', count: 0 },
  ])
  expect((await ana('figures?days=0')).body.error.code).toBe('REQUEST_INVALID')
  await fresh.close()
})

test('a lead without its words: after an erasure the desk keeps codes and times only', async () => {
  const { visitor, lead } = await desk.leadInDanger()
  const ana = await desk.as('ana')
  await ana('leads')
  await visitor.post({ type: 'event', name: 'porchlight/erase' })
  const view = (await ana(`leads/${lead.id}`)).body
  expect(view).toMatchObject({ brief: null, answers: [], transcript: [], isErased: true, about: null })
  const { leads } = (await ana('leads?limit=1000')).body as unknown as { leads: { id: string }[] }
  const row = leads.find(({ id }) => id === lead.id)
  expect(row).toMatchObject({ about: null, isErased: true })
  expect(JSON.stringify(row)).not.toContain('kill')
})
