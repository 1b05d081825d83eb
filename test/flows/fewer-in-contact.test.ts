/**
 * What the contact and the card leave out, because it was said or is seen elsewhere.
 */
import { expect, test } from 'vitest'
import { agree, dataOf, lastOf, NIGHT, type Talk, talk } from './house.ts'

const stepOf = (one: Talk): string | undefined => dataOf(lastOf(one)).step

/** @returns the steps asked on the way. */
function upTo(one: Talk, step: string, others: Record<string, string> = {}): string[] {
  const asked: string[] = []
  for (let turn = 0; turn < 80 && stepOf(one) !== step; turn += 1) {
    asked.push(stepOf(one) ?? '')
    one.say(others[stepOf(one) ?? ''] ?? agree(lastOf(one)))
  }
  expect(stepOf(one)).toBe(step)
  return asked
}

const slots = { slots: ['2026-11-23T16:00:00.000Z', '2026-11-23T16:30:00.000Z'] }

// That it is not asked once a time is held is in the transcripts (`routes/iop-fit.md`, `contact/cita-cambiada.md`).
test.each(['en-US', 'es-US'] as const)('in %s a good time is asked for once where no set time is taken', (locale) => {
  for (const free of [slots, {}]) {
    const one = talk({ locale }, free)
    const asked = upTo(one, 'review', { offer: 'no', slot: 'none' })
    expect(asked.filter((step) => /best-time|no-set-time/.test(step))).toEqual(['no-set-time'])
    expect(one.state.answers['best-time']).toBeDefined()
  }
})

test('a good time said early is not asked for again after no set time', () => {
  const one = talk({}, slots)
  upTo(one, 'voicemail', { offer: 'no' })
  one.say('yes, but only evenings')
  const asked = upTo(one, 'review', { offer: 'no', slot: 'none' })
  expect(asked.filter((step) => /best-time|no-set-time/.test(step)).length).toBeLessThanOrEqual(1)
  expect(one.state.answers['best-time']).toBeDefined()
})

test.each([
  ['my own', false],
  ['my dad', true],
])('a photo of a card of "%s": the name on it is asked for: %s', (whose, asks) => {
  const one = talk({}, { payer: () => ({ state: 'listed', payer: 'Aetna' }) })
  upTo(one, 'card-photo', { 'how-help': 'insurance', 'what-next': 'person', 'whose-plan': whose })
  one.give({ type: 'photo-received', at: NIGHT })
  expect(upTo(one, 'birth-date').includes('card-name')).toBe(asks)
})

test.each([
  ['en español', 'spanish'],
  ['en inglés', 'english'],
  ['sí', 'spanish'],
])('"%s" answers in which language the call shall be', (words, value) => {
  const one = talk({ locale: 'es-US' })
  upTo(one, 'interpreter', { 'how-help': 'una persona' })
  one.say(words)
  expect(one.state.answers.interpreter?.value).toBe(value)
  expect(one.state.locale).toBe('es-US')
})

test.each([
  ['en-US', 'no'],
  ['en-US', 'no thanks'],
  ['es-US', 'no'],
  ['es-US', 'no, gracias'],
] as const)('in %s "%s" to a number, an address or a date gives none, and is not asked again', (locale, no) => {
  for (const step of ['phone', 'member-id', 'birth-date']) {
    const one = talk({ locale }, { payer: () => ({ state: 'listed', payer: 'Aetna' }) })
    upTo(one, step, { 'how-help': 'insurance', 'what-next': 'person', 'card-photo': 'skip' })
    const said = one.say(no)
    expect(stepOf(one)).not.toBe(step)
    expect(said[0]?.text).not.toMatch(/did not get|No entend/)
  }
})

test('of a social security number typed for a member ID not even the last four digits stay', () => {
  const one = talk({}, { payer: () => ({ state: 'listed', payer: 'Aetna' }) })
  upTo(one, 'member-id', { 'how-help': 'insurance', 'what-next': 'person', 'card-photo': 'skip' })
  for (const text of ['my ssn is 219-09-8765', '219-09-8765', 'it is W1 and my social is 219098765']) {
    one.say(text)
    expect(JSON.stringify([one.state, one.effects])).not.toContain('8765')
    upTo(one, 'member-id')
  }
})
