/**
 * Every regular expression of the product, put before a checker (scslre): those written in its sources, and those
 * that it puts together from words when it starts.
 */
import { analyse } from 'scslre'
import { sourceFiles, visit } from '../guarantees/source-files.ts'

export interface Expression {
  readonly path: string
  readonly source: string
  readonly flags: string
}

export interface Judged extends Expression {
  /** What a crafted text makes of it; `unknown` = the checker does not know this syntax. */
  readonly verdict: 'linear' | 'polynomial' | 'exponential' | 'unknown'
  /** Characters that, repeated, make it slow. */
  readonly worst: readonly string[]
}

export function writtenExpressions(): Expression[] {
  const files = sourceFiles().filter(({ path }) => /^(bot|flows|knowledge|widget)\//.test(path))
  return files.flatMap((file) => {
    const found: Expression[] = []
    visit(file.ast, (node) => {
      const regex = node.regex as { pattern: string; flags: string } | undefined
      if (node.type === 'Literal' && regex) found.push({ path: file.path, source: regex.pattern, flags: regex.flags })
    })
    return found
  })
}

/** Whatever is given to `new RegExp` while the product is loaded and reads its scripts and facts. */
export async function builtExpressions(load: () => Promise<unknown>): Promise<Expression[]> {
  const found: Expression[] = []
  const real = globalThis.RegExp
  globalThis.RegExp = new Proxy(real, {
    construct(target, given: [string | RegExp, string?], newTarget) {
      const made = Reflect.construct(target, given, newTarget)
      found.push({ path: 'built', source: made.source, flags: made.flags })
      return made
    },
  })
  try {
    await load()
  } finally {
    globalThis.RegExp = real
  }
  return found
}

export function judge(all: readonly Expression[]): Judged[] {
  const different = new Map(all.map((one) => [`/${one.source}/${one.flags}`, one]))
  return [...different.values()].map(judgeOne)
}

function judgeOne(one: Expression): Judged {
  try {
    const { reports } = analyse({ source: one.source, flags: one.flags.replace('d', '') })
    const isExponential = reports.some(({ exponential }) => exponential)
    const verdict = isExponential ? 'exponential' : reports.length > 0 ? 'polynomial' : 'linear'
    return { ...one, verdict, worst: reports.map(({ character }) => character.pick) }
  } catch {
    return { ...one, verdict: 'unknown', worst: [] }
  }
}
