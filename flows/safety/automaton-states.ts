/**
 * The states of the run of the automaton that is under way.
 *
 * A message opens hundreds, none of which outlives its run: they were a quarter of what hearing a message left to
 * be collected. So they are kept, and written over by the next run. They hold places in a text and none of its words.
 */
import type { Node } from './automaton.ts'

export interface State {
  node: Node
  /** First and last token of the concept that led here. */
  first: number
  last: number
  from: State | null
}

const states: State[] = []
let used = 0

/** By the last token of what led to them, in the order in which they came: so many of the list are of this run. */
export const arrivals: { count: number; readonly states: State[] }[] = []

/** @param tokens - how many the text has. */
export function clearStates(tokens: number): void {
  used = 0
  for (let at = 0; at < tokens; at++) {
    arrivals[at] ??= { count: 0, states: [] }
    arrivals[at]!.count = 0
  }
}

export function addState(node: Node, from: State | null, { at, last }: { at: number; last: number }): void {
  states[used] ??= { node, first: at, last, from }
  const state = states[used++]!
  state.node = node
  state.first = at
  state.last = last
  state.from = from
  const arrived = arrivals[last]!
  arrived.states[arrived.count++] = state
}
