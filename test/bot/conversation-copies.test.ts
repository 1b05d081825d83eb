/** What is held open in memory of an erased conversation is forgotten, whatever was under way with it. */
import { expect, test } from 'vitest'
import { houseInMemory } from '../../bot/house-in-memory.ts'
import { begin } from '../../bot/turn/begin.ts'
import { createCopies } from '../../bot/turn/conversation-copies.ts'

test('who read it before it was erased, or wrote in it meanwhile, does not keep its key', async () => {
  const { store, vault, ...house } = houseInMemory()
  await begin({ store, vault, ...house }, { id: 'c1', program: 'inspira', user: 'dl_1', locale: 'en-US' })
  const { promise: isErased, resolve: erased } = Promise.withResolvers<void>()
  let reads = 0
  const slow = {
    ...store,
    async load(id: string) {
      reads += 1
      const record = await store.load(id)
      await isErased
      return record
    },
  }
  const copies = createCopies(slow, vault, true)
  const reading = copies.recent('c1')
  copies.forget('c1')
  erased()
  const live = await reading
  if (!live) throw new Error('it was read before it was erased')
  copies.keep(live)
  await copies.keyOf('c1')
  expect(reads).toBe(2)
})
