/**
 * Silence: what a quiet visitor hears, when, and when nothing; and the script's own wait for a time.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawMermaid } from '../../flows/engine/draw.ts'
import { drawSvg } from '../../flows/engine/draw-svg.ts'
import { explore } from '../../flows/engine/explore.ts'
import { readFlows } from '../../flows/engine/read.ts'
import { Instant } from '../../flows/vocabulary.ts'
import { agree, dataOf, lastOf, NIGHT, programOf, scriptFiles, type Talk, talk, unclearTo } from './house.ts'

const later = (minutes: number): Instant => Instant.parse(new Date(Date.parse(NIGHT) + minutes * 60_000).toISOString())

const wait = (one: Talk, minutes: number): string[] =>
  one.give({ type: 'time-passed', at: later(minutes) }).map((message) => message.text)

function atAge(locale: 'en-US' | 'es-US' = 'en-US'): Talk {
  const one = talk({ locale })
  for (const text of ['screening', 'self']) one.say(text)
  return one
}

test('who goes quiet in the middle hears one reminder, then the promise, then nothing more', () => {
  const one = atAge()
  expect(wait(one, 4)).toEqual([])
  expect(wait(one, 5)).toEqual(['Take your time. I am still here.\nHow old are you?'])
  expect(wait(one, 6)).toEqual([])
  expect(wait(one, 20)[0]).toMatch(/^There is no hurry\. .* nothing is sent to the team until you say so\./)
  for (const minutes of [21, 60, 600, 6_000]) expect(wait(one, minutes)).toEqual([])
})

test('every reminder ends with the question that waits, and the answer to it counts', () => {
  const one = atAge('es-US')
  wait(one, 5)
  expect(lastOf(one).text).toBe('Tómese su tiempo. Aquí sigo.\n¿Cuántos años tiene?')
  expect(dataOf(lastOf(one)).input?.field).toBe('age')
  one.say('34')
  expect(one.state.answers.age?.value).toBe(34)
})

test('nobody is spoken to before a first word, after goodbye, after the hand-off or while staff have the chat', () => {
  const fresh = talk()
  const gone = atAge()
  gone.say('goodbye')
  const sent = atAge()
  while (sent.state.disposition !== 'handed-off') sent.say(agree(lastOf(sent)))
  const withStaff = atAge()
  withStaff.give({ type: 'staff-took-over', name: 'Dana', at: NIGHT })
  for (const one of [fresh, gone, sent, withStaff])
    for (const minutes of [5, 20, 60, 600]) expect(wait(one, minutes)).toEqual([])
})

test('an open question waits for any wish and is not pressed', () => {
  const one = talk()
  one.say('is there a gym?')
  expect(wait(one, 30)).toEqual([])
})

test('after danger the words are others: the number first, no word of insurance or questions, and sooner', () => {
  const one = atAge()
  one.say('I want to kill myself')
  expect(wait(one, 3)[0]).toMatch(/988/)
  expect(dataOf(lastOf(one))).toMatchObject({ kind: 'check-in', input: { type: 'choice' } })
  const promise = wait(one, 18).join('\n')
  expect(promise).toMatch(/The team has been told/)
  expect(promise).not.toMatch(/act on it/)
  expect(wait(one, 500)).toEqual([])
})

test('silence takes the protocol no step further', () => {
  const one = atAge()
  one.say('I want to kill myself')
  const before = one.state.trail
  wait(one, 3)
  wait(one, 18)
  expect(one.state.trail).toEqual(before)
  expect(one.state.crisis?.open).toBe(true)
})

test.each(['my husband is beating me right now', 'my dad touches me at night, im 14'])(
  '"%s": nothing appears on a screen that somebody else may watch',
  (text) => {
    const one = talk()
    one.say(text)
    expect(['violence_victim', 'child_abuse']).toContain(one.state.crisis?.label)
    for (const minutes of [3, 5, 20, 60]) expect(wait(one, minutes)).toEqual([])
  },
)

test('an unclear sign that nobody answers is asked about once more, with the number', () => {
  const one = atAge()
  one.say(unclearTo(one))
  expect(dataOf(lastOf(one)).kind).toBe('check-in')
  expect(wait(one, 3).join('\n')).toMatch(/988|911/)
  expect(dataOf(lastOf(one)).kind).toBe('check-in')
})

test('a yes to a safety question is danger, too: staff were told, and the silence says so', () => {
  const one = atAge()
  for (const text of ['34', 'no', 'no', 'no', 'skip']) one.say(text)
  expect(one.state.crisis).toBeNull()
  expect(wait(one, 5).join('\n')).toMatch(/988/)
  expect(wait(one, 20).join('\n')).toMatch(/The team has been told/)
})

test('whoever comes back is a new silence; a whole talk has four reminders at most', () => {
  const one = atAge()
  let at = 0
  let heard = 0
  for (let round = 0; round < 5; round += 1) {
    heard += wait(one, at + 5).length
    heard += wait(one, at + 20).length
    at += 20
    one.state = { ...one.state, silence: { ...one.state.silence!, said: 0, since: later(at) } }
  }
  expect(heard).toBe(4)
})

test('a reminder that would come hours late, after a stop of the service, is left out', () => {
  expect(wait(atAge(), 300)).toEqual([])
})

test('the house is asked once for each wake, however much is said meanwhile', () => {
  const one = talk()
  const asked: string[] = []
  for (const text of ['screening', 'self', '34', 'no', 'no', 'back', 'no']) {
    one.say(text)
    asked.push(...one.effects.flatMap((effect) => (effect.type === 'wake' ? [effect.at] : [])))
  }
  expect(asked).toEqual([later(5)])
})

test('a wake says nothing twice and never leaves the visitor without a next move, whenever it comes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('yes', 'no', '34', 'back', 'self', 'screening', 'i want to die', 'goodbye', 'save'), {
        maxLength: 8,
      }),
      fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 8 }),
      (texts, minutes) => {
        const one = talk()
        for (const text of texts) one.say(text)
        let heard = 0
        for (const minute of minutes.toSorted((a, b) => a - b)) {
          const said = wait(one, minute)
          if (said.length === 0) continue
          heard += 1
          expect(dataOf(lastOf(one)).input).toBeDefined()
          expect(said.join('\n')).not.toMatch(/undefined|\{/)
        }
        expect(heard).toBeLessThanOrEqual(2)
      },
    ),
    { numRuns: 150 },
  )
})

/** The real scripts, with a wait for staff put before the first question about use. */
function withWait(extra: string): ReturnType<typeof readFlows> {
  const text = [
    'overrides: inspira',
    'review: awaiting-review',
    'insert:',
    '  - flow: screening',
    '    after: age',
    '    step:',
    '      id: hold',
    '      wait: { en: Somebody may come in now., es: Puede que entre alguien. }',
    ...extra.split('\n').map((line) => `      ${line}`),
    '      options: [{ value: go-on, en: Go on, es: Seguir }]',
  ].join('\n')
  return readFlows([...scriptFiles(), { path: 'programs/inspira/words.yaml', text }])
}

function waiting(extra: string): Talk {
  const { flows, problems } = withWait(extra)
  expect(problems.filter((one) => one.severity === 'problem')).toEqual([])
  const one: Talk = { ...talk(), world: { flows, program: programOf('inspira') } }
  const fresh = Object.assign(talk(), { world: one.world })
  for (const text of ['screening', 'self', '34']) fresh.say(text)
  expect(dataOf(lastOf(fresh)).step).toBe('hold')
  return fresh
}

test('a wait for a time goes on by itself when the time is over, and not before', () => {
  const one = waiting('for: staff\nminutes: 2')
  expect(one.effects).toContainEqual({ type: 'wake', at: later(2) })
  expect(wait(one, 1)).toEqual([])
  expect(wait(one, 2).join('\n')).toMatch(/wished you were dead/)
  expect(one.state.answers['waited-hold']?.value).toBe('time-passed')
})

test('a wait ends by its own choice, and one for staff when they have been there', () => {
  const chosen = waiting('minutes: 2')
  chosen.say('Go on')
  expect(chosen.state.answers['waited-hold']?.value).toBe('go-on')
  const helped = waiting('for: staff\nminutes: 2')
  helped.give({ type: 'staff-took-over', name: 'Dana', at: NIGHT })
  expect(wait(helped, 2)).toEqual([])
  helped.give({ type: 'staff-handed-back', at: NIGHT })
  expect(helped.state.answers['waited-hold']?.value).toBe('staff-came')
})

test('a wait for a time is explored and drawn: also when nobody answers the talk goes on', () => {
  const { flows } = withWait('for: staff\nminutes: 2')
  const found = explore({ flows, program: programOf('inspira') }, { locale: 'en-US', statesAtMost: 60 })
  expect(found.asked).toContain('screening/hold')
  expect(found.faults).toEqual([])
  const screening = flows.flows.get('screening')!
  expect(drawMermaid(screening)).toContain('wait for staff, 2 min at most')
  expect(drawSvg(screening)).toContain('wait for staff, 2 min at most')
})

test('danger comes first in a wait, too', () => {
  const one = waiting('minutes: 2')
  one.say('I am going to kill myself')
  expect(dataOf(one.messages[0]!).kind).toBe('crisis')
  expect(wait(one, 2)).toEqual([])
})

test.each([
  ['minutes: 0', /minutes/],
  ['minutes: 2000', /minutes/],
  ['for: nobody', /`for` must be one of staff, visitor/],
])('a wait with `%s` is refused', (extra, message) => {
  const found = withWait(extra).problems.filter((one) => one.severity === 'problem')
  expect(found.map((one) => one.message).join('\n')).toMatch(message)
})
