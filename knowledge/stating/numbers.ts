/**
 * Numbers of something else: "how many days does preauthorization take" is not answered with the days of the week.
 */
import type { Fact } from '../fact.ts'
import type { Program } from '../program.ts'
import type { Heard } from '../weighing/weighing.ts'
import { hasNumber, placeOfFact, sensed } from './senses.ts'
import { numberWanted } from './signs.ts'

/** @returns whether a fact gives a number and does not know the thing whose number is asked for. */
export function numbersOfOthers({ asked }: Heard, program: Program): (fact: Fact) => boolean {
  const { concepts } = sensed(asked, program)
  const things = concepts.filter(({ kind }) => kind === 'thing')
  if (things.length === 0 || !concepts.some(({ name }) => numberWanted.includes(name))) return () => false
  return (fact) => hasNumber(fact) && things.every(({ knownTo }) => !knownTo.includes(placeOfFact(fact, program)))
}
