/**
 * `/safety` says what really runs: every kind of danger, the figures with their intervals, the review state.
 */
import { expect, test } from 'vitest'
import { houseInMemory } from '../../bot/house-in-memory.ts'
import { measured, wilson } from '../../bot/pages/safety-figures.ts'
import { safetyPage } from '../../bot/pages/safety-page.ts'
import { world } from './service-in-test.ts'

test.each(['en', 'es'] as const)(
  'the protocol is published with its figures and intervals, in %s',
  async (language) => {
    const house = houseInMemory({ world })
    const page = await safetyPage(house, language)
    for (const { count, all } of measured.shares) {
      const [low, high] = wilson(count, all)
      expect(page).toContain(
        `${((100 * count) / all).toFixed(1)} % (${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)})`,
      )
    }
    expect(page).toContain(measured.on)
    expect(page).toContain(house.world.flows.version)
    expect(page).toMatch(/988/)
    expect(page).not.toContain('NaN')
    await house.store.close()
  },
)

test('the figures are shares: no count exceeds its whole, and what is heard holds what is shown', () => {
  const count = (name: string): number => measured.shares.find(({ of }) => of === name)!.count
  for (const share of measured.shares) expect(share.count).toBeLessThanOrEqual(share.all)
  expect(count('heard')).toBeGreaterThanOrEqual(count('shown'))
})
