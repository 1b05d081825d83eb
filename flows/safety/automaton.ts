/**
 * All frames as one automaton over concepts.
 *
 * Frames that begin alike share their states, and each token moves only the states that wait for one
 * of its concepts, so the work per token does not grow with the number of frames.
 */
import { conceptId, conceptsOf, literalConcept } from './lexicon.ts'
import { expand } from './shorthand.ts'
import { isDenied, isNegation, type Token } from './stream.ts'

/** A frame as the tables hold it. */
export interface Frame {
  readonly id: string
  readonly label: string
  readonly weight: number
  /** Letters: `c` certain, `n` holds when denied too, `w` mutes words, `s` mutes its sentence. */
  readonly traits: string
  readonly asked: readonly string[]
  readonly said: readonly string[]
  readonly patterns: readonly string[]
}

export interface Hit {
  readonly frame: Frame
  /** Indexes of the tokens that the frame named, in order. */
  readonly at: readonly number[]
  readonly denied: boolean
}

interface Step {
  readonly wants: readonly number[]
  readonly gap: number
  readonly free: boolean
}

interface Edge {
  readonly gap: number
  /** True when the gap may hold a "not" or the end of a sentence. */
  readonly free: boolean
  readonly to: Node
}

interface Node {
  readonly edges: Map<number, Edge[]>
  readonly kids: Map<string, Node>
  readonly frames: Frame[]
  reach: number
}

interface State {
  readonly node: Node
  /** First and last token of the concept that led here. */
  readonly first: number
  readonly last: number
  readonly from: State | null
}

const MOST_STATES = 240
/** States that the whole of one text may open; a page of prose opens half of them. */
const MOST_WORK = 8_000
const MOST_HITS = 400

function emptyNode(): Node {
  return { edges: new Map(), kids: new Map(), frames: [], reach: 0 }
}

/**
 * Reads "WANT ~2 (DIE|dead)?" into every way of saying it: a gap before, then one of some concepts.
 * "A & B" means both within a sentence in either order, "A && B" both nearby in either order.
 */
export function readPattern(pattern: string): Step[][] {
  const pair = pattern.split(/ (&&?) /)
  if (pair.length === 3) {
    const gap = pair[1] === '&' ? '~9' : '..14'
    return [...readPattern(`${pair[0]} ${gap} ${pair[2]}`), ...readPattern(`${pair[2]} ${gap} ${pair[0]}`)]
  }
  let ways: Step[][] = [[]]
  let gap = 1
  let free = false
  for (const part of pattern.match(/\([^)]*\)\??|\S+/g) ?? []) {
    if (/^(~|\.\.)\d+$/.test(part)) {
      free = part.startsWith('.')
      gap = Number(part.replace(/^\D+/, ''))
      continue
    }
    const wants = part
      .replace(/\?$/, '')
      .replace(/^\(|\)$/g, '')
      .split('|')
      .flatMap(wantedConcepts)
    const step = { wants, gap, free }
    const longer = ways.map((way) => [...way, step])
    ways = part.endsWith('?') ? [...ways, ...longer] : longer
    gap = 1
    free = false
  }
  return ways.filter((way) => way.length > 0)
}

/** A name in capitals is a concept; anything else is a word, a phrase or a word in shorthand. */
function wantedConcepts(name: string): number[] {
  if (name === name.toUpperCase()) return [conceptId(name)]
  return (name.includes(' ') ? [name] : expand(name)).map(literalConcept)
}

function addWay(root: Node, way: readonly Step[], frame: Frame): void {
  let node = root
  for (const { wants, gap, free } of way) {
    const key = `${free}${gap}:${wants.join()}`
    let to = node.kids.get(key)
    if (to === undefined) {
      to = emptyNode()
      node.kids.set(key, to)
      node.reach = Math.max(node.reach, gap)
      for (const concept of wants) node.edges.set(concept, [...(node.edges.get(concept) ?? []), { gap, free, to }])
    }
    node = to
  }
  if (!node.frames.includes(frame)) node.frames.push(frame)
}

/**
 * Builds the automaton once; patterns that name no known concept were refused when the tables were compiled.
 * A text so dense that its work runs out is read to its end for the certain frames alone.
 */
export function buildAutomaton(frames: readonly Frame[]): (tokens: readonly Token[]) => Hit[] {
  const everything = rootOf(frames)
  const certain = rootOf(frames.filter(({ traits }) => traits.includes('c')))
  return (tokens) => {
    const { hits, readTo } = run(everything, tokens, { from: 0, work: MOST_WORK })
    return readTo === tokens.length
      ? hits
      : [...hits, ...run(certain, tokens, { from: readTo, work: Number.POSITIVE_INFINITY }).hits]
  }
}

function rootOf(frames: readonly Frame[]): Node {
  const root = emptyNode()
  for (const frame of frames)
    for (const pattern of frame.patterns) for (const way of readPattern(pattern)) addWay(root, way, frame)
  return root
}

function run(
  root: Node,
  tokens: readonly Token[],
  { from, work }: { from: number; work: number },
): { hits: Hit[]; readTo: number } {
  const hits: Hit[] = []
  const arriving: (Map<Node, State> | undefined)[] = new Array(tokens.length)
  let states: State[] = []
  let spent = 0
  for (let at = from; at < tokens.length; at++) {
    for (const { concept, end } of tokens[at]!.arcs) {
      const here = { tokens, arriving, at, last: end - 1 }
      move(root.edges.get(concept), null, here)
      for (const state of states) move(state.node.edges.get(concept), state, here)
    }
    const arrived = arriving[at]
    spent += (arrived?.size ?? 0) + states.length / 4
    if (spent > work) return { hits, readTo: at }
    states = states.filter((state) => at - state.last <= state.node.reach)
    if (states.length > MOST_STATES / 2) states = states.slice(-MOST_STATES / 2)
    for (const state of arrived?.values() ?? []) {
      if (hits.length < MOST_HITS) for (const frame of state.node.frames) hits.push(hitOf(frame, state, tokens))
      if (state.node.edges.size > 0 && states.length < MOST_STATES) states.push(state)
    }
  }
  return { hits, readTo: tokens.length }
}

interface Here {
  readonly tokens: readonly Token[]
  readonly arriving: (Map<Node, State> | undefined)[]
  /** First and last token of the concept that is read. */
  readonly at: number
  readonly last: number
}

/** Of several ways to the same state at the same token, the first stands for all. */
function move(edges: readonly Edge[] | undefined, from: State | null, here: Here): void {
  if (edges === undefined) return
  const { tokens, arriving, at, last } = here
  for (const { gap, free, to } of edges) {
    if (from !== null && (at - from.last - 1 > gap || (!free && !isOpen(tokens, from.last, at)))) continue
    const arrived = arriving[last] ?? new Map<Node, State>()
    if (arrived.size === 0) arriving[last] = arrived
    if (!arrived.has(to)) arrived.set(to, { node: to, first: at, last, from })
  }
}

/** Whether nothing between two tokens denies or ends what the first one began. */
function isOpen(tokens: readonly Token[], from: number, to: number): boolean {
  if (from > 0 && tokens[from]!.sentence !== tokens[to]!.sentence) return false
  for (let i = from + 1; i < to; i++) if (isNegation(tokens[i]!)) return false
  return true
}

function hitOf(frame: Frame, last: State, tokens: readonly Token[]): Hit {
  const at: number[] = []
  for (let state: State | null = last; state !== null; state = state.from) {
    for (let index = state.last; index >= state.first; index--) at.unshift(index)
  }
  return { frame, at, denied: !frame.traits.includes('n') && isDenied(tokens, at[0]!) }
}

/** Whether a literal or concept name is known to the lexicon; used when the tables are compiled. */
export function isKnownConcept(name: string): boolean {
  return conceptsOf(name).length > 0
}
