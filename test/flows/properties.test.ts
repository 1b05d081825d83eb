import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explore } from '../../flows/engine/explore.ts'
import { step } from '../../flows/engine/step.ts'
import { screen } from '../../flows/safety/screen.ts'
import { agree, dataOf, flows, lastOf, NIGHT, programOf, type Talk, talk } from './house.ts'

const words = fc.constantFrom(
  'yes',
  'no',
  'sí',
  'skip',
  'back',
  'person',
  'start over',
  'español',
  'english',
  'why',
  'what do you mean',
  'goodbye',
  'continue',
  'screening',
  'insurance',
  'question',
  'self',
  'loved-one',
  'professional',
  'current-patient',
  '34',
  '16',
  'NJ',
  'Florida',
  'Aetna',
  'no-insurance',
  'Ana',
  'phone',
  'email',
  '609 555 2368',
  'ana@example.org',
  'never',
  'daily',
  'alcohol, opioids',
  'none',
  'send',
  'change',
  'leave-out',
  'dont-send',
  'age',
  'done',
  'actually I am 36',
  'change my insurance',
  "it's for my sister",
  'do you take my insurance?',
  'I am going to kill myself',
  'she is not breathing',
  'i feel awful',
  'hola necesito ayuda para mi hijo',
)
const noise = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom(
    '',
    ' ',
    '😀😀',
    '\u202eabc',
    '<b>hi</b>',
    '{"a":1}',
    'a'.repeat(8_000),
    '¿?',
    '0',
    '-1',
    '99999999999',
  ),
)
const visitor = fc.array(fc.oneof({ weight: 3, arbitrary: words }, { weight: 1, arbitrary: noise }), {
  minLength: 1,
  maxLength: 25,
})

function isWaitingWell(one: Talk): boolean {
  return dataOf(lastOf(one)).input !== undefined
}

test('whatever is written, every turn ends with a next move, and danger comes first', () => {
  fc.assert(
    fc.property(
      visitor,
      fc.constantFrom('en-US' as const, 'es-US' as const),
      fc.constantFrom('inspira', 'jagruti'),
      (texts, locale, program) => {
        const one = talk({ locale, program })
        for (const text of texts) {
          const { verdict } = screen({ text }, one.state.said)
          one.say(text)
          expect(isWaitingWell(one)).toBe(true)
          const kinds = one.messages.map((message) => dataOf(message).kind)
          expect(kinds.includes('crisis')).toBe(verdict.outcome === 'escalate')
          if (verdict.outcome === 'escalate') expect(kinds[0]).toBe('crisis')
        }
      },
    ),
    { numRuns: 400 },
  )
})

test('a language without the instrument at hand goes on with our own questions', () => {
  const one = talk({ locale: 'en-US', program: 'inspira' })
  for (const text of ['yes', 'actually I am 36', '-1', 'español']) one.say(text)
  expect(isWaitingWell(one)).toBe(true)
  expect(lastOf(one).locale).toBe('es-US')
})

test('every question says how far along it is, in one count that falls only by going back', () => {
  const goesBack = /back|start|again|actually|wait|change|atr[aá]s|empezar|cambi|en realidad|espere|perd[oó]n/i
  fc.assert(
    fc.property(visitor, (texts) => {
      const one = talk()
      let before = 0
      for (const text of texts) {
        one.say(text)
        const { kind, progress } = dataOf(lastOf(one))
        if (kind !== 'question') continue
        expect(progress?.of).toBeGreaterThan(0)
        expect(progress?.done).toBeLessThanOrEqual(progress?.of ?? 0)
        const { done } = progress ?? { done: 0 }
        if (!goesBack.test(text)) expect(done).toBeGreaterThanOrEqual(before)
        before = done
      }
    }),
    { numRuns: 200 },
  )
})

test('step is pure: the same input twice gives the same transition and leaves the state alone', () => {
  fc.assert(
    fc.property(visitor, (texts) => {
      const one = talk()
      for (const text of texts) {
        const before = JSON.stringify(one.state)
        const input = { type: 'message', message: screen({ text }, one.state.said), at: NIGHT } as const
        const first = step(one.world, one.state, input)
        expect(JSON.stringify(one.state)).toBe(before)
        expect(step(one.world, one.state, input)).toEqual(first)
        one.say(text)
      }
    }),
    { numRuns: 60 },
  )
})

test('agreeing from any place reached by chance leads to an ending', () => {
  fc.assert(
    fc.property(visitor, (texts) => {
      const one = talk()
      for (const text of texts) one.say(text)
      for (let turn = 0; turn < 80 && one.state.disposition === null; turn += 1) one.say(agree(lastOf(one)))
      expect(one.state.disposition).not.toBeNull()
    }),
    { numRuns: 150 },
  )
})

const runs = (['en-US', 'es-US'] as const).flatMap((locale) =>
  ['inspira', 'jagruti'].map((program) => ({ locale, program, find: () => explored(locale, program) })),
)
const known = new Map<string, ReturnType<typeof explore>>()

function explored(locale: 'en-US' | 'es-US', program: string): ReturnType<typeof explore> {
  const name = `${locale} ${program}`
  const found = known.get(name) ?? explore({ flows, program: programOf(program) }, { locale, statesAtMost: 700 })
  known.set(name, found)
  return found
}

test.each(runs)('in $locale of $program no state that was reached lacks its exits', { timeout: 90_000 }, ({ find }) => {
  const found = find()
  expect(found.faults).toEqual([])
  expect(found.longest).toBeLessThan(60)
  expect([...found.dispositions].sort()).toEqual(['handed-off', 'information'])
})

/** Met by whoever agrees on the way there: a walk with a limit takes the way by insurance first. */
const metOnTheWay = new Set<string>()

/** On from the offer of the longer forms, which lies behind every other question. */
function exploredMore(locale: 'en-US' | 'es-US', drinks: boolean): ReturnType<typeof explore> {
  const always = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, ['00:00', '24:00'] as const]))
  const one = talk({ locale, profile: { staffedHours: always } })
  for (let turn = 0; turn < 60 && dataOf(lastOf(one)).step !== 'offer'; turn += 1) {
    const { instrument = '', flow, step: id } = dataOf(lastOf(one))
    metOnTheWay.add(`${flow}/${id}`)
    const isMood = /^(phq|gad)-/.test(instrument)
    const isDrinking = drinks && ['audit1', 'drinks-how-often'].includes(id ?? '')
    one.say(isMood ? 'nearly-every-day' : isDrinking ? 'daily' : agree(lastOf(one)))
  }
  expect(dataOf(lastOf(one)).step).toBe('offer')
  const found = explore(one.world, { locale, statesAtMost: 400, from: one.state })
  for (let turn = 0; turn < 60; turn += 1) {
    const { instrument = '', flow, step: id } = dataOf(lastOf(one))
    metOnTheWay.add(`${flow}/${id}`)
    one.say(/^(phq|gad)-/.test(instrument) ? 'not-at-all' : agree(lastOf(one)))
  }
  return found
}

const moreRuns = (['en-US', 'es-US'] as const).flatMap((locale) =>
  [true, false].map((drinks) => ({ locale, drinks, find: () => exploredMore(locale, drinks) })),
)

test.each(moreRuns)('in $locale the longer forms have their exits as well (drinks: $drinks)', ({ find }) => {
  expect(find().faults).toEqual([])
})

test('every question of every flow is met by some visitor', () => {
  const asked = new Set([...runs, ...moreRuns].flatMap(({ find }) => [...find().asked]))
  for (const name of metOnTheWay) asked.add(name)
  const all = [...flows.flows.values()].flatMap((flow) =>
    flow.steps.filter((one) => 'ask' in one || 'item' in one).map((one) => `${flow.flow}/${one.id}`),
  )
  // Met only after a danger sign, after an ending, by whoever saves her talk (come-back.test.ts), by whoever is insured through somebody else (insurance.test.ts), or who changes her pronouns (reminders.test.ts).
  const elsewhere = [
    'coverage-details/subscriber-name',
    'coverage-details/subscriber-birth-date',
    'contact/is-it-safe',
    'contact/pronouns',
    'closing/your-question',
    'closing/still-here',
    'save/word',
    'come-back/word',
  ]
  expect(all.filter((name) => !asked.has(name) && !elsewhere.includes(name))).toEqual([])
})
