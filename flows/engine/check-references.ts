/**
 * Every name in a script must lead somewhere: steps, flows, instruments and their items.
 */
import type { Sources } from './check.ts'
import type { Flow, Step } from './flow.ts'
import { CLOSING_FLOW, type FlowLibrary, itemOf, type Problem, ROOT_FLOW } from './library.ts'
import { problem, type Source } from './read.ts'

export function checkReferences(library: FlowLibrary, sources: Sources): Problem[] {
  const problems = [...sources.flows].flatMap(([flow, source]) => flowProblems(library, flow, source))
  for (const name of [ROOT_FLOW, CLOSING_FLOW]) {
    if (!library.flows.has(name)) problems.push({ file: 'flows/scripts', line: 1, column: 1, message: `the flow \`${name}\` is missing: every conversation needs it`, severity: 'problem' })
  }
  return problems
}

function flowProblems(library: FlowLibrary, flow: Flow, source: Source): Problem[] {
  const ids = flow.steps.map((step) => step.id)
  return flow.steps.flatMap((step, index) => {
    const at = ['steps', index] as const
    const found: Problem[] = []
    if (ids.indexOf(step.id) !== index) found.push(problem(source, [...at, 'id'], `the step \`${step.id}\` exists twice in this flow: give one of them another name`))
    for (const [target, path] of stepTargets(step)) {
      if (!ids.includes(target)) found.push(problem(source, [...at, ...path], `there is no step \`${target}\` in this flow: use one of ${ids.join(', ')}`))
    }
    const flowName = 'call' in step ? step.call : 'become' in step ? step.become : null
    if (flowName !== null && !library.flows.has(flowName)) {
      found.push(problem(source, [...at, 'call' in step ? 'call' : 'become'], `there is no flow \`${flowName}\`: use one of ${[...library.flows.keys()].join(', ')}`))
    }
    if ('item' in step && !itemOf(library, step.item)) {
      found.push(problem(source, [...at, 'item'], `there is no item \`${step.item.item}\` in an instrument \`${step.item.instrument}\`: check flows/instruments`))
    }
    return found
  })
}

function stepTargets(step: Step): (readonly [string, readonly PropertyKey[]])[] {
  if ('go' in step) return [[step.go, ['go']]]
  return 'branch' in step ? step.branch.map((one, index) => [one.go, ['branch', index, 'go']] as const) : []
}
