import { expect, test } from 'vitest'
import { Brand, contrastWithWhite } from '../../knowledge/brand.ts'

test('a colour on which white words cannot be read is refused with its contrast', () => {
  expect(Brand.safeParse('#27406b').success).toBe(true)
  expect(Brand.safeParse('#f2b84b').error?.issues[0]?.message).toMatch(/too light for white words \(1\.\d : 1/)
  expect(Brand.safeParse('blue').success).toBe(false)
  expect([contrastWithWhite('#ffffff'), contrastWithWhite('#000000')]).toEqual([1, 21])
})
