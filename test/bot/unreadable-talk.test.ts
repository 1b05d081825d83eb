/**
 * A talk whose record is broken: it can still be erased, and it keeps no other from ending at its age.
 */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tryErase } from '../../bot/keeping/erase-conversation.ts'
import { endWhatIsOver } from '../../bot/keeping/retention.ts'
import type { Service } from '../../bot/service.ts'
import { startTestService, type Visitor, visit } from './service-in-test.ts'

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
