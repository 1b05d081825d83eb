/**
 * Simulated visitors, each reproducible by its seed: nobody is left without a next move or in a loop.
 */
import { expect, test } from 'vitest'
import { houseInMemory } from '../../bot/house-in-memory.ts'
import { type Talk, talkOf } from '../../bot/simulate/talks.ts'
import { type Manner, manners } from '../../bot/simulate/visitors.ts'
import { readWorld } from '../../bot/world.ts'

const world = readWorld('knowledge/programs')

async function talk(manner: Manner, program: string, locale: 'en-US' | 'es-US', seed: number): Promise<Talk> {
  const house = houseInMemory({ world, clock: { now: () => new Date('2026-11-23T15:00:00.000Z') } })
  const result = await talkOf(house, { manner, program, locale, seed }, { turnsAtMost: 60 })
  await house.store.close()
  return result
}

test.each(manners)('a visitor who is %s always has a next move, in both languages', async (manner) => {
  for (const locale of ['en-US', 'es-US'] as const) {
    expect((await talk(manner, 'inspira', locale, 7)).faults).toEqual([])
  }
})

test.each([...world.programs.keys()])(
  'an agreeable visitor is handed off by %s through the whole service',
  async (program) => {
    for (const locale of ['en-US', 'es-US'] as const) {
      expect(await talk('agreeable', program, locale, 1)).toMatchObject({ isHandedOff: true, faults: [] })
    }
  },
)

test('the same seed is the same talk', async () => {
  expect(await talk('confused', 'inspira', 'en-US', 11)).toEqual(await talk('confused', 'inspira', 'en-US', 11))
})
