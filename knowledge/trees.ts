/**
 * Trees: a score for signs, added up from many small trees of forks (fitted by `npm run fit:intent`).
 *
 * A sum of weights takes each sign alone; a tree sees that one tells something only beside another: that a word
 * is unexplained weighs more where the topic is one on which the page is silent.
 */
export interface Forest {
  readonly base: number
  /** Where each tree begins: a fork's place, or below zero a leaf's (-1 is the first). */
  readonly roots: readonly number[]
  /** Of each fork: which sign it looks at, up to which value it goes low, and where it goes on. */
  readonly signs: readonly number[]
  readonly cuts: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
  readonly leaves: readonly number[]
}

/** @returns from 0 to 1. */
export function chanceBy(forest: Forest, signs: readonly number[]): number {
  let score = forest.base
  for (const root of forest.roots) score += leafOf(forest, root, signs)
  return 1 / (1 + Math.exp(-score))
}

/** What the tree that begins at `root` adds, in log odds. */
export function leafOf(
  { signs: looked, cuts, low, high, leaves }: Forest,
  root: number,
  signs: readonly number[],
): number {
  let place = root
  while (place >= 0) place = signs[looked[place]!]! <= cuts[place]! ? low[place]! : high[place]!
  return leaves[-place - 1]!
}
