import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Headline } from '../../widget/console/desk-api.ts'
import { deskKeys } from '../../widget/console/keys.ts'
import { unansweredWords } from '../../widget/console/lead-words.ts'
import { isPressing, settle } from '../../widget/console/queue-order.ts'
import { agoWords, promiseWords, spanWords } from '../../widget/console/time-words.ts'

const NOW = Date.parse('2026-11-23T07:10:00Z')
const inMinutes = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString()

const lead = (id: string, more: Partial<Headline> = {}): Headline => ({
  id,
  conversation: id,
  program: 'inspira',
  programName: 'Inspira',
  acuity: 'soon',
  route: 'iop-fit',
  label: null,
  promise: null,
  place: 5,
  openedAt: inMinutes(-10),
  state: 'open',
  claimedBy: null,
  claimedUntil: null,
  closedAs: null,
  about: null,
  isErased: false,
  isUnreadable: false,
  isLive: false,
  ...more,
})

test('a promise is a countdown in words', () => {
  expect(promiseWords(inMinutes(12), NOW)).toEqual({ text: 'due in 12 min', isLate: false })
  expect(promiseWords(inMinutes(-18), NOW)).toEqual({ text: '18 min late', isLate: true })
  expect(promiseWords(inMinutes(0), NOW).text).toBe('due now')
  expect(promiseWords(null, NOW)).toEqual({ text: 'no time promised', isLate: false })
  expect([spanWords(60), spanWords(125), spanWords(1_440), spanWords(1_500)]).toEqual([
    '1 h',
    '2 h 5 min',
    '1 d',
    '1 d 1 h',
  ])
  expect(agoWords(inMinutes(-10), NOW)).toBe('10 min ago')
})

test('while somebody reads, calm rows stand still, whatever order the service has; none is lost or doubled', () => {
  const rows = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 0, max: 40 }),
      acuity: fc.constantFrom('crisis', 'soon', 'routine'),
      due: fc.integer({ min: -30, max: 30 }),
    }),
    { selector: (row) => row.id },
  )
  fc.assert(
    fc.property(rows, fc.uniqueArray(fc.integer({ min: 0, max: 40 })), (drawn, stood) => {
      const fresh = drawn.map(({ id, acuity, due }) =>
        lead(String(id), { acuity: acuity as Headline['acuity'], promise: { dueAt: inMinutes(due) } }),
      )
      const settled = settle(stood.map(String), fresh, NOW)
      expect(settled.map(({ id }) => id).sort()).toEqual(fresh.map(({ id }) => id).sort())
      const firstCalm = settled.findIndex((one) => !isPressing(one, NOW))
      if (firstCalm >= 0) expect(settled.slice(firstCalm).some((one) => isPressing(one, NOW))).toBe(false)
      const calmKnown = settled.filter((one) => !isPressing(one, NOW) && stood.includes(Number(one.id)))
      const places = calmKnown.map(({ id }) => stood.indexOf(Number(id)))
      expect(places).toEqual([...places].sort((one, other) => one - other))
    }),
  )
})

test('every key does one thing, and says what', () => {
  const keys = deskKeys.flatMap((one) => one.keys)
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys.length).toBeGreaterThan(15)
  expect(deskKeys.every(({ does }) => does.length > 3)).toBe(true)
})

test('what was not answered is said in words, and shortly when nearly nothing was', () => {
  expect(unansweredWords(['asq.1', 'asq.2', 'age'])).toBe('safety questions, age')
  expect(
    unansweredWords([
      'asq.1',
      'alcohol.freq',
      'sedativesDaily',
      'opioids.daily',
      'withdrawal.symptomsNow',
      'needs24h',
      'living.safe',
      'medicallyStable',
      'age',
    ]),
  ).toMatch(/hardly begun/)
})
