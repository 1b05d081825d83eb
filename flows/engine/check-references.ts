/**
 * Every name in a script must lead somewhere: steps, flows, instruments and their items.
 */
import type { Flow, Step } from './flow.ts'
import { CLOSING_FLOW, type FlowLibrary, itemOf, type Problem, ROOT_FLOW } from './library.ts'
import { problem, type Source, type Sources } from './source.ts'

export function checkReferences(library: FlowLibrary, sources: Sources): Problem[] {
  const problems = [...sources.flows].flatMap(([flow, source]) => flowProblems(library, flow, source))
  for (const name of [ROOT_FLOW, CLOSING_FLOW]) {
    if (!library.flows.has(name))
      problems.push({
        file: 'flows/scripts',
        line: 1,
        column: 1,
        message: `the flow \`${name}\` is missing: every conversation needs it`,
        severity: 'problem',
      })
  }
  return problems
}

function flowProblems(library: FlowLibrary, flow: Flow, source: Source): Problem[] {
  const ids = flow.steps.map((step) => step.id)
  return flow.steps.flatMap((step, index) => {
    const at = ['steps', index] as const
    const twice =
      ids.indexOf(step.id) === index
        ? []
        : [
            problem(
              source,
              [...at, 'id'],
              `the step \`${step.id}\` exists twice in this flow: give one of them another name`,
            ),
          ]
    const lost = stepTargets(step)
      .filter(([target]) => !ids.includes(target))
      .map(([target, path]) =>
        problem(source, [...at, ...path], `there is no step \`${target}\` in this flow: use one of ${ids.join(', ')}`),
      )
    return [...twice, ...lost, ...unknownNames(library, step, { source, at })]
  })
}

function unknownNames(
  library: FlowLibrary,
  step: Step,
  where: { source: Source; at: readonly PropertyKey[] },
): Problem[] {
  const { source, at } = where
  const key = 'call' in step ? 'call' : 'become'
  const name = 'call' in step ? step.call : 'become' in step ? step.become : null
  if (name !== null && !library.flows.has(name)) {
    return [
      problem(source, [...at, key], `there is no flow \`${name}\`: use one of ${[...library.flows.keys()].join(', ')}`),
    ]
  }
  if (!('item' in step) || itemOf(library, step.item)) return []
  const { instrument, item } = step.item
  return [
    problem(
      source,
      [...at, 'item'],
      `there is no item \`${item}\` in an instrument \`${instrument}\`: check flows/instruments`,
    ),
  ]
}

function stepTargets(step: Step): (readonly [string, readonly PropertyKey[]])[] {
  if ('go' in step) return [[step.go, ['go']]]
  return 'branch' in step ? step.branch.map((one, index) => [one.go, ['branch', index, 'go']] as const) : []
}
