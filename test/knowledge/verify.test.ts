/** Promises of the verifier: what a changed sentence is caught by. */
import { expect, test } from 'vitest'
import { faultOf } from '../../knowledge/verify.ts'
import { program } from './programs.ts'

function fact(id: string): ReturnType<typeof program>['facts'][number] {
  return program(id.split('.')[0]!).facts.find((one) => one.id === id)!
}

test('a changed number is caught', () => {
  const length = fact('inspira.length')
  expect(faultOf({ text: length.say.en.replace('eight', 'twelve'), facts: [length] })).toBe('number')
  expect(faultOf({ text: 'People typically spend 6 to 10 weeks in the IOP.', facts: [length] })).toBe('number')
})

test('a changed negation is caught', () => {
  const support = fact('sample-001.support-groups')
  expect(faultOf({ text: 'Support group meetings are run by professionals.', facts: [support] })).toBe('negation')
  const lgbtq = fact('inspira.lgbtq')
  expect(
    faultOf({ text: "Inspira's therapists are not well-versed in working with the LGBTQ+ community.", facts: [lgbtq] }),
  ).toBe('negation')
})

test('lost care is caught', () => {
  expect(faultOf({ text: 'People spend six to eight weeks in the IOP.', facts: [fact('inspira.length')] })).toBe(
    'modality',
  )
  expect(faultOf({ text: 'We have vocational training.', facts: [fact('sample-001.vocational')] })).toBe('modality')
})

test('a foreign name or payer is caught', () => {
  expect(faultOf({ text: 'Our page lists Aetna as in-network.', facts: [fact('sample-002.payer-list')] })).toBe('name')
  expect(
    faultOf({ text: 'Sessions at Hazelden are typically three hours long.', facts: [fact('inspira.session-length')] }),
  ).toBe('name')
})

test('a promise is caught, and a sentence without a fact', () => {
  expect(faultOf({ text: 'We guarantee recovery.', facts: [fact('jagruti.evidence')] })).toBe('promise')
  expect(faultOf({ text: 'It costs nothing.', facts: [] })).toBe('no-fact')
})

test('the words of a fact itself have no fault', () => {
  const length = fact('inspira.length')
  expect(faultOf({ text: length.say.en, facts: [length] })).toBeNull()
})
