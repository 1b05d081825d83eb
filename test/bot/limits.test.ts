import { expect, test } from 'vitest'
import { addressPrefix, createRateLimit } from '../../bot/limits/rate-limit.ts'
import { createLine } from '../../bot/turn/in-line.ts'

test('a limit lets so many through in a minute, refills evenly and says how long to wait', () => {
  let now = 0
  const limit = createRateLimit(60, { now: () => new Date(now) })
  const waits = Array.from({ length: 61 }, () => limit.take('a'))
  expect(waits.slice(0, 60).every((wait) => wait === 0)).toBe(true)
  expect(waits[60]).toBe(1)
  expect(limit.take('b')).toBe(0)
  now += 1_000
  expect(limit.take('a')).toBe(0)
  expect(limit.take('a')).toBe(1)
})

test('zero is no limit', () => {
  const limit = createRateLimit(0, { now: () => new Date(0) })
  expect(Array.from({ length: 1_000 }, () => limit.take('a')).every((wait) => wait === 0)).toBe(true)
})

test('one household is one key', () => {
  expect(addressPrefix('::ffff:192.0.2.7')).toBe(addressPrefix('192.0.2.99'))
  expect(addressPrefix('2001:db8:1:2::1')).toBe(addressPrefix('2001:db8:1:2:ffff::9'))
  expect(addressPrefix('2001:db8::1')).toBe(addressPrefix('2001:db8::2:3:4:5'))
  expect(addressPrefix('2001:db8:1::7')).toBe(addressPrefix('2001:db8:1:9:8:7:6:5'))
  expect(addressPrefix('2001:db8:1:200::7')).not.toBe(addressPrefix('2001:db8:1:100::7'))
  expect(addressPrefix('192.0.3.7')).not.toBe(addressPrefix('192.0.2.7'))
})

test('work on one conversation goes one after the other, on others side by side', async () => {
  const line = createLine()
  const seen: string[] = []
  const work = (name: string, ms: number) => async () => {
    seen.push(`${name} begins`)
    await new Promise((resolve) => setTimeout(resolve, ms))
    seen.push(`${name} ends`)
    if (name === 'a1') throw new Error('a fault of one is not a fault of the next')
  }
  const all = [
    line.run('a', work('a1', 20)).catch(() => 'failed'),
    line.run('a', work('a2', 1)),
    line.run('b', work('b1', 1)),
  ]
  await line.idle()
  await Promise.all(all)
  expect(seen).toEqual(['a1 begins', 'b1 begins', 'b1 ends', 'a1 ends', 'a2 begins', 'a2 ends'])
})
