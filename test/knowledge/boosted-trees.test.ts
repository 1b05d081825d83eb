/** Promises about the trees that tell whether a page states what was asked. */
import { expect, test } from 'vitest'
import { chanceBy } from '../../knowledge/stating/trees.ts'
import { fitTrees } from '../../scripts/boosted-trees.ts'

const growth = { trees: 60, depth: 2, step: 0.3, least: 1, shrink: 1, rows: 0.8, columns: 1 }
/** A second sign matters only beside the first, and then turns what it tells. */
const examples = Array.from({ length: 400 }, (_, at) => {
  const signs = [at % 2, Math.floor(at / 2) % 2, (at * 7) % 5]
  return { signs, isRight: signs[0] === 1 && signs[1] === 0, weight: 1 }
})

test('trees learn what one sign tells only beside another', () => {
  const forest = fitTrees(examples, growth)
  expect(chanceBy(forest, [1, 0, 3])).toBeGreaterThan(0.9)
  expect(chanceBy(forest, [1, 1, 3])).toBeLessThan(0.1)
  expect(chanceBy(forest, [0, 1, 3])).toBeLessThan(0.1)
  expect(chanceBy(forest, [0, 0, 3])).toBeLessThan(0.1)
})

test('the same examples give the same forest', () => {
  expect(fitTrees(examples, growth)).toEqual(fitTrees(examples, growth))
})
