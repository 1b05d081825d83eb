/**
 * The fact page: reads one facts/*.md into facts, gaps and blocked claims, each with its line.
 *
 * Markdown with a small head, so that a person without a programmer can read a page of facts top to
 * bottom and sign it; a reader of our own, because a hundred programs must load in half a second.
 */
import { BlockedClaim, Fact, Gap, type Quote, type Value } from '../fact.ts'
import { notText } from './text-file.ts'
import type { Place } from './yaml-file.ts'

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
  /** Every entry as it stands in the file, by id, for whoever must mend it. */
  readonly entries: Map<string, Entry>
  /** Every heading in turn, a name given twice among them. */
  readonly headings: { readonly id: string; readonly line: number }[]
}

interface Field extends Place {
  readonly text: string
}

export interface Entry {
  readonly slug: string
  readonly line: number
  readonly fields: Map<string, Field>
  readonly quotes: (Quote & { readonly place: Place })[]
}

/** Where an entry, a field of it, or words within that field stand; the nearest thing around what is not there. */
export function placeIn(page: FactPage, id: string, [name = '', within = '']: readonly string[] = []): Place {
  const entry = page.entries.get(id)
  const field = entry?.fields.get(name)
  if (field) return { line: field.line, column: field.column + Math.max(0, field.text.indexOf(within)) }
  return { line: entry?.line ?? 1, column: 1 }
}

const known = new Set(
  'asks value modality scope subject en es try prueba blocked unknown near contradicts reviewBy reviewed owner retrievedAt source'.split(
    ' ',
  ),
)

/** @param program - the id that all entries' ids begin with. */
export function readFactPage(program: string, file: string, text: string): FactPage {
  const page: FactPage = { facts: [], gaps: [], blocked: [], problems: [], entries: new Map(), headings: [] }
  const fault = notText(text)
  if (fault) {
    page.problems.push(problem(file, fault, fault.message))
    return page
  }
  const complain = (line: number, message: string): void =>
    void page.problems.push(problem(file, { line, column: 1 }, message))
  const { head, entries } = split(text, complain)
  for (const entry of entries) {
    const id = `${program}.${entry.slug}`
    page.headings.push({ id, line: entry.line })
    page.entries.set(id, entry)
    const made = make(id, entry, head)
    const parsed = made.schema.safeParse(made.value)
    if (!parsed.success) {
      page.problems.push(...parsed.error.issues.slice(0, 1).map((issue) => faultIn(entry, id, { file, issue })))
    } else if (made.schema === Fact) page.facts.push(parsed.data as Fact)
    else if (made.schema === Gap) page.gaps.push(parsed.data as Gap)
    else page.blocked.push(parsed.data as BlockedClaim)
  }
  return page
}

/** What to write where a field is missing; the name in the file is not always the name in the schema. */
const mends: Readonly<Record<string, string>> = {
  quotes: 'it has no quote: add "> LINE: words of the page, letter for letter"',
  'say.en': 'the English sentence is missing: add "en: …"',
  'say.es': 'the Spanish sentence is missing: add "es: …"',
  asks: 'it answers no question: add "asks: TOPIC" (knowledge/words/topics.yaml)',
  value: 'the value is none: write "6-8 weeks", "9+ hours-per-week" or "20 percent"',
}
const inFile: Readonly<Record<string, string>> = { 'say.en': 'en', 'say.es': 'es', file: 'source' }

function faultIn(
  entry: Entry,
  id: string,
  { file, issue }: { file: string; issue: { readonly path: PropertyKey[]; readonly message: string } },
): Problem {
  const [first = '', second = ''] = issue.path.map(String)
  const name = mends[first] ? first : [first, second].filter((part) => part !== '').join('.')
  const place = entry.fields.get(inFile[name] ?? first) ?? { line: entry.line, column: 1 }
  const mend = mends[name] ?? `${name}: ${issue.message}; see knowledge/README.md for the fields`
  return problem(file, place, `${id}: ${mend}`)
}

function problem(file: string, { line, column }: Place, message: string): Problem {
  return { file, line, column, message, severity: 'problem' }
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
  if (quote)
    into.quotes.push({ line: Number(quote[1]), text: quote[2]!, place: { line: number, column: quote[1]!.length + 5 } })
  else if (field && known.has(field[1]!))
    into.fields.set(field[1]!, { text: field[2]!, line: number, column: field[1]!.length + 3 })
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
      value: { id, reason: field('blocked'), file: field('source'), quotes: quotesOf(entry) },
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
    quotes: quotesOf(entry),
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

function quotesOf({ quotes }: Entry): Quote[] {
  return quotes.map(({ line, text }) => ({ line, text }))
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
