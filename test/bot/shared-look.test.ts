/**
 * Asking whether the store is there costs the disk little, however often it is asked, and is never answered from before.
 */
import { expect, test } from 'vitest'
import { sharedLook } from '../../bot/stores/shared-look.ts'

test('all who ask at once are answered by one look, and whoever asks later by one of her own', async () => {
  let looks = 0
  const look = sharedLook(async () => {
    looks += 1
  })
  await Promise.all(Array.from({ length: 500 }, () => look()))
  expect(looks).toBe(1)
  await Promise.all(Array.from({ length: 500 }, () => look()))
  expect(looks).toBe(2)
})

test('each is answered from a look that began after she had asked, so a fault is known at once', async () => {
  const { promise: hangs, resolve: goOn } = Promise.withResolvers<void>()
  let isBroken = false
  let looks = 0
  const look = sharedLook(async () => {
    looks += 1
    if (looks === 1) await hangs
    if (isBroken) throw new Error('broken')
  })
  const first = look()
  await expect.poll(() => looks).toBe(1)
  isBroken = true
  await expect(look()).rejects.toThrow('broken')
  isBroken = false
  goOn()
  await first
  await expect(look()).resolves.toBeUndefined()
})
