/**
 * Under a flood somebody in danger still has the card; the rest are told to wait and lose nothing by it.
 */
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createCrowd } from '../../bot/channels/crowd.ts'
import { createRateLimit } from '../../bot/limits/rate-limit.ts'
import { said, visit } from '../bot/service-in-test.ts'
import { spawnService } from '../bot/spawned-service.ts'

const VISITORS = 8
const POSTS_EACH = 12

test('of more messages at once than can be taken, danger is taken, and the shed ones are taken later, once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'porchlight-flood-'))
  const service = await spawnService({ DATA_DIR: folder, LOG_LEVEL: 'silent', TURNS_AT_ONCE: '12' })
  const visitors = await Promise.all(Array.from({ length: VISITORS }, () => visit(service.address)))
  const inDanger = await visit(service.address)
  const words = Array.from({ length: POSTS_EACH }, (_, index) => `do you have question ${index}`)
  const post = (one: (typeof visitors)[number], text: string) =>
    one.post({ type: 'message', text, channelData: { clientActivityID: text } })
  const flood = visitors.flatMap((one) =>
    words.map(async (text) => ({ one, text, status: (await post(one, text)).status })),
  )
  const [card] = await inDanger.say('I want to kill myself tonight')
  expect(said(card).kind).toBe('crisis')
  const [newcomersCard] = await (await visit(service.address)).say('I want to kill myself tonight')
  expect(said(newcomersCard).kind).toBe('crisis')
  const answered = await Promise.all(flood)
  const shed = answered.filter(({ status }) => status === 429)
  expect(shed.length).toBeGreaterThan(0)
  expect(answered.every(({ status }) => status === 200 || status === 429)).toBe(true)
  for (const { one, text } of shed) expect((await post(one, text)).status).toBe(200)
  const kept = await Promise.all(visitors.map((one) => one.activities()))
  for (const activities of kept) {
    const texts = activities.filter(({ from }) => from.role === 'user').map(({ text }) => text)
    expect(texts.toSorted()).toEqual(words.toSorted())
  }
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

test('a network or a program that sends too much waits; others do not', () => {
  const clock = { now: () => new Date(0) }
  const crowd = createCrowd({ atOnce: 10, networks: createRateLimit(2, clock), programs: createRateLimit(3, clock) })
  const from = (network: string, program: string) => crowd.wait({ network, program })
  expect([from('192.0.2', 'a'), from('192.0.2', 'a')]).toEqual([0, 0])
  expect(from('192.0.2', 'b')).toBeGreaterThan(0)
  expect(from('192.0.3', 'a')).toBe(0)
  expect(from('192.0.4', 'a')).toBeGreaterThan(0)
  expect(from('192.0.4', 'b')).toBe(0)
})

test('when the first in line has waited too long, more wait; when the line is empty, nobody does', async () => {
  let now = 0
  const none = createRateLimit(0, { now: () => new Date(0) })
  const crowd = createCrowd({ atOnce: 1_000, networks: none, programs: none }, () => now)
  const turns = Array.from({ length: 60 }, () =>
    crowd.inLine(async () => {
      now += 20
    }),
  )
  expect(crowd.isFull()).toBe(false)
  await Promise.all(turns.slice(0, 30))
  expect(crowd.isFull()).toBe(true)
  expect(crowd.isQuiet()).toBe(false)
  await Promise.all(turns)
  expect([crowd.isFull(), crowd.isQuiet()]).toEqual([false, true])
})

test('a line of turns never holds up the network: between two of them it is looked at', async () => {
  const none = createRateLimit(0, { now: () => new Date(0) })
  const crowd = createCrowd({ atOnce: 1_000, networks: none, programs: none })
  const order: string[] = []
  const turns = Array.from({ length: 4 }, (_, index) =>
    crowd.inLine(async () => {
      order.push(`turn ${index}`)
      if (index === 0) setImmediate(() => order.push('network'))
    }),
  )
  await Promise.all(turns)
  expect(order.indexOf('network')).toBeLessThan(3)
})
