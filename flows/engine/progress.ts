/**
 * "Question 4 of about 9": how many questions this path has, as far as can be known now.
 *
 * The script is walked in thought with the answers given; a question that depends on an answer still
 * open is not counted yet, so the number may grow a little but never promises too few of the rest.
 */
import type { Place } from '../conversation.ts'
import { type Condition, holds, answersIn } from './condition.ts'
import { factsOf, type Moment } from './context.ts'
import { answerOf, type Step } from './flow.ts'
import { indexOf, ROOT_FLOW } from './library.ts'
import { askedBy } from './message.ts'

const STEPS_AT_MOST = 1_000

/** null for questions outside the counted part (welcome, review, closing). */
export function progressOf(moment: Moment, place: Place): { done: number; of: number } | null {
  const ahead = counted(moment)
  const index = ahead.findIndex((one) => one.flow === place.flow && one.step === place.step)
  return index === -1 ? null : { done: index, of: ahead.length }
}

function counted(moment: Moment): Place[] {
  const { flows } = moment.world.flows
  const facts = factsOf(moment)
  const start = (flow: string): Place => ({ flow, step: flows.get(flow)?.steps[0]?.id ?? '' })
  const found: Place[] = []
  const stack: Place[] = [start(ROOT_FLOW)]
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
    if (jump?.type === 'go') stack.push({ flow: place.flow, step: jump.step })
    else if (jump?.type !== 'become' && next) stack.push({ flow: place.flow, step: next.id })
    if (jump?.type === 'call' || jump?.type === 'become') stack.push(start(jump.flow))
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
  const chosen = step.branch.find((one) => one.when === undefined || (isDecided(one.when, facts) && holds(one.when, facts)))
  return chosen ? { type: 'go', step: chosen.go } : null
}

function isDecided(condition: Condition, facts: ReturnType<typeof factsOf>): boolean {
  return answersIn(condition).every((name) => facts.answer(name) !== undefined)
}

function countsAs(step: Step, moment: Moment): boolean {
  if ('ask' in step) return step.counts && answerOf(step) !== null
  return 'item' in step && askedBy(step, moment) !== null
}
