import { expect, test } from 'vitest'
import { agree, dataOf, lastOf, problems, programIds, talk } from './house.ts'

test('the scripts hold no problem', () => {
  expect(problems.filter((one) => one.severity === 'problem')).toEqual([])
})

const cases = programIds.flatMap((program) => (['en-US', 'es-US'] as const).map((locale) => ({ program, locale })))

test.each(cases)('an agreeable visitor reaches the hand-off of $program in $locale', ({ program, locale }) => {
  const one = talk({ program, locale })
  let turns = 0
  while (!one.all.some((message) => dataOf(message).kind === 'handoff') && turns < 70) {
    one.say(agree(lastOf(one), program === 'jagruti' ? '98201 23456' : undefined))
    turns += 1
  }
  expect(one.state.disposition).toBe('handed-off')
  expect(dataOf(lastOf(one)).input).toBeDefined()
  expect(turns).toBeLessThan(44)
})
