/**
 * Where a flow leads: steps nobody reaches, circles without a question, endings that no person sees.
 */
import { type Flow, isAsking, type Step } from './flow.ts'
import { CLOSING_FLOW, COME_BACK_FLOW, type FlowLibrary, type Problem, ROOT_FLOW, SAVE_FLOW } from './library.ts'
import { problem, type Source, type Sources } from './source.ts'

/** Begun by what a visitor writes, from any place. */
const calledByCommand: ReadonlySet<string> = new Set([SAVE_FLOW, COME_BACK_FLOW])

export function checkPaths(library: FlowLibrary, sources: Sources): Problem[] {
  const used = usedFlows(library)
  return sources.flows.flatMap(([flow, source]) => [
    ...(used.has(flow.flow) || calledByCommand.has(flow.flow)
      ? []
      : [
          problem(
            source,
            ['flow'],
            `no script leads to the flow \`${flow.flow}\`: call it from another flow or remove it`,
          ),
        ]),
    ...unreachable(flow, source),
    ...circles(flow, source),
    ...endings(library, flow, source),
  ])
}

/** Flows that can be reached from the root; the closing flow comes after every ending. */
function usedFlows(library: FlowLibrary): ReadonlySet<string> {
  const used = new Set<string>()
  const visit = (name: string): void => {
    if (used.has(name)) return
    used.add(name)
    for (const step of library.flows.get(name)?.steps ?? []) {
      if ('call' in step) visit(step.call)
      if ('become' in step) visit(step.become)
    }
  }
  visit(ROOT_FLOW)
  visit(CLOSING_FLOW)
  return used
}

/** The steps that may follow within the flow; `null` = the flow returns to its caller. */
export function followers(flow: Flow, index: number): (string | null)[] {
  const step = flow.steps[index]!
  const next = flow.steps[index + 1]?.id ?? null
  const passes = step.when === undefined ? [] : [next]
  if ('go' in step) return [step.go, ...passes]
  if ('become' in step || 'end' in step) return passes
  if (!('branch' in step)) return [next]
  const isOpen = step.branch.every((one) => one.when !== undefined)
  return [...step.branch.map((one) => one.go), ...(isOpen ? [next] : passes)]
}

export function reachableSteps(flow: Flow): ReadonlySet<string> {
  const reached = new Set<string>()
  const visit = (id: string | null): void => {
    const index = flow.steps.findIndex((step) => step.id === id)
    if (index === -1 || reached.has(flow.steps[index]!.id)) return
    reached.add(flow.steps[index]!.id)
    for (const next of followers(flow, index)) visit(next)
  }
  visit(flow.steps[0]!.id)
  return reached
}

function unreachable(flow: Flow, source: Source): Problem[] {
  const reached = reachableSteps(flow)
  return flow.steps.flatMap((step, index) =>
    reached.has(step.id)
      ? []
      : [
          problem(
            source,
            ['steps', index],
            `nothing leads to the step \`${step.id}\`: go to it from another step or remove it`,
          ),
        ],
  )
}

/** A circle must pass a question, or a visitor would never be asked anything again. */
function circles(flow: Flow, source: Source): Problem[] {
  const silent = (id: string | null, path: readonly string[]): string | null => {
    if (id === null) return null
    if (path.includes(id)) return id
    const index = flow.steps.findIndex((step) => step.id === id)
    const step = flow.steps[index]
    if (!step || isAsking(step)) return null
    for (const next of followers(flow, index)) {
      const found = silent(next, [...path, id])
      if (found !== null) return found
    }
    return null
  }
  return flow.steps.flatMap((step, index) => {
    const isStart = !isAsking(step) && silent(step.id, []) === step.id
    return isStart
      ? [
          problem(
            source,
            ['steps', index],
            `from \`${step.id}\` the script runs in a circle without a question: add an ask or a way out`,
          ),
        ]
      : []
  })
}

/** "handed-off" is a promise: a lead must have been opened on the way. */
function endings(library: FlowLibrary, flow: Flow, source: Source): Problem[] {
  const opensLead = (steps: readonly Step[]): boolean =>
    steps.some((step) => 'effect' in step && step.effect.type === 'open-lead')
  return flow.steps.flatMap((step, index) => {
    if (!('end' in step)) return []
    const isKept = step.end !== 'handed-off' || opensLead(flow.steps.slice(0, index))
    if (!isKept)
      return [
        problem(
          source,
          ['steps', index],
          'this path never reaches a person: put `effect: { type: open-lead }` before `end: handed-off`',
        ),
      ]
    return library.flows.has(CLOSING_FLOW)
      ? []
      : [problem(source, ['steps', index], 'after this ending nothing is asked: add the flow `closing`')]
  })
}
