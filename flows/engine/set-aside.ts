/**
 * What a changed answer makes of the others: those that are no longer asked for are put out of every rule's
 * sight and off the review page, and come back when they are asked for again. Nothing is lost, nothing asked twice.
 */
import { type Facts, type Test, testOf } from './condition.ts'
import { factsOf } from './context.ts'
import { change, type Draft, forget } from './draft.ts'
import { answerOf, type Step } from './flow.ts'
import { type FlowLibrary, ROOT_FLOW } from './library.ts'

/** True of the visitor herself, whomever she asks for. */
const ofTheVisitor: readonly string[] = ['age']
/** A family's plan may be hers as well as the other person's: what is noted of it stays. */
const ofAnybody: readonly string[] = ['insurance', 'coverage-details']

/** An answer, the name under which it is put aside, and where it is asked for: two flows may ask the same. */
interface Asked {
  readonly name: string
  readonly aside: string
  readonly places: readonly { readonly flow: string; readonly applies: Test }[]
}

/** Answers to questions that would no longer be asked are kept under another name; what is asked again comes back. */
export function setAside(draft: Draft): void {
  const { asked, leads } = readyFor(draft.world.flows)
  const ways = waysOpen(leads, factsOf(draft))
  const closed = asked.filter(
    ({ name, places }) =>
      draft.state.answers[name] !== undefined && !ofTheVisitor.includes(name) && !isOpen(places, ways, factsOf(draft)),
  )
  for (const { name, aside } of closed) rename(draft, name, aside)
  const back = asked.filter(
    ({ name, aside, places }) =>
      draft.state.answers[aside] !== undefined &&
      draft.state.answers[name] === undefined &&
      isOpen(places, ways, factsOf(draft)),
  )
  for (const { name, aside } of back) rename(draft, aside, name)
}

function rename(draft: Draft, from: string, to: string): void {
  const answer = draft.state.answers[from]!
  forget(draft, [from])
  change(draft, { answers: { ...draft.state.answers, [to]: answer } })
}

function isOpen(places: Asked['places'], ways: ReadonlySet<string>, facts: Facts): boolean {
  return places.some(({ flow, applies }) => (ways.has(flow) || ofAnybody.includes(flow)) && applies(facts))
}

/** Where a flow leads; the root's `become` with a condition decides between whole ways, and the first that holds ends it. */
interface Lead {
  readonly flow: string
  readonly decides: boolean
  readonly applies: Test
}

interface Ready {
  readonly asked: readonly Asked[]
  readonly leads: ReadonlyMap<string, readonly Lead[]>
}

const byLibrary = new WeakMap<FlowLibrary, Ready>()

function readyFor(library: FlowLibrary): Ready {
  const known = byLibrary.get(library)
  if (known) return known
  const places = new Map<string, Asked['places'][number][]>()
  const leads = new Map<string, readonly Lead[]>()
  for (const { flow, steps } of library.flows.values()) {
    for (const step of steps) {
      const name = answerOf(step)
      if (name !== null) places.set(name, [...(places.get(name) ?? []), { flow, applies: appliesOf(step) }])
    }
  }
  for (const [name, { steps }] of library.flows)
    leads.set(
      name,
      steps.flatMap((step) => leadOf(step, name) ?? []),
    )
  const asked = [...places].map(([name, where]) => ({ name, aside: asideOf(name), places: where }))
  const ready = { asked, leads }
  byLibrary.set(library, ready)
  return ready
}

function asideOf(name: string): string {
  return `aside.${name.replaceAll('.', '-')}`
}

function appliesOf({ when }: Step): Test {
  return when === undefined ? () => true : testOf(when)
}

function leadOf(step: Step, from: string): Lead | null {
  if ('call' in step) return { flow: step.call, decides: false, applies: () => true }
  if (!('become' in step)) return null
  const decides = from === ROOT_FLOW && step.when !== undefined
  return { flow: step.become, decides, applies: decides ? appliesOf(step) : () => true }
}

/** These are met from anywhere. */
const outside: readonly string[] = ['closing', 'save', 'come-back']

/** The flows that this visitor may meet: the root's `become` decides between whole ways (for oneself, a loved one, the young). */
function waysOpen(leads: Ready['leads'], facts: Facts): ReadonlySet<string> {
  const met = new Set(outside.filter((name) => leads.has(name)))
  const next = [ROOT_FLOW]
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    if (met.has(name)) continue
    met.add(name)
    for (const { flow, decides, applies } of leads.get(name) ?? []) {
      if (!applies(facts)) continue
      next.push(flow)
      if (decides) break
    }
  }
  return met
}
