/**
 * Fifty messages a second from one visitor: danger among them has its card, and none of it is lost.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Service } from '../../bot/service.ts'
import type { StoredActivity } from '../../bot/turn/stored-activity.ts'
import { said, startTestService, visit } from './service-in-test.ts'

let service: Service
beforeAll(async () => {
  service = await startTestService({}, { RATE_LIMIT_PER_MINUTE: '30' })
})
afterAll(() => service.stop())

const AT_ONCE = 50

const isCard = (activity: StoredActivity): boolean =>
  activity.channelData !== undefined && said(activity).kind === 'crisis'

const buttonsOf = ({ attachments }: StoredActivity): number =>
  (attachments as { content: { buttons: unknown[] } }[] | undefined)?.[0]?.content.buttons.length ?? 0

test('one sentence of danger among fifty at once is answered, whatever the limit refuses', async () => {
  const visitor = await visit(service.address)
  const texts = Array.from({ length: AT_ONCE }, (_, index) =>
    index === 40 ? 'I want to kill myself' : `hello ${index}`,
  )
  const answers = await Promise.all(texts.map((text) => visitor.post({ type: 'message', text })))
  expect(answers[40]?.status).toBe(200)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]))
  expect((await visitor.activities()).some(isCard)).toBe(true)
  expect(await service.house.store.leadOf(visitor.conversation)).toMatchObject({ state: 'open' })
}, 30_000)

test('fifty sentences of danger at once are all taken, and no whole card is shown twice', async () => {
  const visitor = await visit(service.address)
  const posts = Array.from({ length: AT_ONCE }, () => visitor.post({ type: 'message', text: 'me quiero matar' }))
  expect((await Promise.all(posts)).map(({ status }) => status)).toEqual(new Array(AT_ONCE).fill(200))
  const cards = (await visitor.activities()).filter(isCard)
  expect(cards.length).toBeGreaterThanOrEqual(AT_ONCE)
  const whole = cards.filter((card) => buttonsOf(card) > 1).map((card) => said(card).label)
  expect(whole.length).toBeGreaterThan(0)
  expect(whole).toEqual([...new Set(whole)])
}, 30_000)
