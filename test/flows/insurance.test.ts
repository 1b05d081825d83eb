/**
 * Insurance captured once: in few turns, with hints that never block, numbers masked, and nothing before its time.
 */
import { expect, test } from 'vitest'
import { isHorizonId, isMedicareId, isNpi } from '../../flows/engine/understand/card-ids.ts'
import { agree, dataOf, lastOf, type Talk, talk } from './house.ts'

const stepOf = (one: Talk): string | undefined => dataOf(lastOf(one)).step

function upTo(one: Talk, step: string, others: Record<string, string> = {}): Talk {
  for (let turn = 0; turn < 60 && stepOf(one) !== step; turn += 1)
    one.say(others[stepOf(one) ?? ''] ?? agree(lastOf(one)))
  expect(stepOf(one)).toBe(step)
  return one
}

/** The short way: a plan, then a person. */
const short = { 'how-help': 'insurance', 'what-next': 'person' }

test('from "I want to check my insurance" to captured takes a self at most eight turns', () => {
  const one = talk()
  let turns = 0
  for (const text of ['I want to check my insurance', 'for me', 'Aetna', 'ppo', 'my own', 'NJ']) {
    one.say(text)
    turns += 1
  }
  expect(one.state.coverage).toMatchObject({ state: 'captured', payer: 'Aetna' })
  expect(turns).toBeLessThanOrEqual(8)
  expect(stepOf(one)).toBe('what-next')
  one.say('a person')
  expect(dataOf(lastOf(one)).flow).toBe('contact')
})

test('what one sentence says of a plan is not asked again', () => {
  const one = talk({}, { payer: () => ({ state: 'listed', payer: 'Aetna' }) })
  for (const text of ['check my insurance', 'me', 'Aetna ppo through my dad']) one.say(text)
  expect(stepOf(one)).toBe('state')
  expect(one.state.answers['whose-plan']?.value).toBe('parent')
})

test('nothing that names somebody is asked before the contact step, and nothing of the card before its consent', () => {
  const one = upTo(talk(), 'consent-payer', short)
  const asked = one.state.trail.map(({ step }) => step)
  for (const late of ['member-id', 'group-number', 'card-name', 'birth-date', 'card-photo'])
    expect(asked).not.toContain(late)
  expect(asked.indexOf('name')).toBeGreaterThan(asked.indexOf('payer'))
  one.say('no')
  expect(stepOf(one)).toBe('review')
  expect(one.state.coverage.state).toBe('captured')
})

test('a plan in another name asks for that name, and the birth dates are masked', () => {
  const one = upTo(talk(), 'subscriber-birth-date', { ...short, 'whose-plan': 'parent' })
  one.say('March 30, 1960')
  expect(one.effects).toContainEqual({ type: 'show-as', text: '••••' })
  upTo(one, 'review')
  expect(lastOf(one).text).toContain('Luis Díaz')
  expect(lastOf(one).text).not.toMatch(/1960-03-30|1990-05-17/)
  expect(JSON.stringify(one.state.said)).not.toMatch(/1960|W123456789/)
})

test.each([
  ['Medicare', '1EG4-TE5-MK73', 'medicare', null],
  ['Medicare', '123456789', 'medicare', /11 letters/],
  ['Horizon BCBS', 'YHZ3HZN12345670', 'listed', null],
  ['Horizon BCBS', '12345670', 'listed', /three letters or digits/],
  ['Aetna', '12345', 'listed', /shorter or longer/],
] as const)('%s with %s is taken, with at most a hint', (payer, id, state, hint) => {
  const one = upTo(talk({}, { payer: () => ({ state, payer }) }), 'member-id', short)
  one.say(id)
  expect(one.state.answers['member-id']).toMatchObject({ value: id.replaceAll('-', ''), said: id })
  expect(stepOf(one)).not.toBe('member-id')
  const said = one.messages.map(({ text }) => text).join(' ')
  if (hint) expect(said).toMatch(hint)
  else expect(said).not.toMatch(/as you typed/)
})

test('a number that looks like none is asked once more and then kept as typed', () => {
  const one = upTo(talk(), 'member-id', short)
  const long = `W${'1'.repeat(400)}`
  one.say(long)
  expect(stepOf(one)).toBe('member-id')
  one.say(long)
  expect(one.state.answers['member-id']?.value).toBe(long.slice(0, 60))
  expect(one.messages[0]?.text).toMatch(/as you typed/)
})

test('a member ID of four hundred signs is asked once more, kept, never shown in full, and staff see to it', () => {
  const endless = 'A1'.repeat(200)
  const one = upTo(talk(), 'member-id', { ...short, 'card-photo': 'type it' })
  for (const [text, step] of [
    [endless, 'member-id'],
    [endless, 'group-number'],
  ] as const) {
    one.say(text)
    expect(one.effects).toContainEqual({ type: 'show-as', text: '•••• A1A1' })
    expect(stepOf(one)).toBe(step)
  }
  expect(one.state.answers['member-id']?.value).toMatch(/^(A1){30}$/)
  expect(one.messages.map(({ text }) => text).join(' ')).toMatch(/kept it as you typed it\. A person will check it/)
})

test.each(['May 17, 2190', '1780-05-17'])('a birth date of %s is asked again', (text) => {
  const one = upTo(talk(), 'birth-date', short)
  one.say(text)
  expect(stepOf(one)).toBe('birth-date')
  expect(one.state.answers['birth-date']).toBeUndefined()
})

test('pronouns said with the name are noted, and nothing that was answered is asked again', () => {
  const one = upTo(talk(), 'name', { 'how-help': 'screening', payer: 'none' })
  expect(one.state.answers.state?.value).toBeDefined()
  one.say('Luz, ella/elle')
  expect(stepOf(one)).toBe('reach-by')
  expect(one.state.answers.pronouns?.value).toBe('ella/elle')
  expect(one.state.answers.state?.value).toBeDefined()
})

test('the birth date of a ten-year-old leads to the way for the young, and the plan is forgotten', () => {
  const one = upTo(talk(), 'birth-date', short)
  one.say('May 17, 2016')
  expect(dataOf(lastOf(one)).flow).toBe('minor')
  expect(one.state.coverage.state).toBe('unknown')
  expect(one.state.answers['member-id']).toBeUndefined()
  expect(one.state.consents.findLast(({ kind }) => kind === 'payer-disclosure')?.given).toBe(false)
})

test('a social security number is masked wherever it is typed, also beside danger', () => {
  for (const step of ['payer', 'member-id', 'name']) {
    const one = upTo(talk(), step, short)
    one.say('it is 219-09-9999')
    expect(one.messages[0]?.text).toMatch(/social security/)
    expect(JSON.stringify(one.state)).not.toMatch(/219-09-9999/)
    one.say('I want to kill myself, my ssn is 219-09-9999')
    expect(dataOf(one.messages[0]!).kind).toBe('crisis')
    expect(JSON.stringify(one.state)).not.toMatch(/219-09-9999/)
    expect(one.effects.at(-1)).toMatchObject({ type: 'show-as' })
  }
})

test('"am I covered?" is answered by the state, at any place, and by nothing else', () => {
  const one = upTo(talk({}, { payer: () => ({ state: 'listed', payer: 'Aetna' }) }), 'what-next', short)
  for (const text of [
    'am i covered?',
    'will my insurance pay for it',
    '¿me cubre?',
    'did you check my insurance yet',
  ]) {
    one.say(text)
    expect(lastOf(one).text).toMatch(/^I have noted Aetna\. Nothing was sent/)
    expect(stepOf(one)).toBe('what-next')
  }
})

test('a plan through work, COBRA or the marketplace asks for the company once', () => {
  const one = talk(
    {},
    {
      payer: (said) =>
        said === 'Horizon'
          ? { state: 'listed', payer: 'Horizon BCBS' }
          : { state: 'employer', payer: 'a plan through work' },
    },
  )
  for (const text of ['check my insurance', 'me', 'work insurance']) one.say(text)
  expect(stepOf(one)).toBe('company')
  one.say('Horizon')
  expect(one.state.coverage).toMatchObject({ state: 'listed', payer: 'Horizon BCBS' })
  expect(stepOf(one)).toBe('plan-type')
  upTo(one, 'consent-payer', short)
  expect(lastOf(one).text).toContain('Horizon BCBS')
})

test('refusing everything about insurance reaches the hand-off all the same', () => {
  const one = upTo(talk(), 'payer', { 'how-help': 'insurance' })
  one.say('prefer not to say')
  expect(one.state.coverage.state).toBe('declined')
  upTo(one, 'review')
  expect(one.state.trail.map(({ flow }) => flow)).not.toContain('coverage-details')
})

test('the formats of card and provider numbers are those of their makers', () => {
  expect(isMedicareId('1EG4TE5MK73')).toBe(true)
  for (const wrong of ['1SG4TE5MK73', '0EG4TE5MK73', '1EG4TE5MK7', '11G4TE5MK73'])
    expect(isMedicareId(wrong)).toBe(false)
  expect(isHorizonId('YHZ3HZN12345670')).toBe(true)
  expect(isNpi('1999999984')).toBe(true)
  expect(isNpi('1234567890')).toBe(false)
})
