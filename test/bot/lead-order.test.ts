import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { acuityRank, nextRise, placeInQueue } from '../../bot/queue/lead-order.ts'
import { Acuity, Route } from '../../flows/vocabulary.ts'

const instant = fc
  .integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2027-01-01T00:00:00Z') })
  .map((ms) => new Date(ms).toISOString())

const waiting = fc
  .record({
    acuity: fc.constantFrom(...Acuity.options),
    route: fc.constantFrom(...Route.options),
    openedAt: instant,
    minutes: fc.option(fc.integer({ min: 1, max: 3_000 })),
  })
  .map(({ minutes, ...lead }) => ({
    ...lead,
    dueAt: minutes === null ? null : new Date(Date.parse(lead.openedAt) + minutes * 60_000).toISOString(),
  }))

test('waiting only ever moves a lead up, by two places at most, and never into danger', () => {
  fc.assert(
    fc.property(waiting, instant, instant, (lead, one, other) => {
      const [earlier, later] = [one, other].sort() as [string, string]
      const first = acuityRank(lead.acuity, lead.route)
      const [before, after] = [placeInQueue(lead, earlier), placeInQueue(lead, later)]
      expect(after).toBeLessThanOrEqual(before)
      expect(before).toBeLessThanOrEqual(first)
      expect(first - after).toBeLessThanOrEqual(2)
      if (first > 1) expect(after).toBeGreaterThan(1)
    }),
  )
})

test('between one rise and the next nothing changes', () => {
  fc.assert(
    fc.property(waiting, instant, (lead, moment) => {
      const next = nextRise(lead, moment)
      const end = next === null ? '2099-01-01T00:00:00.000Z' : new Date(Date.parse(next) - 1).toISOString()
      expect(placeInQueue(lead, end)).toBe(placeInQueue(lead, moment))
    }),
  )
})

test('danger outranks every route, and nothing but danger has its places', () => {
  for (const route of Route.options) {
    expect(acuityRank('emergency', route)).toBe(0)
    expect(acuityRank('crisis', route)).toBeLessThanOrEqual(1)
    expect(acuityRank('routine', route) > 1).toBe(route !== 'emergency' && route !== 'crisis')
  }
})

test('the page about the desk has the order that the code has', () => {
  const rows = readFileSync('docs/desk.md', 'utf8').matchAll(/^\| (\d) \| .*? \| (.*?) \|$/gm)
  const places = [...rows].flatMap(([, place, routes = '']) =>
    [...routes.matchAll(/`([\w-]+)`/g)].map(([, route]) => [route, Number(place)]),
  )
  expect(places).toHaveLength(Route.options.length)
  for (const [route, place] of places) expect(acuityRank('routine', Route.parse(route))).toBe(place)
})
