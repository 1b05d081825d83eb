/**
 * A record that cannot be opened any more hides none of the others.
 */
import { expect, test, vi } from 'vitest'
import { createQueueWords } from '../../bot/console/queue-words.ts'
import { AdmissionsError } from '../../bot/errors.ts'
import type { House } from '../../bot/house.ts'
import { houseInMemory } from '../../bot/house-in-memory.ts'
import { askedQuestions } from '../../bot/learning/asked-questions.ts'
import { freshReply } from '../../bot/turn/fresh-reply.ts'

test('of two unanswered questions the one that opens is shown', async () => {
  const house = houseInMemory()
  for (const text of ['is there parking', 'do you have wifi'])
    await freshReply(house, { program: 'inspira', text, locale: 'en-US' })
  const staff = { programs: null } as never
  expect((await askedQuestions(house, staff)).map(({ question }) => question).sort()).toEqual([
    'do you have wifi',
    'is there parking',
  ])
  const open = house.store.openQuestions.bind(house.store)
  vi.spyOn(house.store, 'openQuestions').mockImplementation(async (...about) => {
    const [first, ...others] = await open(...about)
    return [{ ...first!, id: 'sealed-for-another' }, ...others]
  })
  expect(await askedQuestions(house, staff)).toHaveLength(1)
})

test('a row of the queue stands without its words when they cannot be read', async () => {
  const load = async () => {
    throw new AdmissionsError('KEY_UNREADABLE', 'A stored record cannot be read.')
  }
  const house = { deskEvents: { listen: () => {} }, conversations: { load }, world: { programs: new Map() } }
  const words = createQueueWords(house as unknown as House)
  expect(await words.of({ conversation: 'c1', program: 'inspira' } as never)).toEqual({
    about: null,
    heard: null,
    isErased: false,
    isUnreadable: true,
    isLive: false,
    isRehearsal: false,
  })
})
