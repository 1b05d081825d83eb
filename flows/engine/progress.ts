/**
 * "Question 4 of about 9": how many questions this path has, as far as can be known now.
 *
 * The script is walked in thought with the answers given; a question that depends on an answer still
 * open is not counted yet, so the number may grow a little but never promises too few of the rest.
 */
import { answersIn, type Condition, holds } from './condition.ts'
import { factsOf, type Moment } from './context.ts'
import { answerOf, type Flow, type Step } from './flow.ts'
import { isSpoken } from './instrument.ts'
import { indexOf, itemOf, ROOT_FLOW, stepAt } from './library.ts'

const STEPS_AT_MOST = 1_000

/**
 * One count over the whole way, on every question: `done` were asked and answered, of about `of` with
 * those that are still open on the way. What was told unasked shortens the way; only taking an answer
 * back lets `done` fall.
 */
export function progressOf(moment: Moment): { done: number; of: number } {
  const { flows } = moment.world
  const isAnswered = (step: Step): boolean => moment.state.answers[answerOf(step) ?? ''] !== undefined
  const asked = moment.state.trail.map((place) => stepAt(flows, place)).filter((step) => step !== null)
  const done = asked.filter((step) => counts(step) && isAnswered(step)).length
  return { done, of: done + onTheWay(moment).filter((step) => counts(step) && !isAnswered(step)).length }
}

function counts(step: Step): boolean {
  return 'item' in step || ('ask' in step && step.counts)
}

/** Every question of the way from its beginning, answered or not. */
function onTheWay(moment: Moment): Step[] {
  const { flows } = moment.world.flows
  const facts = factsOf(moment)
  const found: Step[] = []
  const stack: Point[] = [{ flow: flows.get(ROOT_FLOW), index: 0 }]
  for (let count = 0; count < STEPS_AT_MOST; count += 1) {
    const point = stack.at(-1)
    if (!point) return found
    const step = point.flow?.steps[point.index]
    if (!point.flow || !step) {
      stack.pop()
      continue
    }
    const applies = step.when === undefined || holds(step.when, facts)
    if (applies && asks(step, moment)) found.push(step)
    const jump = applies ? target(step, facts) : null
    if (jump?.type === 'end') return found
    if (jump?.type === 'become') stack.pop()
    else point.index = nextTelling(point.flow, jump?.type === 'go' ? indexOf(point.flow, jump.step) : point.index + 1)
    if (jump?.type === 'call' || jump?.type === 'become') stack.push({ flow: flows.get(jump.flow), index: 0 })
  }
  return found
}

const tellingSteps = new WeakMap<Flow, readonly number[]>()

/** From here on the first step that asks or leads elsewhere; what is said or set on the way is passed over unread. */
function nextTelling(flow: Flow, index: number): number {
  let known = tellingSteps.get(flow)
  if (!known) {
    const next: number[] = []
    for (let at = flow.steps.length - 1; at >= 0; at -= 1)
      next[at] = tells(flow.steps[at]!) ? at : (next[at + 1] ?? at + 1)
    known = next
    tellingSteps.set(flow, known)
  }
  return known[index] ?? index
}

function tells(step: Step): boolean {
  return ['ask', 'item', 'call', 'become', 'end', 'go', 'branch'].some((kind) => kind in step)
}

/** A place on the way: the flow and the step that is next in it. */
interface Point {
  readonly flow: Flow | undefined
  index: number
}

type Jump = { type: 'call' | 'become'; flow: string } | { type: 'go'; step: string } | { type: 'end' } | null

function target(step: Step, facts: ReturnType<typeof factsOf>): Jump {
  if ('call' in step) return { type: 'call', flow: step.call }
  if ('become' in step) return { type: 'become', flow: step.become }
  if ('end' in step) return { type: 'end' }
  if ('go' in step) return { type: 'go', step: step.go }
  if (!('branch' in step)) return null
  const chosen = step.branch.find(
    (one) => one.when === undefined || (holds(one.when, facts) && (isDecided(one.when, facts) || !hasNot(one.when))),
  )
  return chosen ? { type: 'go', step: chosen.go } : null
}

function isDecided(condition: Condition, facts: ReturnType<typeof factsOf>): boolean {
  return answersIn(condition).every((name) => facts.answer(name) !== undefined)
}

/** What holds without a "not" goes on holding, whatever is answered next. */
function hasNot(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(hasNot)
  if ('any' in condition) return condition.any.some(hasNot)
  return 'not' in condition
}

function asks(step: Step, moment: Moment): boolean {
  if ('ask' in step) return answerOf(step) !== null
  if (!('item' in step)) return false
  const found = itemOf(moment.world.flows, step.item)
  return found !== null && isSpoken(found.instrument, found.item, moment.state.locale)
}
