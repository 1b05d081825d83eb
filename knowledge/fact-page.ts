/**
 * The fact page: reads one facts/*.md into facts, gaps and blocked claims, each with its line.
 *
 * Markdown with a small head, so that a person without a programmer can read a page of facts top to
 * bottom and sign it; a reader of our own, because a hundred programs must load in half a second.
 */
import { BlockedClaim, Fact, Gap, type Quote, type Value } from './fact.ts'

/** One mistake in a file: where it is, what it is and how to mend it. */
export interface Problem {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: string
  readonly severity: 'problem' | 'warning'
}

export interface FactPage {
  readonly facts: Fact[]
  readonly gaps: Gap[]
  readonly blocked: BlockedClaim[]
  readonly problems: Problem[]
  /** The line of each entry's heading, by id. */
  readonly lines: Map<string, number>
}

interface Entry {
  readonly slug: string
  readonly line: number
  readonly fields: Map<string, { readonly text: string; readonly line: number }>
  readonly quotes: Quote[]
}

const known = new Set(
  'asks value modality scope subject en es try prueba blocked unknown near contradicts reviewBy reviewed owner retrievedAt source'.split(
    ' ',
  ),
)

/** @param program - the id that all entries' ids begin with. */
export function readFactPage(program: string, file: string, text: string): FactPage {
  const page: FactPage = { facts: [], gaps: [], blocked: [], problems: [], lines: new Map() }
  const binary = binaryAt(text)
  if (binary !== null) {
    page.problems.push(
      problem(file, binary, 'this is no text: save the page as plain UTF-8 text, or take the file out'),
    )
    return page
  }
  const { head, entries } = split(text, (line, message) => page.problems.push(problem(file, line, message)))
  for (const entry of entries) {
    const id = `${program}.${entry.slug}`
    page.lines.set(id, entry.line)
    const made = make(id, entry, head)
    const parsed = made.schema.safeParse(made.value)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!
      const field = String(issue.path[0] ?? '')
      const line = entry.fields.get(field)?.line ?? entry.line
      page.problems.push(
        problem(file, line, `${id}: ${issue.path.join('.')}: ${issue.message}; see knowledge/README.md for the fields`),
      )
    } else if (made.schema === Fact) page.facts.push(parsed.data as Fact)
    else if (made.schema === Gap) page.gaps.push(parsed.data as Gap)
    else page.blocked.push(parsed.data as BlockedClaim)
  }
  return page
}

/** The first line that holds bytes of something else than text. */
function binaryAt(text: string): number | null {
  const at = text.search(/[\0\uFFFD]/)
  return at < 0 ? null : text.slice(0, at).split('\n').length
}

function problem(file: string, line: number, message: string): Problem {
  return { file, line, column: 1, message, severity: 'problem' }
}

function split(
  text: string,
  complain: (line: number, message: string) => void,
): { head: Map<string, string>; entries: Entry[] } {
  const head = new Map<string, string>()
  const entries: Entry[] = []
  let inHead = false
  text.split('\n').forEach((raw, index) => {
    const line = raw.trimEnd()
    if (line === '---') inHead = index === 0
    else if (line.startsWith('## '))
      entries.push({ slug: line.slice(3).trim(), line: index + 1, fields: new Map(), quotes: [] })
    else if (line === '' || line.startsWith('# ') || line.startsWith('<!--')) return
    else {
      const wrong = readLine(line, index + 1, inHead ? head : entries.at(-1))
      if (wrong) complain(index + 1, wrong)
    }
  })
  return { head, entries }
}

/** Takes one line in; what is wrong with it, or null. */
function readLine(line: string, number: number, into: Map<string, string> | Entry | undefined): string | null {
  const quote = /^> (\d+): (.+)$/.exec(line)
  const field = /^([A-Za-z]+): (.+)$/.exec(line)
  if (into instanceof Map && field) into.set(field[1]!, field[2]!)
  if (into === undefined || into instanceof Map) return null
  if (quote) into.quotes.push({ line: Number(quote[1]), text: quote[2]! })
  else if (field && known.has(field[1]!)) into.fields.set(field[1]!, { text: field[2]!, line: number })
  else return `"${line.slice(0, 30)}" is neither a field nor a quote: write "name: text" or "> LINE: words of the page"`
  return null
}

function make(
  id: string,
  entry: Entry,
  head: ReadonlyMap<string, string>,
): { schema: typeof Fact | typeof Gap | typeof BlockedClaim; value: unknown } {
  const field = (name: string): string | undefined => entry.fields.get(name)?.text ?? head.get(name)
  const say = { en: entry.fields.get('en')?.text, es: entry.fields.get('es')?.text }
  if (entry.fields.has('blocked')) {
    return {
      schema: BlockedClaim,
      value: { id, reason: field('blocked'), file: field('source'), quotes: entry.quotes },
    }
  }
  if (entry.fields.has('unknown')) {
    const near = list(entry.fields.get('near')?.text).map((slug) => withProgram(id, slug))
    return { schema: Gap, value: { id, asks: list(field('unknown')), say, near } }
  }
  const value = {
    id,
    subject: field('subject'),
    asks: list(entry.fields.get('asks')?.text),
    value: readValue(entry.fields.get('value')?.text),
    modality: field('modality'),
    scope: field('scope'),
    file: field('source'),
    quotes: entry.quotes,
    retrievedAt: field('retrievedAt'),
    reviewBy: field('reviewBy'),
    owner: field('owner'),
    reviewed: field('reviewed'),
    say,
    examples: { en: list(entry.fields.get('try')?.text, '|'), es: list(entry.fields.get('prueba')?.text, '|') },
    contradicts: list(entry.fields.get('contradicts')?.text).map((slug) => withProgram(id, slug)),
  }
  return { schema: Fact, value }
}

function withProgram(id: string, slug: string): string {
  return `${id.split('.')[0]}.${slug}`
}

function list(text: string | undefined, mark = ','): string[] {
  return (text ?? '')
    .split(mark)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

/** `6-8 weeks`, `9+ hours-per-week`, `20 percent`; anything else is a mistake the schema reports. */
function readValue(text: string | undefined): Value | null | string {
  if (text === undefined) return null
  const found = /^(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?)|(\+))? ([a-z-]+)$/.exec(text)
  if (!found) return text
  return { from: Number(found[1]), to: found[3] ? null : Number(found[2] ?? found[1]), unit: found[4]! }
}
