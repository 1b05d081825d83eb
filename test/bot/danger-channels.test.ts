/**
 * Danger first, on every channel: the same sentence brings the card over HTTP, over the socket, through
 * the SDK's adapter, through its successor's, while staff have the chat, and without a store.
 */
import { randomUUID } from 'node:crypto'
import { Activity as AgentActivity } from '@microsoft/agents-activity'
import { type TurnContext as AgentTurn, TurnContext as AgentTurnContext, BaseAdapter } from '@microsoft/agents-hosting'
import { TestAdapter } from 'botbuilder'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AdmissionsBot, type TurnContextLike, VISITOR } from '../../bot/channels/admissions-bot.ts'
import type { Service } from '../../bot/service.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { begin } from '../../bot/turn/begin.ts'
import type { StoredActivity } from '../../bot/turn/stored-activity.ts'
import { call, said, startTestService, visit } from './service-in-test.ts'

const danger = 'I am going to kill myself tonight'

let service: Service
beforeAll(async () => {
  service = await startTestService()
})
afterAll(() => service.stop())

function expectCard(activity: StoredActivity | undefined): void {
  expect(said(activity).kind).toBe('crisis')
  const card = (activity?.attachments as { content: { buttons: { type: string; value: string }[] } }[] | undefined)?.[0]
  expect(card?.content.buttons[0]).toMatchObject({ type: 'openUrl', value: expect.stringMatching(/^tel:(911|988)$/) })
}

test('over Direct Line the card is the first thing said, and a lead stands first in the queue', async () => {
  const visitor = await visit(service.address)
  const answer = await visitor.say(danger)
  expectCard(answer[0])
  expect(await service.house.store.leadOf(visitor.conversation)).toMatchObject({
    acuity: expect.stringMatching(/emergency|crisis/),
    state: 'open',
  })
  expect(said(answer.at(-1)).input).toBeDefined()
})

test('in a card form field as well as in text, in English and in Spanish', async () => {
  const english = await visit(service.address)
  const before = (await english.activities()).length
  await english.post({ type: 'message', value: { anything: danger } })
  expectCard((await english.activities())[before + 1])
  const spanish = await visit(service.address, 'sample-002', 'es-US')
  expectCard((await spanish.say('me quiero matar esta noche'))[0])
})

test('through the SDK adapter and through its successor the same bot says the same', async () => {
  const bot = new AdmissionsBot(service.house)
  for (const drive of [withTestAdapter, withAgentsAdapter]) {
    const visitor = { conversation: randomUUID(), user: 'u1', program: 'inspira' }
    await begin(service.house, { id: visitor.conversation, program: 'inspira', user: 'u1', locale: 'en-US' })
    const sent = await drive(bot, visitor)
    expectCard(sent.find((activity) => said(activity).kind === 'crisis'))
  }
})

async function withTestAdapter(bot: AdmissionsBot, visitor: object): Promise<StoredActivity[]> {
  const adapter = new TestAdapter(async (context) => {
    context.turnState.set(VISITOR, visitor)
    await bot.run(context)
  })
  await adapter.send(danger)
  return adapter.activeQueue as unknown as StoredActivity[]
}

async function withAgentsAdapter(bot: AdmissionsBot, visitor: object): Promise<StoredActivity[]> {
  const sent: AgentActivity[] = []
  class Recorder extends BaseAdapter {
    async sendActivities(_context: AgentTurn, activities: AgentActivity[]) {
      sent.push(...activities)
      return activities.map(() => ({ id: randomUUID() }))
    }
    async updateActivity() {}
    async deleteActivity() {}
    async continueConversation() {}
    async uploadAttachment(): Promise<never> {
      throw new Error('not used')
    }
    async getAttachmentInfo(): Promise<never> {
      throw new Error('not used')
    }
    async getAttachment(): Promise<never> {
      throw new Error('not used')
    }
    createTurnContext(activity: AgentActivity) {
      return new AgentTurnContext(this, activity)
    }
  }
  const activity = {
    type: 'message',
    text: danger,
    channelId: 'test',
    from: { id: 'u1' },
    conversation: { id: 'c' },
    recipient: { id: 'b' },
  }
  const context = new AgentTurnContext(new Recorder(), AgentActivity.fromObject(activity))
  context.turnState.set(VISITOR, visitor)
  await bot.run(context as unknown as TurnContextLike)
  return sent as unknown as StoredActivity[]
}

test('with a store that fails the card still comes, by stream or by the next poll, and the post says: again', async () => {
  const store = openSqliteStore(':memory:')
  const broken = await startTestService({ store })
  const visitor = await visit(broken.address)
  const failing = async () => Promise.reject(Object.assign(new Error('disk'), { code: 'STORE_UNAVAILABLE' }))
  store.commit = failing as never
  const answer = await visitor.post({ type: 'message', text: danger })
  expect(answer.status).toBeGreaterThanOrEqual(500)
  broken.house.conversations.forget(visitor.conversation)
  store.load = failing as never
  const url = `${broken.address}/v3/directline/conversations/${visitor.conversation}/activities`
  const polled = await call(url, { bearer: visitor.token })
  expect(polled.status).toBe(200)
  expectCard(polled.body.activities[0])
  await broken.stop()
})

test('a limit on messages lets a sentence of danger through', async () => {
  const limited = await startTestService({}, { RATE_LIMIT_PER_MINUTE: '2' })
  const visitor = await visit(limited.address)
  for (let count = 0; count < 2; count += 1) await visitor.post({ type: 'message', text: 'hello' })
  const refused = await visitor.post({ type: 'message', text: 'hello' })
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/GMT$/)])
  expect((await visitor.post({ type: 'message', text: danger })).status).toBe(200)
  await limited.stop()
})
