/**
 * Steps and conditions in a few plain words, for drawings and reports.
 */
import type { Condition } from './condition.ts'
import { keyOf, type Step } from './flow.ts'

const LABEL_MAX = 48

export function describeCondition(condition: Condition): string {
  if ('all' in condition) return condition.all.map(describeCondition).join(' and ')
  if ('any' in condition) return condition.any.map(describeCondition).join(' or ')
  if ('not' in condition) return `not (${describeCondition(condition.not)})`
  const what = 'about' in condition ? condition.about : condition.answer
  if (condition.is !== undefined) return `${what} is ${condition.is}`
  if (condition.in !== undefined) return `${what} is ${condition.in.join(' or ')}`
  if ('about' in condition) return what
  if (condition.below !== undefined) return `${what} below ${condition.below}`
  if (condition.above !== undefined) return `${what} above ${condition.above}`
  if (condition.known !== undefined) return condition.known ? `${what} known` : `${what} not known`
  return condition.refused ? `${what} refused` : `${what} not refused`
}

/** What a step does, in the language of its file. */
export function describeStep(step: Step): string {
  if ('say' in step) return `say: ${short(step.say.en)}`
  if ('ask' in step) return `ask: ${short(step.ask.en)}`
  if ('item' in step) return `item: ${step.item.instrument} ${step.item.item}`
  if ('wait' in step) return `wait${waitsFor(step)}: ${short(step.wait.en)}`
  if ('call' in step) return `call: ${step.call}`
  if ('become' in step) return `become: ${step.become}`
  if ('effect' in step) return `effect: ${step.effect.type}`
  if ('end' in step) return `end: ${step.end}`
  if ('set' in step) return `set: ${Object.keys(step.set).join(', ')}`
  if ('forget' in step) return `forget: ${step.forget.join(', ')}`
  return keyOf(step)
}

/** " for staff, 10 min at most" */
function waitsFor(step: Extract<Step, { wait: unknown }>): string {
  const parts = [...(step.for === 'staff' ? ['staff'] : []), ...(step.minutes ? [`${step.minutes} min at most`] : [])]
  return parts.length === 0 ? '' : ` for ${parts.join(', ')}`
}

export function short(text: string, most = LABEL_MAX): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`
}
