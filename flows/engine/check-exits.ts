/**
 * Ways out: no flow that calls itself, no circle of questions without an exit, no path without an ending.
 */
import { followers, reachableSteps } from './check-paths.ts'
import { type Flow, isAsking } from './flow.ts'
import { CLOSING_FLOW, type FlowLibrary, indexOf, type Problem, ROOT_FLOW } from './library.ts'
import { problem, type Source, type Sources } from './source.ts'

export function checkExits(library: FlowLibrary, sources: Sources): Problem[] {
  const last = flowsWithoutCaller(library)
  return sources.flows.flatMap(([flow, source]) => [
    ...callsItself(library, flow, source),
    ...becomesItself(library, flow, source),
    ...(flow.flow === CLOSING_FLOW ? [] : trapped(flow, source)),
    ...(last.has(flow.flow) ? withoutEnding(flow, source) : []),
  ])
}

/** A called flow that calls back would pile up returns for ever. */
function callsItself(library: FlowLibrary, flow: Flow, source: Source): Problem[] {
  return flow.steps.flatMap((step, index) => {
    if (!('call' in step)) return []
    const way = wayBack(library, step.call, flow.flow)
    return way === null
      ? []
      : [
          problem(
            source,
            ['steps', index, 'call'],
            `this calls in a circle (${[flow.flow, ...way].join(' → ')}): leave one of the calls out, or use \`become\``,
          ),
        ]
  })
}

/** The chain of calls from one flow to another, or null. */
function wayBack(library: FlowLibrary, from: string, to: string): string[] | null {
  const seen = new Set<string>()
  const visit = (name: string): string[] | null => {
    if (name === to) return [to]
    if (seen.has(name)) return null
    seen.add(name)
    for (const step of library.flows.get(name)?.steps ?? []) {
      const way = 'call' in step ? visit(step.call) : null
      if (way) return [name, ...way]
    }
    return null
  }
  return visit(from)
}

/** A chain of `become` that comes back without a question on the way would never stop. */
function becomesItself(library: FlowLibrary, flow: Flow, source: Source): Problem[] {
  if (flow.flow === ROOT_FLOW) return []
  const reached = new Set<string>()
  const visit = (name: string): void => {
    for (const next of silentlyBecomes(library, name)) {
      if (reached.has(next)) continue
      reached.add(next)
      visit(next)
    }
  }
  visit(flow.flow)
  if (!reached.has(flow.flow)) return []
  const index = flow.steps.findIndex((step) => 'become' in step)
  return [
    problem(
      source,
      ['steps', index],
      `\`${flow.flow}\` becomes itself again without a question on the way: ask something, or end`,
    ),
  ]
}

function silentlyBecomes(library: FlowLibrary, name: string): string[] {
  const flow = library.flows.get(name)
  if (!flow || name === ROOT_FLOW) return []
  const found: string[] = []
  const seen = new Set<string>()
  const visit = (id: string | null): void => {
    const index = id === null ? -1 : indexOf(flow, id)
    const step = flow.steps[index]
    if (!step || seen.has(step.id) || isAsking(step) || ('call' in step && asksSomething(library, step.call))) return
    seen.add(step.id)
    if ('become' in step) found.push(step.become)
    for (const next of followers(flow, index)) visit(next)
  }
  visit(flow.steps[0]!.id)
  return found
}

function asksSomething(library: FlowLibrary, name: string): boolean {
  return library.flows.get(name)?.steps.some(isAsking) ?? false
}

/** From every step the flow's end, another flow or the caller must be within reach. */
function trapped(flow: Flow, source: Source): Problem[] {
  const leaving = new Set<string>()
  for (let grown = -1; grown < leaving.size; ) {
    grown = leaving.size
    flow.steps.forEach((step, index) => {
      const isOut = 'end' in step || 'become' in step
      if (isOut || followers(flow, index).some((next) => next === null || leaving.has(next))) leaving.add(step.id)
    })
  }
  const reached = reachableSteps(flow)
  const index = flow.steps.findIndex((step) => reached.has(step.id) && !leaving.has(step.id))
  if (index === -1) return []
  const { id } = flow.steps[index]!
  return [
    problem(source, ['steps', index], `from \`${id}\` there is no way out of this flow: add a branch that leaves it`),
  ]
}

/** The root, and what it becomes: nobody is left to return to. */
function flowsWithoutCaller(library: FlowLibrary): ReadonlySet<string> {
  const last = new Set<string>()
  const visit = (name: string): void => {
    if (last.has(name)) return
    last.add(name)
    for (const step of library.flows.get(name)?.steps ?? []) if ('become' in step) visit(step.become)
  }
  visit(ROOT_FLOW)
  return last
}

function withoutEnding(flow: Flow, source: Source): Problem[] {
  const reached = reachableSteps(flow)
  return flow.steps.flatMap((step, index) =>
    reached.has(step.id) && followers(flow, index).includes(null)
      ? [
          problem(
            source,
            ['steps', index],
            `after \`${step.id}\` this path has no ending: add \`end:\` with its disposition, or \`become:\``,
          ),
        ]
      : [],
  )
}
