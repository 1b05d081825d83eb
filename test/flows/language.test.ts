import { expect, test } from 'vitest'
import { agree, dataOf, lastOf, NIGHT, type Talk, talk, unclearTo } from './house.ts'

function at(step: string): Talk {
  const one = talk()
  for (let turn = 0; turn < 40 && dataOf(lastOf(one)).step !== step; turn += 1) {
    const drinks = dataOf(lastOf(one)).item === 'audit1'
    one.say(drinks ? '4-or-more-times-a-week' : agree(lastOf(one)))
  }
  return one
}

const choose = (one: Talk) => one.give({ type: 'language-chosen', locale: 'es-US', at: NIGHT })
const write = (one: Talk) => one.say('español')

test.each([
  ['most-days', 'a switch', choose],
  ['most-days', 'a word', write],
  ['stopped-before', 'a switch', choose],
  ['symptoms-now', 'a word', write],
  ['stopped-before', 'a word', write],
] as const)('the boxes of %s stand in Spanish after the language was changed by %s', (step, _, change) => {
  const one = at(step)
  const before = dataOf(lastOf(one)).input
  change(one)
  const after = dataOf(lastOf(one))
  expect(after).toMatchObject({ kind: 'question', step, input: { type: 'multi', field: before?.field } })
  expect(after.input?.options?.map((option) => option.value)).toEqual(before?.options?.map((option) => option.value))
  expect(after.input?.options?.map((option) => option.label)).not.toEqual(
    before?.options?.map((option) => option.label),
  )
})

test('several boxes ticked after the change are one answer, in the words of either language', () => {
  const one = at('symptoms-now')
  write(one)
  one.say('Temblor o sudor, Vomiting')
  expect(one.state.answers['symptoms-now']?.value).toEqual(['shaking', 'vomiting'])
})

test.each([
  ['a switch', choose],
  ['a word', write],
] as const)(
  'a check-in and the danger protocol go on in Spanish after %s, before any question of the script',
  (_, change) => {
    const unclear = at('age')
    unclear.say(unclearTo(unclear))
    expect(dataOf(lastOf(unclear)).kind).toBe('check-in')
    change(unclear)
    expect(dataOf(lastOf(unclear))).toMatchObject({ kind: 'check-in', flow: 'check-in' })
    expect(lastOf(unclear).locale).toBe('es-US')
    const danger = at('age')
    danger.say('I am going to kill myself')
    change(danger)
    expect(dataOf(lastOf(danger))).toMatchObject({ kind: 'check-in', flow: 'crisis' })
    expect(lastOf(danger).locale).toBe('es-US')
  },
)

test('a wish for the other language, itself in that language, is granted once', () => {
  const one = talk()
  one.say('en español por favor')
  const said = one.messages.map(({ text }) => text).join('\n')
  expect(said.match(/Podemos seguir en español/g)).toHaveLength(1)
})
