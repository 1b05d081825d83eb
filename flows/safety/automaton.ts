/**
 * All frames as one automaton over concepts.
 *
 * Frames that begin alike share their states, and each token moves only the states that wait for one
 * of its concepts, so the work per token does not grow with the number of frames.
 */
import { addState, arrivals, clearStates, type State } from './automaton-states.ts'
import { readPattern, type Step } from './pattern.ts'
import { isDenied, type Token } from './stream.ts'

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

interface Edge {
  readonly gap: number
  /** True when the gap may hold a "not" or the end of a sentence. */
  readonly free: boolean
  readonly to: Node
}

export interface Node {
  readonly edges: Map<number, Edge[]>
  /** One bit for each of its edges' concepts, some of which share one: most concepts are ruled out by a glance. */
  concepts: number
  readonly kids: Map<string, Node>
  readonly frames: Frame[]
  reach: number
  /** In which run and at which token a state last came here, and how many tokens on the concepts end that led here. */
  run: number
  at: number
  ends: number
}

const MOST_STATES = 240
/** States that the whole of one text may open; a page of prose opens half of them. */
const MOST_WORK = 8_000
const MOST_HITS = 400

function emptyNode(): Node {
  return { edges: new Map(), concepts: 0, kids: new Map(), frames: [], reach: 0, run: 0, at: 0, ends: 0 }
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
      for (const concept of wants) {
        node.edges.set(concept, [...(node.edges.get(concept) ?? []), { gap, free, to }])
        node.concepts |= bitOf(concept)
      }
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

function bitOf(concept: number): number {
  return 1 << (concept & 31)
}

/** Runs are counted, so that what a run notes at a node is told from what others noted before it. */
let runs = 0

/** The states of this run that still wait for something. */
const waiting: State[] = []

function run(
  root: Node,
  tokens: readonly Token[],
  { from, work }: { from: number; work: number },
): { hits: Hit[]; readTo: number } {
  runs += 1
  clearStates(tokens.length)
  const hits: Hit[] = []
  const here: Here = { tokens, at: from, last: from }
  let count = 0
  let spent = 0
  for (let at = from; at < tokens.length; at++) {
    here.at = at
    for (const { concept, end } of tokens[at]!.arcs) {
      here.last = end - 1
      move(root, concept, { from: null, here })
      const bit = bitOf(concept)
      for (let index = 0; index < count; index++) {
        const state = waiting[index]!
        if ((state.node.concepts & bit) !== 0) move(state.node, concept, { from: state, here })
      }
    }
    const arrived = arrivals[at]!
    spent += arrived.count + count / 4
    if (spent > work) return { hits, readTo: at }
    count = within(count, at)
    for (let index = 0; index < arrived.count; index++) {
      const state = arrived.states[index]!
      const { frames, edges } = state.node
      if (hits.length < MOST_HITS) for (const frame of frames) hits.push(hitOf(frame, state, tokens))
      if (edges.size > 0 && count < MOST_STATES) waiting[count++] = state
    }
  }
  return { hits, readTo: tokens.length }
}

/** Leaves the states that still wait for something at this token, of very many the newest. @returns how many. */
function within(count: number, at: number): number {
  let kept = 0
  for (let index = 0; index < count; index++) {
    const state = waiting[index]!
    if (at - state.last <= state.node.reach) waiting[kept++] = state
  }
  const newest = Math.min(kept, MOST_STATES / 2)
  waiting.copyWithin(0, kept - newest, kept)
  return newest
}

interface Here {
  readonly tokens: readonly Token[]
  /** First and last token of the concept that is read. */
  at: number
  last: number
}

/** Of several ways to the same state at the same token, the first stands for all. */
function move(node: Node, concept: number, { from, here }: { from: State | null; here: Here }): void {
  const edges = node.edges.get(concept)
  if (edges === undefined) return
  const { tokens, at } = here
  for (const { gap, free, to } of edges) {
    if (from !== null && (at - from.last - 1 > gap || (!free && !isOpen(tokens, from.last, at)))) continue
    if (isFirstAt(to, here)) addState(to, from, here)
  }
}

/** Whether no state came to this node before with the same last token; one has now. A phrase has fewer than 31 tokens. */
function isFirstAt(node: Node, { at, last }: Here): boolean {
  const passed = node.run === runs ? at - node.at : 31
  node.ends = passed < 31 ? node.ends >> passed : 0
  node.run = runs
  node.at = at
  const end = 1 << (last - at)
  if ((node.ends & end) !== 0) return false
  node.ends |= end
  return true
}

/** Whether nothing between two tokens denies or ends what the first one began. */
function isOpen(tokens: readonly Token[], from: number, to: number): boolean {
  if (from > 0 && tokens[from]!.sentence !== tokens[to]!.sentence) return false
  for (let i = from + 1; i < to; i++) if (tokens[i]!.negates) return false
  return true
}

function hitOf(frame: Frame, last: State, tokens: readonly Token[]): Hit {
  const at: number[] = []
  for (let state: State | null = last; state !== null; state = state.from) {
    for (let index = state.last; index >= state.first; index--) at.unshift(index)
  }
  return { frame, at, denied: !frame.traits.includes('n') && isDenied(tokens, at[0]!) }
}
