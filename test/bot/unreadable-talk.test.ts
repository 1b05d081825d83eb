/**
 * A talk whose record is broken: it can still be erased, it keeps no other from ending at its age, whoever writes in
 * it is told to begin anew, and the desk shows which one it is.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { leadView } from '../../bot/console/lead-view.ts'
import { addNote } from '../../bot/console/notes.ts'
import { createQueueWords } from '../../bot/console/queue-words.ts'
import { addStaff } from '../../bot/console/staff-accounts.ts'
import { tryErase } from '../../bot/keeping/erase-conversation.ts'
import { endWhatIsOver } from '../../bot/keeping/retention.ts'
import { performDue } from '../../bot/outbox/perform.ts'
import type { LeadRecord } from '../../bot/ports.ts'
import type { Service } from '../../bot/service.ts'
import type { LiveConversation } from '../../bot/turn/conversations.ts'
import { PASSWORD } from './desk-in-test.ts'
import { call, said, startTestService, type Visitor, visit } from './service-in-test.ts'

const DAY_MS = 86_400_000
let at: Date
let service: Service

beforeEach(async () => {
  at = new Date('2026-11-23T15:00:00.000Z')
  service = await startTestService({ clock: { now: () => at } }, { KEEP_CHAT_DAYS: '30' })
  await endWhatIsOver(service.house)
})
afterEach(() => service.stop())

async function talk(): Promise<Visitor> {
  const visitor = await visit(service.address)
  await visitor.say('what does it cost')
  return visitor
}

async function breakState({ conversation }: Visitor): Promise<void> {
  const { store, conversations } = service.house
  const { version: expectedVersion = 0 } = (await store.load(conversation)) ?? {}
  const none = { effects: [], questions: [], consents: [], audit: [], referrals: [] }
  const broken = { ...none, conversation, expectedVersion, turn: null, clientKey: null, lead: null }
  await store.commit({ ...broken, state: Buffer.alloc(80), at: at.toISOString() })
  await expect(conversations.load(conversation)).rejects.toMatchObject({ code: 'KEY_UNREADABLE' })
}

const erasures = async (): Promise<number> =>
  (await service.house.store.auditTrail(1_000, null)).filter(({ event }) => event === 'conversation.erased').length

test('it is erased like any other, and the trail says so', async () => {
  const broken = await talk()
  await breakState(broken)
  expect(await tryErase(service.house, broken.conversation, { actor: 'ana', detail: {} })).toBe('erased')
  expect(await service.house.store.load(broken.conversation)).toBeNull()
  expect(await erasures()).toBe(1)
})

test('it ends at its age, and so do those around it', async () => {
  const talks = [await talk(), await talk(), await talk()]
  await breakState(talks[1] as Visitor)
  for (let day = 0; day < 70; day += 1) {
    at = new Date(at.getTime() + DAY_MS)
    await endWhatIsOver(service.house)
  }
  const left = await Promise.all(talks.map(({ conversation }) => service.house.store.load(conversation)))
  expect(left).toEqual([null, null, null])
  expect(await erasures()).toBe(3)
})

test('whoever writes in it is told that it is over, on every way, so that her client begins a new one', async () => {
  const broken = await talk()
  await breakState(broken)
  const chat = `${service.address}/v3/directline/conversations/${broken.conversation}`
  const answers = [
    await broken.post({ type: 'message', text: 'are you there?' }),
    await call(`${chat}/activities?watermark=`, { bearer: broken.token }),
    await call(chat, { bearer: broken.token }),
    await call(`${service.address}/v3/directline/conversations`, { bearer: broken.token, body: { user: {} } }),
  ]
  expect(answers.map(({ status, body }) => [status, body.error.code])).toEqual(answers.map(() => [404, 'NotFound']))
})

test('in danger she has her card all the same, also where her client only asks and never begins anew', async () => {
  const broken = await talk()
  await breakState(broken)
  const posted = await broken.post({ type: 'message', text: 'quiero matarme', locale: 'es-US' })
  expect(posted.status).toBe(404)
  const [card] = await broken.activities()
  expect(said(card).kind).toBe('crisis')
  expect(card?.text).toMatch(/[áéíóú]/)
  expect(
    (
      await call(`${service.address}/v3/directline/conversations/${broken.conversation}/activities`, {
        bearer: broken.token,
      })
    ).status,
  ).toBe(404)
})

test('the page without script says so in her language, and danger begins a new talk there by itself', async () => {
  const post = async (fields: Record<string, string>): Promise<string> => {
    const body = new URLSearchParams({ lang: 'es', once: String(Math.random()), ...fields })
    return (await fetch(`${service.address}/chat/inspira`, { method: 'POST', body })).text()
  }
  const tokenIn = (page: string): string => /name="talk" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const token = tokenIn(await post({ text: 'hola' }))
  const { conversations } = await service.house.store.aging(null, 10)
  await breakState({ conversation: conversations[0]?.id } as Visitor)
  expect(await post({ talk: token, text: 'siguen ahí?' })).toContain('ya no se puede abrir')
  expect(await post({ talk: token, text: 'quiero matarme' })).toContain('tel:988')
})

test('the desk shows which talk it is, and its lead can be claimed and closed', async () => {
  const broken = await talk()
  await broken.say('I want to kill myself')
  await breakState(broken)
  const { store } = service.house
  await addStaff(store, { name: 'ana', role: 'admissions', programs: null }, PASSWORD)
  const signedIn = await call(`${service.address}/desk/api/session`, { body: { name: 'ana', password: PASSWORD } })
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] as string
  const desk = (path: string, body?: unknown) =>
    call(`${service.address}/desk/api/${path}`, { ...(body === undefined ? {} : { body }), headers: { cookie } })
  const lead = await store.leadOf(broken.conversation)
  expect((await desk('leads')).body.leads).toMatchObject([{ conversation: broken.conversation, isUnreadable: true }])
  expect((await desk(`leads/${lead?.id}`)).body).toMatchObject({ isUnreadable: true, brief: null, transcript: [] })
  const { fence } = (await desk(`leads/${lead?.id}/claim`, {})).body.lease as { fence: number }
  const withNote = await desk(`leads/${lead?.id}/close`, { fence, disposition: 'referred-out', note: 'called her' })
  expect([withNote.status, withNote.body.error.message]).toEqual([404, expect.stringContaining('no note is kept')])
  const closed = await desk(`leads/${lead?.id}/close`, { fence, disposition: 'referred-out' })
  expect([closed.status, closed.body]).toEqual([200, { state: 'closed', disposition: 'referred-out' }])
})

test('a note and a worksheet that are broken hide nothing else of their lead', async () => {
  const visitor = await talk()
  await visitor.say('I want to kill myself')
  const { house } = service
  const lead = (await house.store.leadOf(visitor.conversation)) as LeadRecord
  await addNote(house, lead, { by: 'ana', text: 'called back' })
  const paper = { conversation: visitor.conversation, at: at.toISOString(), expiresAt: null, body: Buffer.alloc(80) }
  for (const kind of ['staff-note', 'worksheet', 'payer-answer'])
    await house.store.putDocument({ ...paper, id: `z-${kind}`, kind })
  const shown = await leadView(house, lead, await createQueueWords(house).of(lead))
  expect(shown.notes.map(({ text }) => text)).toEqual(['called back', expect.stringContaining('cannot be opened')])
  expect(shown.verification).toMatchObject({ worksheet: null, answers: [] })
  expect(JSON.stringify(shown.transcript)).toContain('what does it cost')
})

test('one broken turn hides none of the others, and the desk is told that something is missing', async () => {
  const visitor = await talk()
  await visitor.say('do you take Aetna')
  const { store, conversations } = service.house
  const turnsAfter = store.turnsAfter.bind(store)
  vi.spyOn(store, 'turnsAfter').mockImplementation(async (id, seq) => {
    const [first, ...others] = await turnsAfter(id, seq)
    return first && seq === 0 ? [{ ...first, body: Buffer.alloc(80) }, ...others] : []
  })
  const live = await conversations.load(visitor.conversation)
  const { activities, unreadTurns } = await conversations.after(live as LiveConversation, 0)
  expect(unreadTurns).toBe(1)
  expect(activities.map(({ text }) => text)).toContain('do you take Aetna')
})

test('a lead whose talk is broken still calls somebody, and keeps no other from coming back to the queue', async () => {
  const { house } = service
  const broken = await talk()
  await broken.say('I want to kill myself')
  await breakState(broken)
  const paged: string[] = []
  const watcher = {
    name: 'watcher',
    notify: async ({ conversation }: { conversation: string }) => void paged.push(conversation),
  }
  const watched = { ...house, notifiers: [watcher] }
  await performDue(watched as typeof house)
  expect(paged).toContain(broken.conversation)
  const other = await talk()
  await other.say('I want to kill myself')
  for (const { conversation } of [broken, other]) {
    const lead = await house.store.leadOf(conversation)
    const until = new Date(at.getTime() + 60_000).toISOString()
    await house.store.claim(lead?.id ?? '', 'ana', { at: at.toISOString(), until })
  }
  at = new Date(at.getTime() + 120_000)
  await performDue(watched as typeof house)
  const states = await Promise.all([broken, other].map(({ conversation }) => house.store.leadOf(conversation)))
  expect(states.map((lead) => lead?.state)).toEqual(['open', 'open'])
})
