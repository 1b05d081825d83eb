/** Promises about payers: who is meant, what the page lists, and never a promise of coverage. */
import { expect, test } from 'vitest'
import { answer } from '../../knowledge/answer.ts'
import { recognisePayer } from '../../knowledge/insurers/payers.ts'
import { ask, program } from './programs.ts'

const table: [string, string, string | null][] = [
  ['anthem', 'listed', 'Anthem BCBS'],
  ['do u take beacon', 'listed', 'Carelon Behavioral Health'],
  ['carelon behavioral health', 'listed', 'Carelon Behavioral Health'],
  ['Empire Blue Cross', 'listed', 'Anthem Blue Cross and Blue Shield'],
  ['horizon hmo', 'listed', 'Horizon BCBS (EPO, HMO, PPO)'],
  ['horizn bcbs', 'listed', 'Horizon BCBS (EPO, HMO, PPO)'],
  ['UHC', 'listed', 'United Health/Optum/Oxford'],
  ['optum', 'listed', 'United Health/Optum/Oxford'],
  ['oxford health plan', 'listed', 'United Health/Optum/Oxford'],
  ['emblem', 'listed', 'Emblem BCBS'],
  ['emblem ghi', 'listed-with-condition', 'Emblem GHI'],
  ['ghi', 'listed-with-condition', 'Emblem GHI'],
  ['blue cross blue shield', 'listed-with-condition', 'Blue Cross Blue Shield'],
  ['aetna', 'not-listed', 'Aetna'],
  ['atena', 'not-listed', 'Aetna'],
  ['cigna', 'not-listed', 'Cigna'],
  ['medicare', 'medicare', 'Medicare'],
  ['tengo medicaid', 'medicaid', 'Medicaid'],
  ['NJ FamilyCare', 'medicaid', 'Medicaid'],
  ['tricare', 'tricare', 'TRICARE'],
  ['the va', 'va', 'VA benefits'],
  ['i will pay cash', 'self-pay', 'Self-pay'],
  ["I don't have insurance", 'none', 'No insurance'],
  ['no tengo seguro', 'none', 'No insurance'],
  ['purple', 'unrecognised', null],
  ['horizon nj health', 'medicaid', 'Medicaid'],
  ['MassHealth', 'medicaid', 'Medicaid'],
  ["my dad's work insurance", 'employer', 'a plan through work'],
  ['el seguro de mi trabajo', 'employer', 'a plan through work'],
  ['COBRA', 'cobra', 'COBRA'],
  ['aetna thru cobra', 'not-listed', 'Aetna'],
  ['obamacare', 'marketplace', 'a marketplace plan'],
  ['value options', 'listed', 'Carelon Behavioral Health'],
]

test.each(table)('"%s" is %s', (text, state, payer) => {
  const found = recognisePayer(text, program('sample-002'))
  expect([found.state, found.payer]).toEqual([state, payer])
})

test.each([
  ['HorizonAetna', 'Horizon BCBS (EPO, HMO, PPO)', 'Aetna'],
  ['MedicareHorizon', 'Medicare', 'Horizon BCBS (EPO, HMO, PPO)'],
  ['AetnaCigna', 'Aetna', 'Cigna'],
])('two payers in the one word %s are two payers', (text, payer, second) => {
  expect(recognisePayer(text, program('sample-002'))).toMatchObject({ payer, second })
})

test('two payers are both kept, also when they stand in one word', () => {
  for (const text of ['medicare and horizon', 'medicarehorizon', 'Horizon, and Medicare too']) {
    const found = recognisePayer(text, program('sample-002'))
    expect([found.payer, found.second].toSorted()).toEqual(['Horizon BCBS (EPO, HMO, PPO)', 'Medicare'])
  }
  expect(recognisePayer('United/Optum/Oxford', program('sample-002')).second).toBeNull()
})

test('a renamed payer is shown under both names', () => {
  expect(recognisePayer('beacon', program('sample-002'))).toMatchObject({
    payer: 'Carelon Behavioral Health',
    listedAs: 'Beacon Health Options',
    asOf: '2026-11-21',
  })
  expect(ask('sample-002', 'do you take beacon').text).toContain('Carelon')
})

test('the logo on the card is said with the payer', () => {
  const reply = ask('sample-002', 'do you accept emblem ghi?')
  expect(reply.text).toContain('QualCare')
  expect(reply.facts.length).toBeGreaterThan(0)
})

test('no list of one program answers for another', () => {
  for (const id of ['inspira', 'sample-001', 'jagruti', 'sample-004']) {
    expect(recognisePayer('horizon', program(id)).state).toBe('no-list')
    expect(ask(id, 'do you take Horizon?').kind).toBe('no-answer')
  }
})

test('a payer that is not listed is neither confirmed nor turned away', () => {
  const reply = ask('sample-002', 'is Aetna accepted?')
  expect(reply.kind).toBe('no-answer')
  expect(reply.text).not.toMatch(/accept|we take|don't take/)
})

test('of several insurers each is said to be on the list or not', () => {
  expect(ask('sample-002', '¿aetna sí? ¿y tricare?').text).toMatch(/^No veo Aetna ni TRICARE en la lista/)
  const { text } = ask('sample-002', 'do you take aetna or cigna or horizon')
  expect(text).toContain('Horizon BCBS (EPO, HMO, PPO) is on the in-network list')
  expect(text).toContain("I don't see Aetna or Cigna on the list")
})

test('a list that names a family is a list of it: the family is on it, and a company of it by its card', () => {
  const page = program('sample-002')
  const on = { planTypes: [], aliases: [], today: null, condition: null, asOf: '2026-11-28', line: 1 }
  const listed = [{ ...on, key: 'bcbs', printed: 'BCBS', confirmedBy: 'awaiting-review' }]
  const own = { ...page, payers: listed, facts: [], factsByTopic: new Map() }
  expect(recognisePayer('bcbs', own)).toMatchObject({ state: 'listed' })
  expect(recognisePayer('horizon', own)).toMatchObject({
    state: 'listed-with-condition',
    listedAs: 'BCBS',
    condition: { en: 'the card says BCBS' },
  })
  const { text } = answer({ text: 'do you take bcbs', locale: 'en-US', today: '2026-11-28' }, own)
  expect(text).not.toContain('not on the list')
})
