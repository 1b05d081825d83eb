/**
 * Draws a flow as Mermaid text for documents, with marks on steps that nobody reaches, on scripts that no
 * clinician has reviewed and, with counts given, where people stop. As a picture: `draw-svg.ts`.
 */
import { followers, reachableSteps } from './check-paths.ts'
import { describeCondition, describeStep } from './describe.ts'
import { type DropOff, describeCount, isMarked, type StepCount } from './drop-off.ts'
import { type Flow, isAsking, type Step } from './flow.ts'

export interface Edge {
  readonly from: string
  /** null = back to the flow that called this one. */
  readonly to: string | null
  readonly label: string
}

const RETURN = 'return'

export function drawMermaid(flow: Flow, dropOff: DropOff = new Map()): string {
  const reached = reachableSteps(flow)
  const countOf = (step: Step): StepCount | undefined => dropOff.get(`${flow.flow}/${step.id}`)
  const nodes = flow.steps.map((step) => `  ${nodeName(step.id)}${shape(step, countOf(step))}`)
  const edges = edgesOf(flow).map((edge) => {
    const label = edge.label === '' ? '' : `|"${quoted(edge.label)}"|`
    return `  ${nodeName(edge.from)} -->${label} ${nodeName(edge.to ?? RETURN)}`
  })
  const lost = flow.steps
    .filter((step) => !reached.has(step.id))
    .map((step) => `  class ${nodeName(step.id)} unreachable`)
  const stopping = flow.steps
    .filter((step) => isMarked(countOf(step) ?? { asked: 0, stopped: 0 }))
    .map((step) => `  class ${nodeName(step.id)} dropoff`)
  const marks = [
    '  classDef unreachable stroke:#a3161a,stroke-dasharray:4 3',
    '  classDef unreviewed stroke:#7a4b00,stroke-width:2px',
    '  classDef dropoff fill:#f6d9b8,stroke-width:4px',
  ]
  const awaiting = isReviewed(flow)
    ? []
    : [`  class ${flow.steps.map((step) => nodeName(step.id)).join(',')} unreviewed`]
  const back = edgesOf(flow).some((edge) => edge.to === null) ? [`  ${nodeName(RETURN)}(["return"])`] : []
  return [
    `---`,
    `title: ${flow.flow}${isReviewed(flow) ? '' : ' (awaiting review)'}`,
    `---`,
    'flowchart TD',
    ...nodes,
    ...back,
    ...edges,
    ...marks,
    ...awaiting,
    ...lost,
    ...stopping,
    '',
  ].join('\n')
}

export function isReviewed(flow: Flow): boolean {
  return flow.review !== 'awaiting-review'
}

/** Every way on from every step. */
export function edgesOf(flow: Flow): Edge[] {
  return flow.steps.flatMap((step, index) => {
    const skip: Edge[] =
      step.when === undefined
        ? []
        : [{ from: step.id, to: flow.steps[index + 1]?.id ?? null, label: `unless ${describeCondition(step.when)}` }]
    if ('branch' in step) {
      const ways = step.branch.map((one) => ({
        from: step.id,
        to: one.go,
        label: one.when === undefined ? 'else' : describeCondition(one.when),
      }))
      return [...ways, ...skip]
    }
    const jumps = followers(flow, index)
    const own = 'end' in step || 'become' in step ? [] : [{ from: step.id, to: jumps[0] ?? null, label: '' }]
    return [...own, ...skip.filter((edge) => own.every((one) => one.to !== edge.to))]
  })
}

/** Mermaid keeps words such as `end` for itself. */
function nodeName(id: string): string {
  return `s_${id.replaceAll('-', '_')}`
}

function shape(step: Step, count: StepCount | undefined): string {
  const stopped = count ? `<br/>${describeCount(count)}` : ''
  const label = quoted(`${step.id}<br/>${describeStep(step)}${stopped}`)
  if (isAsking(step)) return `["${label}"]`
  if ('branch' in step) return `{"${label}"}`
  return 'end' in step || 'become' in step ? `(["${label}"])` : `("${label}")`
}

function quoted(text: string): string {
  return text.replaceAll('"', "'")
}
