/**
 * One file from its text: YAML with positions, and messages that say what is wrong and how to mend it.
 */
import { type Document, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import type { Problem } from './library.ts'
import { problem, type Source } from './source.ts'

export interface ScriptFile {
  readonly path: string
  readonly text: string
}

export interface Parsed extends Source {
  readonly content: unknown
}

/** More faults of one part would only repeat the first. */
const FAULTS_AT_MOST = 8

export function parseFile(file: ScriptFile, problems: Problem[]): Parsed | null {
  const lines = new LineCounter()
  const document = parseDocument(file.text, { lineCounter: lines })
  for (const error of document.errors) {
    const { line, col } = lines.linePos(error.pos[0])
    problems.push({
      file: file.path,
      line,
      column: col,
      message: `is not YAML: ${error.message.split('\n')[0]}`,
      severity: 'problem',
    })
  }
  if (document.errors.length > 0) return null
  const locate = (path: readonly PropertyKey[]) => position(document, lines, path)
  return { path: file.path, content: document.toJS(), locate }
}

function position(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
): { line: number; column: number } {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true)
    const range =
      node !== null && typeof node === 'object' && 'range' in node ? (node.range as [number, number, number]) : null
    if (range) {
      const { line, col } = lines.linePos(range[0])
      return { line, column: col }
    }
  }
  return { line: 1, column: 1 }
}

/** Reads one part of a file; what does not fit becomes problems with their places. */
export function parseWith<T>(
  schema: z.ZodType<T>,
  part: { parsed: Parsed; at: readonly PropertyKey[] },
  problems: Problem[],
): T | undefined {
  const { parsed, at } = part
  const content = at.reduce<unknown>((node, key) => (node as Record<PropertyKey, unknown>)[key], parsed.content)
  const result = schema.safeParse(content)
  if (result.success) return result.data
  for (const issue of result.error.issues.slice(0, FAULTS_AT_MOST)) {
    const path = [...at, ...issue.path]
    // A word that is not known is looked for in its own line, not where the step begins.
    const place = issue.code === 'unrecognized_keys' ? [...path, issue.keys[0]!] : path
    problems.push(problem(parsed, place, explain(issue, path)))
  }
  return undefined
}

/** Says what is wrong and how to mend it; the path tells which text lacks its other language. */
function explain(issue: z.core.$ZodIssue, path: readonly PropertyKey[]): string {
  const name = String(path.at(-1) ?? 'file')
  if ((name === 'en' || name === 'es') && issue.code === 'invalid_type') {
    return `the ${name === 'es' ? 'Spanish' : 'English'} words are missing: add \`${name}:\` beside the other language`
  }
  if (issue.code === 'unrecognized_keys')
    return `unknown word ${issue.keys.map((key) => `\`${key}\``).join(', ')}: check the spelling or remove it`
  if (issue.code === 'invalid_value') return `\`${name}\` must be one of ${issue.values.join(', ')}`
  if (issue.code === 'invalid_union') {
    return `\`${name}\` is no condition: use { answer: NAME, is | in | below | above | known | refused: … }, { about: TOPIC, is | in: … }, all, any or not`
  }
  if (name === 'score') return 'this option has no score: give it a whole number, 0 or more'
  if (issue.code === 'invalid_type') return `\`${name}\` is missing or of the wrong kind: expected ${issue.expected}`
  return `\`${name}\`: ${issue.message}`
}
