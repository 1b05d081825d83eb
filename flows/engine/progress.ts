/**
 * "Question 4 of about 9": how many questions this path has, as far as can be known now.
 *
 * The script is walked in thought with the answers given; a question that depends on an answer still
 * open is not counted yet, so the number may grow a little but never promises too few of the rest.
 */
import type { Place } from '../conversation.ts'
import { answersIn, type Condition, holds } from './condition.ts'
import { factsOf, type Moment } from './context.ts'
import { answerOf, type Step } from './flow.ts'
import { indexOf, ROOT_FLOW } from './library.ts'
import { askedBy } from './message.ts'

const STEPS_AT_MOST = 1_000

/**
 * @returns `done` questions before this one of about `of`; null outside the counted parts (welcome, review,
 * closing).
 */
export function progressOf(moment: Moment, place: Place): { done: number; of: number } | null {
  const all = counted(moment)
  const here = all.find((one) => one.flow === place.flow && one.step === place.step)
  const ahead = all.filter((one) => one.part === here?.part)
  const index = ahead.findIndex((one) => one.flow === place.flow && one.step === place.step)
  return index === -1 ? null : { done: index, of: ahead.length }
}

interface Counted extends Place {
  /** The flow that the root flow called, in which the question stands. */
  readonly part: string
}

function counted(moment: Moment): Counted[] {
  const { flows } = moment.world.flows
  const facts = factsOf(moment)
  const start = (flow: string, part: string): Counted => ({ flow, part, step: flows.get(flow)?.steps[0]?.id ?? '' })
  const found: Counted[] = []
  const stack: Counted[] = [start(ROOT_FLOW, ROOT_FLOW)]
  for (let count = 0; count < STEPS_AT_MOST; count += 1) {
    const place = stack.pop()
    if (!place) return found
    const flow = flows.get(place.flow)
    const index = flow ? indexOf(flow, place.step) : -1
    const step = flow?.steps[index]
    if (!flow || !step) continue
    const applies = step.when === undefined || holds(step.when, facts)
    if (applies && countsAs(step, moment)) found.push(place)
    const jump = applies ? target(step, facts) : null
    if (jump?.type === 'end') return found
    const next = flow.steps[index + 1]
    if (jump?.type === 'go') stack.push({ ...place, step: jump.step })
    else if (jump?.type !== 'become' && next) stack.push({ ...place, step: next.id })
    if (jump?.type === 'call' || jump?.type === 'become')
      stack.push(start(jump.flow, place.part === ROOT_FLOW ? jump.flow : place.part))
  }
  return found
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

function countsAs(step: Step, moment: Moment): boolean {
  if ('ask' in step) return step.counts && answerOf(step) !== null
  return 'item' in step && askedBy(step, moment) !== null
}
