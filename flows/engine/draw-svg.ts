/**
 * Draws a flow as SVG: one column of boxes from top to bottom, jumps in lanes on the right.
 *
 * Marked, in words as well as in colour: steps that nobody reaches, scripts that await their review, and, with
 * counts given, how many of those who were asked wrote no more.
 */
import { reachableSteps } from './check-paths.ts'
import { describeCondition, describeStep, short } from './describe.ts'
import { type Edge, edgesOf, isReviewed } from './draw.ts'
import { type DropOff, describeCount, isMarked, type StepCount, shareOf } from './drop-off.ts'
import { type Flow, isAsking, type Step } from './flow.ts'

const BOX = { width: 430, height: 46, gap: 26, left: 20, top: 90 }
const LANE = 26
/** Letters of a condition that stand above its box. */
const CONDITION_MAX = 72
/** Room for every mark of the legend in one line. */
const LEGEND_WIDTH = 800

export function drawSvg(flow: Flow, dropOff: DropOff = new Map()): string {
  const reached = reachableSteps(flow)
  const y = (index: number): number => BOX.top + index * (BOX.height + BOX.gap)
  const edges = edgesOf(flow).filter((edge) => edge.to !== null)
  const place = new Map(flow.steps.map((step, index) => [step.id, index]))
  const jumps = edges.filter((edge) => place.get(edge.to!) !== place.get(edge.from)! + 1)
  const width = Math.max(LEGEND_WIDTH, BOX.left + BOX.width + 330 + jumps.length * LANE)
  const height = y(flow.steps.length) + 10
  const boxes = flow.steps.map((step, index) =>
    box(step, {
      y: y(index),
      isReached: reached.has(step.id),
      isReviewed: isReviewed(flow),
      count: dropOff.get(`${flow.flow}/${step.id}`),
    }),
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
    `<text x="${BOX.left}" y="52" font-size="12" fill="#575e6b">${legend(flow, dropOff)}</text>`,
    `<g fill="none" stroke="#575e6b" stroke-width="1.4">${[...straight, ...curved.map((one) => one.path)].join('')}</g>`,
    ...boxes,
    ...curved.map((one) => one.label),
    '</svg>',
    '',
  ].join('\n')
}

/** What the marks of this picture mean. */
function legend(flow: Flow, dropOff: DropOff): string {
  const parts = [
    'blue: asks',
    'dashed red: nobody reaches it',
    ...(isReviewed(flow) ? [] : ['brown line: awaits its review']),
    ...(dropOff.size > 0 ? ['bar: share of those asked who wrote no more'] : []),
  ]
  return escaped(parts.join(' · '))
}

interface Box {
  readonly y: number
  readonly isReached: boolean
  readonly isReviewed: boolean
  readonly count: StepCount | undefined
}

function box(step: Step, at: Box): string {
  const fill = isAsking(step) ? '#dce6f7' : 'end' in step || 'become' in step ? '#f4efe6' : '#ffffff'
  const line = at.isReached ? (at.isReviewed ? '#8a8577' : '#7a4b00') : '#a3161a'
  const dash = at.isReached ? '' : ' stroke-dasharray="5 4"'
  const mark = at.isReached ? '' : ' · unreachable'
  const condition =
    step.when === undefined
      ? ''
      : `<text x="${BOX.left + 44}" y="${at.y - 8}" font-size="11" fill="#575e6b">if ${escaped(short(describeCondition(step.when), CONDITION_MAX))}</text>`
  return (
    `<g>${condition}<rect x="${BOX.left}" y="${at.y}" width="${BOX.width}" height="${BOX.height}" rx="10" fill="${fill}" stroke="${line}"${dash}/>` +
    `<text x="${BOX.left + 12}" y="${at.y + 19}" font-weight="600" fill="#1e2430">${escaped(step.id + mark)}</text>` +
    `<text x="${BOX.left + 12}" y="${at.y + 36}" fill="#575e6b">${escaped(describeStep(step))}</text>${stopBar(at)}</g>`
  )
}

/** The share as a bar along the foot of the box, and its numbers beside the name. */
function stopBar({ y, count }: Box): string {
  if (!count) return ''
  const length = Math.round((BOX.width - 24) * shareOf(count))
  const weight = isMarked(count) ? ' font-weight="600"' : ''
  return (
    `<rect x="${BOX.left + 12}" y="${y + BOX.height - 6}" width="${length}" height="4" rx="2" fill="#b3541e"/>` +
    `<text x="${BOX.left + BOX.width - 12}" y="${y + 19}" text-anchor="end" font-size="11"${weight} fill="#7a3a10">${describeCount(count)}</text>`
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
