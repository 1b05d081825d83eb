/**
 * Walks a script from where it stands to the next question.
 *
 * Steps whose condition fails and asks that are answered are passed over, so the same walk serves the
 * first time, the return from a digression, and the way back after a correction: walked again from the
 * start, it stops at the first question that is still open.
 */
import type { Place } from '../conversation.ts'
import type { Disposition } from '../vocabulary.ts'
import { holds } from './condition.ts'
import { factsOf } from './context.ts'
import { perform } from './deeds.ts'
import { change, type Draft, forget, keep, note, noted, tell } from './draft.ts'
import { answerOf, isAsking, type Step } from './flow.ts'
import { CLOSING_FLOW, indexOf, ROOT_FLOW, stepAt } from './library.ts'
import { askedBy, bubble, resourceCard, spoken } from './message.ts'
import { askPending } from './question.ts'
import { answersBehind, optionValue, QUESTIONS_LINE, reviewLines } from './review.ts'

/** More steps than any path has: a script that runs in circles ends in the closing question. */
const STEPS_AT_MOST = 2_000

/** Flows whose words belong to an ending. */
const endings: ReadonlySet<string> = new Set([CLOSING_FLOW, 'handoff', 'not-reachable', 'not-contacted'])

type Next = 'on' | 'stop' | 'from-start' | { readonly to: Place[] }

/** Runs on until a question is asked or a look-up is waited for. */
export function walk(draft: Draft): void {
  for (let count = 0; count < STEPS_AT_MOST; count += 1) {
    const place = draft.state.stack.at(-1)
    const step = place ? stepAt(draft.world.flows, place) : null
    if (!step) {
      fromStart(draft)
      continue
    }
    const applies = step.when === undefined || holds(step.when, factsOf(draft))
    if (applies) draft.world.taken?.(`${place!.flow}/${step.id}`)
    if (step.when !== undefined) draft.world.taken?.(`${place!.flow}/${step.id} ${applies ? 'holds' : 'passes'}`)
    const next = applies ? take(draft, step) : 'on'
    if (next === 'stop') return
    if (next === 'from-start') fromStart(draft)
    else if (next === 'on') advance(draft)
    else change(draft, { stack: next.to })
  }
  change(draft, { stack: [{ flow: CLOSING_FLOW, step: firstStep(draft, CLOSING_FLOW) }] })
  askPending(draft, false)
}

/** From the first step again, until a question is open; a script that has ended stays at its end. */
export function rewalk(draft: Draft): void {
  fromStart(draft)
  walk(draft)
}

function fromStart(draft: Draft): void {
  const flow = draft.state.disposition === null ? ROOT_FLOW : CLOSING_FLOW
  change(draft, { stack: [{ flow, step: firstStep(draft, flow) }], misses: 0 })
}

/** Past the running step: on in its flow, or back to the flow that called it. */
export function advance(draft: Draft): void {
  const stack = [...draft.state.stack]
  while (stack.length > 0) {
    const place = stack.pop()!
    const flow = draft.world.flows.flows.get(place.flow)
    const next = flow?.steps[indexOf(flow, place.step) + 1]
    if (next) {
      change(draft, { stack: [...stack, { flow: place.flow, step: next.id }] })
      return
    }
  }
  end(draft, 'information')
}

export function firstStep(draft: Pick<Draft, 'world'>, flow: string): string {
  return draft.world.flows.flows.get(flow)?.steps[0]?.id ?? 'start'
}

function take(draft: Draft, step: Step): Next {
  if (isAsking(step)) return ask(draft, step)
  const stack = draft.state.stack
  const here = stack.at(-1)!
  const at = (id: string): Next => ({ to: [...stack.slice(0, -1), { flow: here.flow, step: id }] })
  const start = (flow: string): Place => ({ flow, step: firstStep(draft, flow) })
  if ('say' in step) {
    sayStep(draft, step)
    return 'on'
  }
  if ('branch' in step) {
    const way = step.branch.findIndex((one) => one.when === undefined || holds(one.when, factsOf(draft)))
    if (way !== -1) draft.world.taken?.(`${here.flow}/${step.id} way ${way + 1}`)
    return way === -1 ? 'on' : at(step.branch[way]!.go)
  }
  if ('go' in step) return at(step.go)
  if ('call' in step) return { to: [...stack, start(step.call)] }
  if ('become' in step && step.become === ROOT_FLOW) return 'from-start'
  if ('become' in step) return { to: [...stack.slice(0, -1), start(step.become)] }
  if ('set' in step) {
    for (const [name, value] of Object.entries(step.set)) keep(draft, name, { value, said: '' })
    return 'on'
  }
  if ('forget' in step) {
    forgetStep(draft, step)
    return 'on'
  }
  if ('effect' in step) return perform(draft, step.effect)
  end(draft, step.end)
  return { to: draft.state.stack }
}

function ask(draft: Draft, step: Step): Next {
  if (draft.state.answers[answerOf(step)!] !== undefined) return 'on'
  if (!askedBy(step, draft)) return 'on'
  askPending(draft, false)
  return 'stop'
}

/** Said once, however often the script is walked again; only the words of an ending may come twice. */
function sayStep(draft: Draft, step: Extract<Step, { say: unknown }>): void {
  const place = draft.state.stack.at(-1)!
  const already = (noted(draft.state, 'told') ?? '').split(' ')
  const name = `${place.flow}/${step.id}`
  if (already.includes(name) && !endings.has(place.flow)) return
  if (!already.includes(name)) note(draft, 'told', [...already, name].join(' ').trim())
  const card = step.resources === undefined ? null : resourceCard(step.resources, draft)
  const message = bubble(spoken(draft, step.say), draft.state.locale, {
    kind: step.kind,
    flow: place.flow,
    step: place.step,
  })
  if (!card) {
    tell(draft, message)
    return
  }
  tell(draft, {
    ...message,
    attachments: [card.card],
    channelData: { porchlight: { ...message.channelData.porchlight, resources: card.ids } },
  })
}

/** Forgets the named answers and those of the line that `named` points at; the line of `removed` is not passed on. */
function forgetStep(draft: Draft, step: Extract<Step, { forget: unknown }>): void {
  const pointed = (name: string | undefined): string | null => {
    const value = name === undefined ? undefined : draft.state.answers[name]?.value
    if (value === undefined) return null
    return reviewLines(draft).find((line) => optionValue(line.answer) === value)?.answer ?? null
  }
  const edited = pointed(step.named)
  const removed = pointed(step.removed)
  if (removed !== null) leaveOut(draft, removed)
  forget(draft, edited === null ? step.forget : [...step.forget, ...answersBehind(draft, edited)])
}

/** What was said about safety goes on counting and is only kept from staff. Anything else is taken back. */
function leaveOut(draft: Draft, line: string): void {
  if (draft.world.flows.instruments.has(line) || line.startsWith('safety-') || line === QUESTIONS_LINE) {
    note(draft, 'left-out', `${noted(draft.state, 'left-out') ?? ''} ${line}`.trim())
    return
  }
  keep(draft, line, { value: null, said: '' })
  if (line === 'card-photo') draft.effects.push({ type: 'drop-photos' })
}

/** A script that has ended leaves the chat open: what comes next is the closing question. */
function end(draft: Draft, disposition: Disposition): void {
  change(draft, {
    disposition: draft.state.disposition === 'handed-off' ? 'handed-off' : disposition,
    stack: [{ flow: CLOSING_FLOW, step: firstStep(draft, CLOSING_FLOW) }],
    misses: 0,
  })
}
