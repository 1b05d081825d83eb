/**
 * Killed at any moment, the store keeps what it has acknowledged, once. The long run is `npm run faults`.
 */
import { expect, test } from 'vitest'
import { killStoreOften } from './killing-store.ts'

test('a store killed in the middle of its commits loses, doubles and tears nothing', { timeout: 120_000 }, async () => {
  const count = await killStoreOften(6)
  expect(count.acknowledged).toBeGreaterThan(0)
  expect(count).toMatchObject({ kills: 6, lost: 0, doubled: 0, torn: 0 })
})
