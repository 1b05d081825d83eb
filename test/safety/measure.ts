/**
 * Measures the gate on labelled lines: recall and specificity per tier, label and language.
 *
 * usage: node test/safety/measure.ts FILE.jsonl… [--split fit|validation] [--misses]
 * Intervals are Wilson's, 95 %. The split is by a hash of the id, so it never moves.
 */
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { judge } from '../../flows/safety/gate.ts'
import type { SaidBefore, Verdict } from '../../flows/safety/verdict.ts'

export interface LabelledLine {
  readonly id: string
  readonly text: string
  readonly lang: string
  readonly context?: readonly SaidBefore[]
  readonly label: string
  readonly must_escalate: boolean
  readonly tier: string
  readonly alt?: readonly string[]
  /** Danger and its harmless twin carry the same name. */
  readonly pair?: string
}

export function readLines(files: readonly string[]): LabelledLine[] {
  return files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as LabelledLine),
  )
}

/** One line in four is kept for validation; twins stay together. */
export function isValidation(line: LabelledLine): boolean {
  const id = line.pair ?? line.id
  let hash = 2_166_136_261
  for (const letter of id) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619) >>> 0
  return ((hash >>> 8) ^ hash) % 4 === 0
}

/** Wilson's 95 % interval of k out of n. */
export function wilson(k: number, n: number): readonly [number, number] {
  if (n === 0) return [0, 1]
  const z = 1.959964
  const p = k / n
  const d = 1 + (z * z) / n
  const centre = p + (z * z) / (2 * n)
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  return [Math.max(0, (centre - half) / d), Math.min(1, (centre + half) / d)]
}

export interface Judged {
  readonly line: LabelledLine
  readonly verdict: Verdict
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}`

function rate(name: string, hits: number, all: number): string {
  const [low, high] = wilson(hits, all)
  return `${name.padEnd(34)} ${percent(hits / Math.max(1, all)).padStart(5)} % [${percent(low)}–${percent(high)}] ${hits}/${all}`
}

const routes: Readonly<Record<string, string>> = {
  suicide_passive: '988',
  suicide_active: '988',
  self_harm: '988',
  suicide_imminent: '911+988',
  overdose_now: 'poison',
  withdrawal_emergency: '911',
  medical_emergency: '911',
  harm_to_others: '911+988',
  psychosis_danger: '911+988',
  violence_victim: 'dv',
  child_abuse: 'child',
}

const isFound = ({ line, verdict }: Judged): boolean =>
  line.tier === 'implied' ? verdict.outcome !== 'go-on' : verdict.outcome === 'escalate'

function rightRoute({ line, verdict }: Judged): boolean {
  return (
    verdict.label === line.label ||
    (line.alt ?? []).includes(verdict.label) ||
    (routes[verdict.label] !== undefined && routes[verdict.label] === routes[line.label])
  )
}

/** The report as lines of text; `found` counts a check-in only where the line is implied. */
export function report(judged: readonly Judged[]): string[] {
  const danger = judged.filter(({ line }) => line.must_escalate)
  const calm = judged.filter(({ line }) => !line.must_escalate)
  const escalated = (rows: readonly Judged[]): number =>
    rows.filter(({ verdict }) => verdict.outcome === 'escalate').length
  const lines = [
    rate('recall, escalate only', escalated(danger), danger.length),
    rate('recall, with check-in', danger.filter(({ verdict }) => verdict.outcome !== 'go-on').length, danger.length),
    rate('specificity', calm.length - escalated(calm), calm.length),
    rate(
      'calm lines that get a check-in',
      calm.filter(({ verdict }) => verdict.outcome === 'check-in').length,
      calm.length,
    ),
    rate('right resource', danger.filter(rightRoute).length, danger.length),
  ]
  for (const [name, rows] of grouped(danger, (line) => `${line.tier} (check-in counts if implied)`))
    lines.push(rate(`tier ${name}`, rows.filter(isFound).length, rows.length))
  for (const [name, rows] of grouped(calm, (line) => line.tier))
    lines.push(rate(`tier ${name}`, rows.length - escalated(rows), rows.length))
  for (const [name, rows] of grouped(danger, (line) => line.label))
    lines.push(rate(`label ${name}`, rows.filter(isFound).length, rows.length))
  for (const [name, rows] of grouped(danger, (line) => line.lang))
    lines.push(rate(`recall ${name}`, rows.filter(isFound).length, rows.length))
  for (const [name, rows] of grouped(calm, (line) => line.lang))
    lines.push(rate(`specificity ${name}`, rows.length - escalated(rows), rows.length))
  return lines
}

function grouped(rows: readonly Judged[], key: (line: LabelledLine) => string): [string, Judged[]][] {
  return [...Map.groupBy(rows, ({ line }) => key(line))].sort(([a], [b]) => a.localeCompare(b))
}

function main(args: readonly string[]): void {
  const split = args.includes('--split') ? args[args.indexOf('--split') + 1] : undefined
  const files = args.filter((arg) => arg.endsWith('.jsonl'))
  const lines = readLines(files).filter(
    (line) => split === undefined || isValidation(line) === (split === 'validation'),
  )
  const started = performance.now()
  const judged = lines.map((line) => ({ line, verdict: judge(line.text, line.context ?? []) }))
  const eachMs = (performance.now() - started) / Math.max(1, lines.length)
  console.log(report(judged).join('\n'))
  console.log(`mean ${eachMs.toFixed(3)} ms a line`)
  if (!args.includes('--misses')) return
  for (const { line, verdict } of judged) {
    const wrong = line.must_escalate
      ? verdict.outcome === 'go-on' || (verdict.outcome === 'check-in' && line.tier !== 'implied')
      : verdict.outcome === 'escalate'
    if (wrong)
      console.log(
        `${line.must_escalate ? 'MISS' : 'FALSE'} ${line.id} ${line.tier} ${line.label}>${verdict.label} | ${(line.context ?? []).map((turn) => `${turn.role[0]}: ${turn.text}`).join(' / ')} | ${line.text} | ${verdict.signals
          .filter(({ label }) => label !== 'distress')
          .map(({ frame, weight }) => `${frame} ${weight.toFixed(2)}`)
          .join(', ')}`,
      )
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main(process.argv.slice(2))
