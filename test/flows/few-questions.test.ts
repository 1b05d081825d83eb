/**
 * Few questions, as a good admissions nurse asks them: only what the route and the person who calls need.
 */
import { expect, test } from 'vitest'
import { routingFacts } from '../../flows/engine/facts.ts'
import { route } from '../../flows/engine/route.ts'
import { agree, dataOf, lastOf, programIds, type Talk, talk } from './house.ts'

type Answers = Readonly<Record<string, string>>

/** Answers by step, agrees otherwise, until the step is asked. */
function until(one: Talk, step: string, answers: Answers = {}): string[] {
  const asked: string[] = []
  for (let turn = 0; turn < 70 && dataOf(lastOf(one)).step !== step; turn += 1) {
    const here = dataOf(lastOf(one)).step ?? ''
    asked.push(here)
    one.say(answers[here] ?? agree(lastOf(one)))
  }
  expect(dataOf(lastOf(one)).step).toBe(step)
  return asked
}

const drinks = { audit1: '2-3 times a week', audit2: '3 or 4', audit3: 'Monthly' }
const drinksDaily = { ...drinks, audit1: '4 or more times a week', audit2: '7 to 9', 'most-days': 'Alcohol' }
const drinksInSpanish = { 'drinks-how-often': 'Algunos días por semana' }

test.each(programIds.flatMap((program) => (['en-US', 'es-US'] as const).map((locale) => ({ program, locale }))))(
  'of $program in $locale a person is offered at the first question, and again after about twenty',
  ({ program, locale }) => {
    for (const answers of [{}, drinks, drinksInSpanish]) {
      const one = talk({ program, locale })
      expect(dataOf(lastOf(one)).input?.options?.map((option) => option.value)).toContain('person')
      const asked = until(one, 'person-or-on', answers)
      expect(asked.filter((step) => step !== 'how-help').length).toBeLessThanOrEqual(24)
      expect(dataOf(lastOf(one)).input?.options?.map((option) => option.value)).toEqual(['go-on', 'person'])
    }
  },
)

test('a person chosen there asks the rest: no question of insurance comes any more', () => {
  const one = talk()
  until(one, 'person-or-on')
  one.say('A person asks the rest')
  expect(until(one, 'review')).not.toContain('payer')
})

test('every question says how many there are, and what is left only grows by what was answered', () => {
  const one = talk()
  for (let turn = 0; turn < 60 && one.state.disposition === null; turn += 1) {
    const { kind, progress } = dataOf(lastOf(one))
    if (kind === 'question') expect(progress?.of).toBeGreaterThan(0)
    one.say(agree(lastOf(one)))
  }
  expect(one.state.disposition).toBe('handed-off')
})

test('who must see a nurse first is asked neither mood nor hours nor insurance', () => {
  const one = talk()
  const asked = until(one, 'review', drinksDaily)
  expect(one.state.route?.primary).toBe('medical-first')
  for (const step of ['short-phq1', 'gad1', 'impact', 'nine-hours', 'treatment-before', 'payer'])
    expect(asked).not.toContain(step)
  for (const step of ['symptoms-now', 'health', 'needs-day-night', 'safe-home', 'own-words'])
    expect(asked).toContain(step)
})

test('after a yes to a safety question that is not "right now" a person is offered before anything else', () => {
  for (const locale of ['en-US', 'es-US'] as const) {
    const one = talk({ locale })
    until(one, 'what-helps', { asq3: 'skip', 'own-dead': 'omitir', asq5: 'no', 'own-now': 'no' })
    expect(
      one.effects.some((effect) => effect.type === 'page-on-call') || one.state.answers['note.alerted'],
    ).toBeTruthy()
    one.say(locale === 'en-US' ? 'A person contacts me' : 'Que me contacte una persona')
    expect(dataOf(lastOf(one)).flow).toBe('contact')
  }
})

test('going on after it asks the rest of the questions', () => {
  const one = talk()
  until(one, 'what-helps', { asq3: 'skip', asq5: 'no' })
  one.say('Go on where we were')
  expect(dataOf(lastOf(one)).step).toBe('audit1')
})

const factsAfter = (answers: Answers) => {
  const one = talk()
  until(one, 'state', { ...drinks, ...answers })
  return {
    facts: routingFacts(one.world, one.state),
    hint: route(one.world.flows.routing, routingFacts(one.world, one.state)),
  }
}

test.each([
  ['a home where somebody uses', { 'safe-home': 'Yes, but someone there uses or scares me' }, 'H-02'],
  ['no home', { 'safe-home': 'No' }, 'H-02'],
  ['pills from a doctor on most days', { 'most-days': 'Sleep or anxiety pills' }, 'D-02'],
  ['opioids without methadone', { 'most-days': 'Opioids (heroin, fentanyl, pain pills)' }, 'D-06'],
  [
    'many past withdrawals',
    { ...drinksDaily, audit2: '1 or 2', 'stopped-before': 'Felt very sick, several times' },
    'D-05',
  ],
  ['a seizure', { 'stopped-before': 'A seizure' }, 'D-01'],
] as const)('%s is a reason of the table', (_, answers, rule) => {
  expect(factsAfter(answers).hint.reasons).toContain(rule)
})

test('methadone beside opioids is no reason by itself, and nothing unanswered is taken for a no', () => {
  expect(factsAfter({ 'most-days': 'opioids, moud' }).hint.reasons).not.toContain('D-06')
  const { facts, hint } = factsAfter({ 'most-days': 'skip', 'stopped-before': 'skip' })
  expect(facts.sedativesDaily).toBeUndefined()
  expect(facts['opioids.daily']).toBeUndefined()
  expect(hint.unanswered).toEqual(expect.arrayContaining(['sedativesDaily', 'opioids.daily', 'withdrawal.seizureEver']))
})
