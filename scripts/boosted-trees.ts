/**
 * Boosting: many small trees, each fitted on what those before it got wrong (logistic loss, Newton's leaves).
 *
 * Each tree looks at a part of the examples and of the signs, drawn by their places, so that the same input gives
 * the same forest on every machine.
 */
import { type Forest, leafOf } from '../knowledge/stating/trees.ts'

export interface TreeExample {
  readonly signs: readonly number[]
  readonly isRight: boolean
  readonly weight: number
}

export interface Growth {
  readonly trees: number
  readonly depth: number
  /** How far each tree goes of what it would like to. */
  readonly step: number
  /** Curvature (about a quarter of the examples in doubt) that each side of a fork holds at least. */
  readonly least: number
  /** Holds leaves of few examples near nothing. */
  readonly shrink: number
  /** Share of the examples, and of the signs, that each tree looks at. */
  readonly rows: number
  readonly columns: number
}

/** Values of a sign are told apart by so many bins at most. */
const BINS = 48
const DIGITS = 4

type Grown = { [key in Exclude<keyof Forest, 'base'>]: number[] }

export function fitTrees(examples: readonly TreeExample[], growth: Growth): Forest {
  const edges = edgesOf(examples)
  const binned = edges.map((cuts, sign) => Uint8Array.from(examples, ({ signs }) => binOf(signs[sign]!, cuts)))
  const total = examples.reduce((sum, { weight }) => sum + weight, 0)
  const share = examples.reduce((sum, { isRight, weight }) => sum + (isRight ? weight : 0), 0) / total
  const base = Number(Math.log(share / (1 - share)).toFixed(DIGITS))
  const forest: Grown = { roots: [], signs: [], cuts: [], low: [], high: [], leaves: [] }
  const grown = { base, ...forest }
  const scores = new Float64Array(examples.length).fill(base)
  const slopes = new Float64Array(examples.length)
  const curves = new Float64Array(examples.length)
  for (let round = 0; round < growth.trees; round += 1) {
    examples.forEach(({ isRight, weight }, at) => {
      const chance = 1 / (1 + Math.exp(-scores[at]!))
      slopes[at] = ((isRight ? 1 : 0) - chance) * weight
      curves[at] = chance * (1 - chance) * weight
    })
    const drawn = Uint32Array.from(examples.keys()).filter((row) => isDrawn(round, row, growth.rows))
    const columns = [...edges.keys()].filter((sign) => isDrawn(~round, sign, growth.columns))
    const root = grow({ forest, binned, edges, slopes, curves, growth, columns }, drawn, growth.depth)
    forest.roots.push(root)
    examples.forEach(({ signs }, at) => {
      scores[at]! += leafOf(grown, root, signs)
    })
  }
  return grown
}

interface Ground {
  readonly forest: Grown
  readonly binned: readonly Uint8Array[]
  readonly edges: readonly (readonly number[])[]
  readonly slopes: Float64Array
  readonly curves: Float64Array
  readonly columns: readonly number[]
  readonly growth: Growth
}

/** @returns where the tree begins, as a forest names it. */
function grow(ground: Ground, rows: Uint32Array, depth: number): number {
  const { forest, binned, edges, slopes, curves, growth } = ground
  const fork = depth === 0 ? null : bestFork(ground, rows)
  if (fork === null) {
    const slope = rows.reduce((sum, row) => sum + slopes[row]!, 0)
    const curve = rows.reduce((sum, row) => sum + curves[row]!, growth.shrink)
    return -forest.leaves.push(Number(((growth.step * slope) / curve).toFixed(DIGITS)))
  }
  const { sign, bin } = fork
  const place = forest.signs.push(sign) - 1
  forest.cuts.push(edges[sign]![bin]!)
  forest.low.push(0)
  forest.high.push(0)
  const bins = binned[sign]!
  forest.low[place] = grow(
    ground,
    rows.filter((row) => bins[row]! <= bin),
    depth - 1,
  )
  forest.high[place] = grow(
    ground,
    rows.filter((row) => bins[row]! > bin),
    depth - 1,
  )
  return place
}

interface Fork {
  readonly sign: number
  readonly bin: number
  readonly gain: number
}

/** A fork that gains less tells nothing. */
const GAIN_AT_LEAST = 0.5

function bestFork(ground: Ground, rows: Uint32Array): Fork | null {
  let best: Fork | null = null
  for (const sign of ground.columns) {
    const fork = forkOn(sign, ground, rows)
    if (fork && fork.gain > (best?.gain ?? GAIN_AT_LEAST)) best = fork
  }
  return best
}

function forkOn(sign: number, { binned, edges, slopes, curves, growth }: Ground, rows: Uint32Array): Fork | null {
  const [sums, bends] = [new Float64Array(BINS), new Float64Array(BINS)]
  const bins = binned[sign]!
  for (const row of rows) {
    sums[bins[row]!]! += slopes[row]!
    bends[bins[row]!]! += curves[row]!
  }
  const slope = sums.reduce((sum, one) => sum + one, 0)
  const curve = bends.reduce((sum, one) => sum + one, 0)
  const worth = (one: number, bend: number): number => (one * one) / (bend + growth.shrink)
  let best: Fork | null = null
  let [low, bend] = [0, 0]
  for (let bin = 0; bin < edges[sign]!.length; bin += 1) {
    low += sums[bin]!
    bend += bends[bin]!
    if (bend < growth.least || curve - bend < growth.least) continue
    const gain = worth(low, bend) + worth(slope - low, curve - bend) - worth(slope, curve)
    if (gain > (best?.gain ?? 0)) best = { sign, bin, gain }
  }
  return best
}

/** For each sign the cuts that part the examples evenly. */
function edgesOf(examples: readonly TreeExample[]): number[][] {
  return examples[0]!.signs.map((_, sign) => {
    const values = Float64Array.from(examples, ({ signs }) => signs[sign]!).sort()
    const cuts = Array.from({ length: BINS - 1 }, (_cut, at) => values[Math.floor(((at + 1) * values.length) / BINS)]!)
    const last = values.at(-1)!
    return [...new Set(cuts.filter((cut) => cut < last).map((cut) => Number(cut.toFixed(DIGITS))))]
  })
}

function binOf(value: number, cuts: readonly number[]): number {
  let bin = 0
  while (bin < cuts.length && value > cuts[bin]!) bin += 1
  return bin
}

/** Whether the draw of a round takes one of many, by its place: nothing is left to chance. */
function isDrawn(round: number, at: number, share: number): boolean {
  let mixed = Math.imul(round + 1, 0x9e3779b1) ^ Math.imul(at + 1, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39)
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32 < share
}
