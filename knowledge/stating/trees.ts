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
  const byTheirSigns = sortedOf(forest)
  const { base, firsts, leaves, open } = byTheirSigns
  closeLeaves(byTheirSigns, signs)
  let score = base
  for (let tree = 0; tree < open.length; tree += 1) score += leaves[firsts[tree]! + lowestBit(open[tree]!)]!
  return 1 / (1 + Math.exp(-score))
}

/**
 * A forest's forks by the sign that they look at, the lowest cut first. From root to leaf the processor guesses
 * wrong at every second fork; by sign it guesses wrong once a sign, since all forks up to the sign's value send
 * their trees high and none beyond it does (QuickScorer, Lucchese et al. 2015). The same leaves are found.
 */
interface Sorted {
  readonly base: number
  /** Where each sign's forks begin; one more than there are signs. */
  readonly starts: Uint16Array
  readonly cuts: Float64Array
  /** The tree that a fork stands in, and a bit for each leaf that is still open when the fork sends it high. */
  readonly trees: Uint16Array
  readonly kept: Int32Array
  /** All leaves from low to high, tree by tree, and where each tree's begin. */
  readonly leaves: Float64Array
  readonly firsts: Uint16Array
  /** For the row that is looked at: the leaves of each tree that are open. The lowest of them is where it ends. */
  readonly open: Int32Array
}

const sorted = new WeakMap<Forest, Sorted>()

/** Sorted once, when it is first asked. */
function sortedOf(forest: Forest): Sorted {
  const known = sorted.get(forest)
  if (known) return known
  const leaves: number[] = []
  const firsts: number[] = []
  const forks: SortedFork[] = []
  forest.roots.forEach((root, tree) => {
    const first = leaves.length
    firsts.push(first)
    addBranch(root, { forest, tree, first, leaves, forks })
    if (leaves.length - first > MOST_LEAVES) throw new RangeError(`a tree has more than ${MOST_LEAVES} leaves`)
  })
  forks.sort((a, b) => a.sign - b.sign || a.cut - b.cut)
  const starts = new Uint16Array((forks.at(-1)?.sign ?? -1) + 2)
  for (const { sign } of forks) starts[sign + 1] = starts[sign + 1]! + 1
  for (let sign = 1; sign < starts.length; sign += 1) starts[sign] = starts[sign]! + starts[sign - 1]!
  const found = {
    base: forest.base,
    starts,
    cuts: Float64Array.from(forks, ({ cut }) => cut),
    trees: Uint16Array.from(forks, ({ tree }) => tree),
    kept: Int32Array.from(forks, ({ kept }) => kept),
    leaves: Float64Array.from(leaves),
    firsts: Uint16Array.from(firsts),
    open: new Int32Array(firsts.length),
  }
  sorted.set(forest, found)
  return found
}

/** One bit each: trees of five forks in a row at most. */
const MOST_LEAVES = 32

interface SortedFork {
  readonly sign: number
  readonly cut: number
  readonly tree: number
  readonly kept: number
}

interface Sorting {
  readonly forest: Forest
  readonly tree: number
  /** The place of the tree's first leaf. */
  readonly first: number
  readonly leaves: number[]
  readonly forks: SortedFork[]
}

/** Leaves from low to high; a fork that sends high closes the leaves of its low side. */
function addBranch(place: number, sorting: Sorting): void {
  const { forest, tree, first, leaves, forks } = sorting
  if (place < 0) {
    leaves.push(forest.leaves[-place - 1]!)
    return
  }
  let closed = 0
  const from = leaves.length - first
  addBranch(forest.low[place]!, sorting)
  for (let leaf = from; leaf < leaves.length - first; leaf += 1) closed |= 1 << leaf
  forks.push({ sign: forest.signs[place]!, cut: forest.cuts[place]!, tree, kept: ~closed })
  addBranch(forest.high[place]!, sorting)
}

function closeLeaves({ starts, cuts, trees, kept, open }: Sorted, signs: readonly number[]): void {
  open.fill(-1)
  for (let sign = 0; sign + 1 < starts.length; sign += 1) {
    const value = signs[sign]!
    const end = starts[sign + 1]!
    for (let fork = starts[sign]!; fork < end && !(value <= cuts[fork]!); fork += 1) open[trees[fork]!]! &= kept[fork]!
  }
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
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
