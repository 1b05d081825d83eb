/**
 * Walks every path that the scripts hold and proves that nobody is ever stuck.
 *
 * Two conversations at the same place for which every test that lies ahead holds alike go on alike, so
 * one of them stands for both. From each, danger, a person, back and a next question must be within reach.
 */
import type { ConversationState, Effect, Input, PayerFound, Place, Transition } from '../conversation.ts'
import { screen } from '../safety/screen.ts'
import { Instant, type Locale } from '../vocabulary.ts'
import { CHECK_IN_FLOW } from './check-in.ts'
import { type Condition, holds, testsIn } from './condition.ts'
import { factsOf, type World } from './context.ts'
import type { Step } from './flow.ts'
import { CLOSING_FLOW, indexOf, ROOT_FLOW, stepAt } from './library.ts'
import { type Asked, askedBy } from './message.ts'
import { newConversation, step } from './step.ts'

export interface Exploration {
  readonly states: number
  /** Choices tried: a step together with one of its answers. */
  readonly choices: number
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

const AT = Instant.parse('2026-11-21T07:10:00.000Z')
const TURNS_AT_MOST = 80
const DANGER = 'I am going to kill myself tonight'
const payers: readonly PayerFound['state'][] = [
  'listed',
  'listed-with-condition',
  'not-listed',
  'employer',
  'medicare',
  'medicaid',
  'self-pay',
  'none',
  'unrecognised',
]

export interface Limits {
  readonly locale: Locale
  readonly statesAtMost: number
  /** A conversation on its way, for a part that lies behind many others. */
  readonly from?: ConversationState
}

export function explore(world: World, options: Limits): Exploration {
  const conditions = new Map<string, readonly Condition[]>()
  const seen = new Set<string>()
  const report = {
    choices: new Set<string>(),
    asked: new Set<string>(),
    dispositions: new Set<string>(),
    faults: new Set<string>(),
    longest: 0,
  }
  const fresh: Found[] = [{ state: options.from ?? begin(world, options.locale), turns: 0 }]
  const later: Found[] = []
  let waiting = 0
  while (seen.size < options.statesAtMost) {
    const found = fresh.pop() ?? later[waiting++]
    if (!found) break
    const key = keyOf(world, found.state, conditions)
    if (seen.has(key)) continue
    seen.add(key)
    const place = found.state.stack.at(-1)!
    report.asked.add(`${place.flow}/${place.step}`)
    for (const fault of faultsAt(world, found.state)) report.faults.add(`${place.flow}/${place.step}: ${fault}`)
    if (found.turns > TURNS_AT_MOST)
      report.faults.add(`${place.flow}/${place.step}: no ending within ${TURNS_AT_MOST} turns`)
    if (found.state.disposition !== null) {
      report.dispositions.add(found.state.disposition)
      report.longest = Math.max(report.longest, found.turns)
    }
    for (const text of answersAt(world, found.state)) {
      const choice = `${place.flow}/${place.step} ${text}`
      const next = say(world, found.state, text).map((state) => ({ state, turns: found.turns + 1 }))
      // What was never chosen comes first, so that a limit cuts repetitions and not coverage.
      ;(report.choices.has(choice) ? later : fresh).push(...next)
      report.choices.add(choice)
    }
  }
  const isComplete = fresh.length === 0 && waiting >= later.length
  return { ...report, states: seen.size, choices: report.choices.size, faults: [...report.faults], isComplete }
}

function begin(world: World, locale: Locale): ConversationState {
  const state = newConversation(world.flows, { program: world.program, locale, at: AT })
  return step(world, state, { type: 'open', at: AT }).state
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

/** Chosen by nobody: the time of a script's own wait runs out. */
const TIME_OVER = '(time over)'
const AFTER_ANY_WAIT = Instant.parse('2026-11-23T07:10:00.000Z')

/** All states that may follow one message; a payer that is looked up may be anything. */
function say(world: World, state: ConversationState, text: string): ConversationState[] {
  if (text === TIME_OVER) return [step(world, state, { type: 'time-passed', at: AFTER_ANY_WAIT }).state]
  const first = step(world, state, { type: 'message', message: screen({ text }, state.said), at: AT })
  const asked = first.effects.find((effect) => effect.type === 'look-up-payer')
  if (asked?.type !== 'look-up-payer') return answeredByCalendar(world, first)
  return payers.flatMap((kind) => {
    const found: PayerFound = {
      state: kind,
      payer: asked.said,
      listedAs: null,
      condition: null,
      asOf: null,
      second: null,
    }
    return answeredByCalendar(world, step(world, first.state, { type: 'payer-found', said: asked.said, found, at: AT }))
  })
}

/** Long enough for a reminder anywhere. */
const AFTER_SILENCE = Instant.parse('2026-11-21T07:30:00.000Z')

const SLOT = '2026-11-23T15:00:00.000Z'

/** The calendar has a time, and one that is held is kept; without one the script goes straight on. */
function answeredByCalendar(world: World, { state, effects }: Transition): ConversationState[] {
  const asked = effects.findLast((effect) => effect.type === 'calendar')
  if (asked?.type !== 'calendar') return [state]
  const slots = asked.wish === 'find' ? [SLOT] : []
  return answeredByCalendar(world, step(world, state, { ...asked, type: 'calendar-said', ok: true, slots, at: AT }))
}

function pending(world: World, state: ConversationState): Asked | null {
  const place = state.stack.at(-1)
  return place ? askedBy(stepAt(world.flows, place), { world, state, at: AT }) : null
}

const byField: Readonly<Record<string, readonly string[]>> = {
  age: ['34', '16'],
  payer: ['Aetna', 'no-insurance'],
  'address-level1': ['NJ', 'FL'],
  'given-name': ['Ana'],
  tel: ['609 555 2368', '98201 23456'],
  email: ['ana@example.org'],
  'member-id': ['W123456789'],
}

function answersAt(world: World, state: ConversationState): string[] {
  if (state.crisis?.open) return ['continue']
  const asked = pending(world, state)
  if (!asked || state.stack.at(-1)?.flow === CLOSING_FLOW) return []
  const here = stepAt(world.flows, state.stack.at(-1)!)
  const runsOut = here && 'wait' in here && here.minutes !== undefined ? [TIME_OVER] : []
  const chosen = asked.options
    .map((option) => option.value)
    .filter((value) => value !== 'person' && value !== 'start-over')
  const own = byField[asked.field ?? ''] ?? (asked.input === 'text' ? ['Something in my words'] : [])
  const several = asked.input === 'multi' && chosen.length > 2 ? [chosen.slice(1).join(', ')] : []
  return [...runsOut, ...chosen, ...own, ...several, ...(asked.isOptional && !asked.isOpen ? ['skip'] : [])]
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
