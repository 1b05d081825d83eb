/**
 * Draws a flow: as Mermaid text for documents and as SVG for a page, with marks on steps that nobody
 * reaches and on scripts that no clinician has reviewed.
 */
import { followers, reachableSteps } from './check-paths.ts'
import { describeCondition, describeStep, short } from './describe.ts'
import { type Flow, isAsking, type Step } from './flow.ts'

interface Edge {
  readonly from: string
  /** null = back to the flow that called this one. */
  readonly to: string | null
  readonly label: string
}

const RETURN = 'return'

export function drawMermaid(flow: Flow): string {
  const reached = reachableSteps(flow)
  const nodes = flow.steps.map((step) => `  ${nodeName(step.id)}${shape(step)}`)
  const edges = edgesOf(flow).map((edge) => {
    const label = edge.label === '' ? '' : `|"${quoted(edge.label)}"|`
    return `  ${nodeName(edge.from)} -->${label} ${nodeName(edge.to ?? RETURN)}`
  })
  const lost = flow.steps
    .filter((step) => !reached.has(step.id))
    .map((step) => `  class ${nodeName(step.id)} unreachable`)
  const marks = [
    '  classDef unreachable stroke:#a3161a,stroke-dasharray:4 3',
    '  classDef unreviewed stroke:#7a4b00,stroke-width:2px',
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
    '',
  ].join('\n')
}

function isReviewed(flow: Flow): boolean {
  return flow.review !== 'awaiting-review'
}

function edgesOf(flow: Flow): Edge[] {
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

function shape(step: Step): string {
  const label = quoted(`${step.id}<br/>${describeStep(step)}`)
  if (isAsking(step)) return `["${label}"]`
  if ('branch' in step) return `{"${label}"}`
  return 'end' in step || 'become' in step ? `(["${label}"])` : `("${label}")`
}

function quoted(text: string): string {
  return text.replaceAll('"', "'")
}

const BOX = { width: 340, height: 46, gap: 26, left: 20, top: 56 }
const LANE = 26

/** One column of boxes from top to bottom; jumps run in lanes on the right. */
export function drawSvg(flow: Flow): string {
  const reached = reachableSteps(flow)
  const y = (index: number): number => BOX.top + index * (BOX.height + BOX.gap)
  const edges = edgesOf(flow).filter((edge) => edge.to !== null)
  const place = new Map(flow.steps.map((step, index) => [step.id, index]))
  const jumps = edges.filter((edge) => place.get(edge.to!) !== place.get(edge.from)! + 1)
  const width = BOX.left + BOX.width + 240 + jumps.length * LANE
  const height = y(flow.steps.length) + 10
  const boxes = flow.steps.map((step, index) =>
    box(step, { y: y(index), isReached: reached.has(step.id), isReviewed: isReviewed(flow) }),
  )
  const straight = edges
    .filter((edge) => !jumps.includes(edge))
    .map(
      (edge) =>
        `<path d="M${BOX.left + 30} ${y(place.get(edge.from)!) + BOX.height} v${BOX.gap}" marker-end="url(#arrow)"/>`,
    )
  const curved = jumps.map((edge, lane) =>
    curve(edge, { from: y(place.get(edge.from)!), to: y(place.get(edge.to!) ?? 0), lane }),
  )
  const title = `${flow.flow}: ${flow.title.en}${isReviewed(flow) ? '' : ' (awaiting review)'}`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}" font-family="system-ui, sans-serif" font-size="13">`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#575e6b"/></marker></defs>',
    `<rect width="${width}" height="${height}" fill="#fffcf7"/>`,
    `<text x="${BOX.left}" y="30" font-size="18" font-weight="600" fill="#1e2430">${escaped(title)}</text>`,
    `<g fill="none" stroke="#575e6b" stroke-width="1.4">${[...straight, ...curved.map((one) => one.path)].join('')}</g>`,
    ...boxes,
    ...curved.map((one) => one.label),
    '</svg>',
    '',
  ].join('\n')
}

function box(step: Step, at: { y: number; isReached: boolean; isReviewed: boolean }): string {
  const fill = isAsking(step) ? '#dce6f7' : 'end' in step || 'become' in step ? '#f4efe6' : '#ffffff'
  const line = at.isReached ? (at.isReviewed ? '#8a8577' : '#7a4b00') : '#a3161a'
  const dash = at.isReached ? '' : ' stroke-dasharray="5 4"'
  const mark = at.isReached ? '' : ' · unreachable'
  return (
    `<g><rect x="${BOX.left}" y="${at.y}" width="${BOX.width}" height="${BOX.height}" rx="10" fill="${fill}" stroke="${line}"${dash}/>` +
    `<text x="${BOX.left + 12}" y="${at.y + 19}" font-weight="600" fill="#1e2430">${escaped(step.id + mark)}</text>` +
    `<text x="${BOX.left + 12}" y="${at.y + 36}" fill="#575e6b">${escaped(describeStep(step))}</text></g>`
  )
}

function curve(edge: Edge, at: { from: number; to: number; lane: number }): { path: string; label: string } {
  const x = BOX.left + BOX.width
  const out = x + 20 + at.lane * LANE
  const start = at.from + BOX.height / 2
  const end = at.to + BOX.height / 2
  const words =
    edge.label === ''
      ? ''
      : `<text x="${out + 5}" y="${start - 5}" font-size="11" fill="#1e2430">${escaped(short(edge.label))}</text>`
  return { path: `<path d="M${x} ${start} H${out} V${end} H${x}" marker-end="url(#arrow)"/>`, label: words }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
