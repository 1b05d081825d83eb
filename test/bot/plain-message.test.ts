/**
 * A plain message is taken as the schema would give it, and nothing else is.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseActivity } from '../../bot/channels/admissions-bot.ts'
import { plainMessage } from '../../bot/channels/plain-message.ts'
import { IncomingActivity } from '../../flows/activity.ts'

const part = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.boolean(),
  fc.integer(),
  fc.constant(null),
  fc.constant({ a: 'b' }),
)
const text = fc.oneof({ weight: 4, arbitrary: fc.string() }, fc.constant('a'.repeat(8_001)), fc.constant(null))
const sender = fc.record(
  { id: fc.string(), name: fc.oneof({ weight: 4, arbitrary: fc.string() }, part), role: fc.string({ maxLength: 30 }) },
  { requiredKeys: [] },
)
const plain = fc.record(
  {
    type: fc.oneof({ weight: 6, arbitrary: fc.constant('message') }, fc.constantFrom('event', 'typing', 'nonsense', 7)),
    text,
    id: fc.oneof({ weight: 6, arbitrary: fc.string() }, fc.constant('i'.repeat(201))),
    from: sender,
    locale: fc.string({ maxLength: 40 }),
    channelData: fc.dictionary(fc.string(), fc.oneof({ weight: 6, arbitrary: fc.string() }, part), { maxKeys: 3 }),
  },
  { requiredKeys: ['type'] },
)
const strange = fc.record(
  { from: part, channelData: fc.oneof(part, fc.constant([])), value: part, entities: fc.array(part), unknown: part },
  { requiredKeys: [] },
)
const activity = fc.tuple(plain, fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, strange)).map((both) => ({
  ...both[0],
  ...both[1],
}))

test('what is taken without the schema is what the schema gives', () => {
  let taken = 0
  fc.assert(
    fc.property(activity, (one) => {
      const received: unknown = JSON.parse(JSON.stringify(one))
      const message = plainMessage(received)
      if (message === null) return
      taken += 1
      expect(message).toEqual(IncomingActivity.parse(received))
    }),
    { numRuns: 4_000 },
  )
  expect(taken).toBeGreaterThan(100)
})

test('keys that reach into prototypes go to the schema', () => {
  expect(plainMessage(JSON.parse('{"type":"message","text":"a","channelData":{"__proto__":"x"}}'))).toBeNull()
  expect(plainMessage(JSON.parse('{"type":"message","__proto__":{"text":"a"}}'))).toBeNull()
})

test('no length of channelData is taken one way and refused the other', () => {
  const grown = (letter: string, length: number) => ({ type: 'message', channelData: { id: letter.repeat(length) } })
  for (const letter of ['a', '"', '\u0001', '\ud800', '界'])
    for (const length of [1, 1_990, 1_999, 2_800, 8_000, 16_370]) {
      const one = grown(letter, length)
      const isShort = JSON.stringify(one.channelData).length <= 16_384
      if (isShort) expect(parseActivity(one)).toEqual(one)
      else expect(() => parseActivity(one)).toThrow('characters of JSON')
    }
})
