/**
 * Drop-off from stored conversations: read from the store as it is, numbers only.
 */
import { expect, test } from 'vitest'
import { houseInMemory } from '../../bot/house-in-memory.ts'
import { storedDropOff } from '../../bot/scripts/stored-drop-off.ts'
import { begin } from '../../bot/turn/begin.ts'
import { takeTurn } from '../../bot/turn/turn.ts'
import { world } from './service-in-test.ts'

test('stored conversations are counted by the step where they stopped, once an hour has passed', async () => {
  const clock = { at: Date.parse('2026-11-23T15:00:00.000Z') }
  const house = houseInMemory({ world, clock: { now: () => new Date(clock.at) } })
  const say = async (id: string, program: string, texts: readonly string[]): Promise<void> => {
    await begin(house, { id, program, user: 'dl_1', locale: 'en-US' })
    await takeTurn(house, { conversation: id, activity: { type: 'conversationUpdate' } })
    for (const text of texts) await takeTurn(house, { conversation: id, activity: { type: 'message', text } })
  }
  await say('a', 'inspira', ['screening', 'self', 'my name is Ana Torres'])
  await say('b', 'inspira', ['screening', 'self', '34'])
  await say('c', 'sample-001', ['screening', 'self'])
  expect(await storedDropOff(house)).toMatchObject({ conversations: 0 })
  clock.at += 2 * 3_600_000
  const { conversations, dropOff } = await storedDropOff(house)
  expect(conversations).toBe(3)
  expect(dropOff.get('screening/age')).toEqual({ asked: 3, stopped: 2 })
  expect(dropOff.get('safety/asq1')).toEqual({ asked: 1, stopped: 1 })
  expect(JSON.stringify([...dropOff])).not.toMatch(/Ana|Torres|34/)
  expect((await storedDropOff(house, ['inspira'])).dropOff.get('screening/age')).toEqual({ asked: 2, stopped: 1 })
  await house.store.close()
})
