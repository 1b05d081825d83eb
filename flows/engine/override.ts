/**
 * A program's own words and steps, laid over the shared scripts without touching them.
 *
 * An override becomes a variant for that program, and an added step gets the condition that it is that
 * program: so the checks, the drawings and the explorer see it like any other.
 */
import { z } from 'zod'
import type { Condition } from './condition.ts'
import { type Flow, Step, StepId } from './flow.ts'
import type { Problem } from './library.ts'
import { problem, type Source } from './source.ts'
import { Pair, type Text } from './words.ts'

export const Override = z.strictObject({
  /** The program's id. */
  overrides: z.string(),
  review: z.literal('awaiting-review'),
  /** `flow/step` → other words for what the step says or asks. */
  words: z.record(z.string().regex(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/), Pair).default({}),
  insert: z.array(z.strictObject({ flow: StepId, after: StepId, step: Step })).default([]),
})
export type Override = z.infer<typeof Override>

/** @returns the flows with the override in them; places that do not exist become problems. */
export function applyOverride(
  flows: readonly Flow[],
  override: Override,
  where: { source: Source; problems: Problem[] },
): Flow[] {
  const { source, problems } = where
  let result = [...flows]
  for (const [place, pair] of Object.entries(override.words)) {
    const [flowName, stepName] = place.split('/')
    const changed = result.map((flow) =>
      flow.flow === flowName ? reworded(flow, stepName!, { ...pair, program: override.overrides }) : flow,
    )
    if (changed.every((flow, index) => flow === result[index])) {
      problems.push(
        problem(
          source,
          ['words', place],
          `there is no step \`${place}\` that says or asks something: check the flow and the step`,
        ),
      )
    }
    result = changed
  }
  return insertSteps(result, override, where)
}

function insertSteps(
  flows: readonly Flow[],
  override: Override,
  where: { source: Source; problems: Problem[] },
): Flow[] {
  const { source, problems } = where
  let result = [...flows]
  override.insert.forEach((one, index) => {
    const flow = result.find((candidate) => candidate.flow === one.flow)
    if (!flow?.steps.some((step) => step.id === one.after)) {
      problems.push(
        problem(
          source,
          ['insert', index],
          `there is no step \`${one.flow}/${one.after}\` to insert after: check the flow and the step`,
        ),
      )
      return
    }
    result = result.map((candidate) =>
      candidate === flow ? inserted(flow, one.after, guarded(one.step, override.overrides)) : candidate,
    )
  })
  return result
}

function reworded(flow: Flow, stepName: string, variant: Pair & { program: string }): Flow {
  const index = flow.steps.findIndex((step) => step.id === stepName)
  const step = flow.steps[index]
  if (!step || !('say' in step || 'ask' in step)) return flow
  const first = (text: Text): Text => ({ ...text, variants: [variant, ...(text.variants ?? [])] })
  const changed = 'say' in step ? { ...step, say: first(step.say) } : { ...step, ask: first(step.ask) }
  return { ...flow, steps: flow.steps.with(index, changed) }
}

function inserted(flow: Flow, after: string, step: Step): Flow {
  const index = flow.steps.findIndex((one) => one.id === after)
  return { ...flow, steps: flow.steps.toSpliced(index + 1, 0, step) }
}

function guarded(step: Step, program: string): Step {
  const own: Condition = { about: 'program', is: program }
  return { ...step, when: step.when === undefined ? own : { all: [own, step.when] } }
}
