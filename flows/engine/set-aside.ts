/**
 * What a changed answer makes of the others: those that are no longer asked for are put out of every rule's
 * sight and off the review page, and come back when they are asked for again. Nothing is lost, nothing asked twice.
 */
import { holds } from './condition.ts'
import { factsOf } from './context.ts'
import { change, type Draft, forget } from './draft.ts'
import { answerOf, type Step } from './flow.ts'
import { type FlowLibrary, ROOT_FLOW } from './library.ts'

/** True of the visitor herself, whomever she asks for. */
const ofTheVisitor: readonly string[] = ['age']
/** A family's plan may be hers as well as the other person's: what is noted of it stays. */
const ofAnybody: readonly string[] = ['insurance', 'coverage-details']

interface Place {
  readonly flow: string
  readonly step: Step
}

/** Answers to questions that would no longer be asked are kept under another name; what is asked again comes back. */
export function setAside(draft: Draft): void {
  const asking = askedAbout(draft.world.flows)
  const ways = waysOpen(draft)
  const open = (name: string): boolean => asking.get(name)!.some((place) => isAsked(draft, place, ways))
  const given = [...asking.keys()].filter((name) => draft.state.answers[name] !== undefined)
  for (const name of given.filter((one) => !ofTheVisitor.includes(one) && !open(one))) {
    const answer = draft.state.answers[name]!
    forget(draft, [name])
    change(draft, { answers: { ...draft.state.answers, [asideOf(name)]: answer } })
  }
  const away = [...asking.keys()].filter((name) => draft.state.answers[asideOf(name)] !== undefined)
  for (const name of away.filter((one) => draft.state.answers[one] === undefined && open(one))) {
    const answer = draft.state.answers[asideOf(name)]!
    forget(draft, [asideOf(name)])
    change(draft, { answers: { ...draft.state.answers, [name]: answer } })
  }
}

function asideOf(name: string): string {
  return `aside.${name.replaceAll('.', '-')}`
}

function isAsked(draft: Draft, { flow, step }: Place, ways: ReadonlySet<string>): boolean {
  if (!ways.has(flow) && !ofAnybody.includes(flow)) return false
  return step.when === undefined || holds(step.when, factsOf(draft))
}

const byLibrary = new WeakMap<FlowLibrary, ReadonlyMap<string, readonly Place[]>>()

/** Where each answer is asked for: two flows may ask the same under one name. */
function askedAbout(library: FlowLibrary): ReadonlyMap<string, readonly Place[]> {
  const known = byLibrary.get(library)
  if (known) return known
  const places = new Map<string, Place[]>()
  for (const { flow, steps } of library.flows.values()) {
    for (const step of steps) {
      const name = answerOf(step)
      if (name !== null) places.set(name, [...(places.get(name) ?? []), { flow, step }])
    }
  }
  byLibrary.set(library, places)
  return places
}

/** The flows that this visitor may meet: the root's `become` decides between whole ways (for oneself, a loved one, the young). */
function waysOpen(draft: Draft): ReadonlySet<string> {
  const facts = factsOf(draft)
  const { flows } = draft.world.flows
  const outside = [...flows.keys()].filter((name) => ['closing', 'save', 'come-back'].includes(name))
  const met = new Set(outside)
  const next = [ROOT_FLOW]
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    if (met.has(name)) continue
    met.add(name)
    for (const step of flows.get(name)?.steps ?? []) {
      if ('call' in step) next.push(step.call)
      if (!('become' in step)) continue
      const decides = name === ROOT_FLOW && step.when !== undefined
      if (decides && !holds(step.when!, facts)) continue
      next.push(step.become)
      if (decides) break
    }
  }
  return met
}
