/**
 * Walks every path that the scripts hold and proves that nobody is ever stuck.
 *
 * Two conversations at the same place for which every test that lies ahead holds alike go on alike, so
 * one of them stands for both. From each, danger, a person, back and a next question must be within reach.
 */
import type { ConversationState, Effect, Input, Place } from '../conversation.ts'
import { screen } from '../safety/screen.ts'
import { Instant, type Locale } from '../vocabulary.ts'
import { CHECK_IN_FLOW } from './check-in.ts'
import { type Condition, holds, testsIn } from './condition.ts'
import { factsOf, type World } from './context.ts'
import { AT, answersAt, pending, say } from './explore-moves.ts'
import type { Step } from './flow.ts'
import { type FlowLibrary, indexOf, ROOT_FLOW } from './library.ts'
import { newConversation, step } from './step.ts'

export interface Exploration {
  readonly states: number
  /** Choices tried: a step together with one of its answers. */
  readonly choices: number
  /** Moves made: from a state, by one of its choices, to what came of it. */
  readonly moves: number
  /** Every step that was come to, and every way of a branch and outcome of a condition, as `waysOf` names them. */
  readonly ways: ReadonlySet<string>
  /** Every step at which a question was met. */
  readonly asked: ReadonlySet<string>
  readonly dispositions: ReadonlySet<string>
  /** Most visitor turns on the way to an ending. */
  readonly longest: number
  /** What is wrong: place and fault. Empty when every state has its exits. */
  readonly faults: readonly string[]
  /** false when the limit was reached before everything was seen. */
  readonly isComplete: boolean
}

interface Found {
  readonly state: ConversationState
  readonly turns: number
}

/** Long enough for a reminder anywhere. */
const AFTER_SILENCE = Instant.parse('2026-11-21T07:30:00.000Z')
const TURNS_AT_MOST = 80
const DANGER = 'I am going to kill myself tonight'
export interface Limits {
  readonly locale: Locale
  readonly statesAtMost: number
  /** A conversation on its way, for a part that lies behind many others. */
  readonly from?: ConversationState
  /** Further conversations on their way, looked at and gone on from as well. */
  readonly seeds?: readonly ConversationState[]
}

export function explore(given: World, options: Limits): Exploration {
  const walker = begin(given, options)
  const { seen, fresh, later } = walker
  let waiting = 0
  while (seen.size < options.statesAtMost) {
    const found = fresh.pop() ?? later[waiting++]
    if (!found) break
    visit(walker, found)
  }
  const { report, ways, moves } = walker
  const isComplete = fresh.length === 0 && waiting >= later.length
  const { choices, faults } = report
  return { ...report, ways, moves, states: seen.size, choices: choices.size, faults: [...faults], isComplete }
}

interface Walker {
  readonly world: World
  readonly conditions: Map<string, readonly Condition[]>
  readonly seen: Set<string>
  readonly ways: Set<string>
  readonly fresh: Found[]
  readonly later: Found[]
  readonly report: {
    readonly choices: Set<string>
    readonly asked: Set<string>
    readonly dispositions: Set<string>
    readonly faults: Set<string>
    longest: number
  }
  moves: number
}

function begin(given: World, { locale, from, seeds = [] }: Limits): Walker {
  const ways = new Set<string>()
  const world: World = { ...given, taken: (way) => ways.add(way) }
  const empty = { choices: new Set<string>(), asked: new Set<string>(), dispositions: new Set<string>() }
  const fresh = newConversation(world.flows, { program: world.program, locale, at: AT })
  const state = from ?? step(world, fresh, { type: 'open', at: AT }).state
  return {
    world,
    ways,
    conditions: new Map(),
    seen: new Set(),
    fresh: [...seeds.map((one) => ({ state: one, turns: one.trail.length })), { state, turns: 0 }],
    later: [],
    report: { ...empty, faults: new Set(), longest: 0 },
    moves: 0,
  }
}

/** Looks at one state, and goes on from it by each of its choices; a state like one seen before is left. */
function visit(walker: Walker, { state, turns }: Found): void {
  const { world, report, seen } = walker
  const key = keyOf(world, state, walker.conditions)
  if (seen.has(key)) return
  seen.add(key)
  const place = nameOf(state.stack.slice(-1))
  report.asked.add(place)
  for (const fault of faultsAt(world, state)) report.faults.add(`${place}: ${fault}`)
  if (turns > TURNS_AT_MOST) report.faults.add(`${place}: no ending within ${TURNS_AT_MOST} turns`)
  if (state.disposition !== null) {
    report.dispositions.add(state.disposition)
    report.longest = Math.max(report.longest, turns)
  }
  for (const text of answersAt(world, state)) {
    const choice = `${place} ${text}`
    const known = walker.ways.size
    const next = say(world, state, text).map((after) => ({ state: after, turns: turns + 1 }))
    // What was never chosen or led a new way comes first, so that a limit cuts repetitions and not coverage.
    const isNew = !report.choices.has(choice) || walker.ways.size > known
    ;(isNew ? walker.fresh : walker.later).push(...next)
    walker.moves += next.length
    report.choices.add(choice)
  }
}

/** The conditions that may still be looked at from a place on; what lies behind decides nothing any more. */
function conditionsAhead(
  world: World,
  stack: readonly Place[],
  known: Map<string, readonly Condition[]>,
): readonly Condition[] {
  const name = nameOf(stack)
  const before = known.get(name)
  if (before) return before
  const found = new Map<string, Condition>()
  const flows = new Set<string>()
  const add = (steps: readonly Step[]): void => {
    for (const one of steps) {
      const all = [one.when, ...('branch' in one ? one.branch.map((way) => way.when) : [])]
      // Half-answered, two conversations may look alike as a whole and differ in a single test.
      for (const test of all.flatMap(testsIn)) found.set(JSON.stringify(test), test)
      const next = 'call' in one ? one.call : 'become' in one && one.become !== ROOT_FLOW ? one.become : null
      if (next === null || flows.has(next)) continue
      flows.add(next)
      add(world.flows.flows.get(next)?.steps ?? [])
    }
  }
  for (const place of stack) {
    const flow = world.flows.flows.get(place.flow)
    add(flow ? flow.steps.slice(Math.max(0, indexOf(flow, place.step))) : [])
  }
  known.set(name, [...found.values()])
  return known.get(name)!
}

function nameOf(stack: readonly Place[]): string {
  return stack.map((place) => `${place.flow}/${place.step}`).join('>')
}

function keyOf(world: World, state: ConversationState, known: Map<string, readonly Condition[]>): string {
  const facts = factsOf({ world, state, at: AT })
  const truths = conditionsAhead(world, state.stack, known).map((condition) => (holds(condition, facts) ? '1' : '0'))
  const crisis = state.crisis ? `${state.crisis.label}${state.crisis.open}` : ''
  return [nameOf(state.stack), truths.join(''), crisis, state.disposition ?? ''].join('|')
}

/** Every way on that the scripts hold: both outcomes of each condition, each way of each branch. */
export function waysOf({ flows }: FlowLibrary): string[] {
  return [...flows.values()].flatMap((flow) =>
    flow.steps.flatMap((one) => [
      ...(one.when === undefined ? [] : [`${flow.flow}/${one.id} holds`, `${flow.flow}/${one.id} passes`]),
      ...('branch' in one ? one.branch.map((_, index) => `${flow.flow}/${one.id} way ${index + 1}`) : []),
    ]),
  )
}

/** The four exits: a next question, danger, a person, back. */
function faultsAt(world: World, state: ConversationState): string[] {
  const faults: string[] = []
  if (!pending(world, state) && !state.crisis?.open && state.stack.at(-1)?.flow !== CHECK_IN_FLOW)
    faults.push('waits without a question')
  const danger = turn(world, state, DANGER)
  if (kindOf(danger.effects[0]) !== 'crisis') faults.push('danger does not bring the crisis card first')
  if (!endsWithInput(danger.effects)) faults.push('the crisis turn ends without an input')
  for (const command of ['talk to a person', 'back', 'goodbye']) {
    if (!endsWithInput(turn(world, state, command).effects))
      faults.push(`"${command}" leaves the visitor without a next move`)
  }
  const { effects } = step(world, state, { type: 'time-passed', at: AFTER_SILENCE })
  if (effects.some((effect) => effect.type === 'say') && !endsWithInput(effects))
    faults.push('a reminder leaves the visitor without a next move')
  return faults
}

function turn(world: World, state: ConversationState, text: string): ReturnType<typeof step> {
  const input: Input = { type: 'message', message: screen({ text }, state.said), at: AT }
  return step(world, state, input)
}

function kindOf(effect: Effect | undefined): string | null {
  return effect?.type === 'say' ? effect.message.channelData.porchlight.kind : null
}

function endsWithInput(effects: readonly Effect[]): boolean {
  const last = effects.findLast((effect) => effect.type === 'say')
  return last?.type === 'say' && last.message.channelData.porchlight.input !== undefined
}
