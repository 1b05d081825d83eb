/**
 * Next steps: what an owner who makes a program's folder does next, line by line of its page.
 *
 * None of it is a mistake, so `check` says it only when it is asked about this one program.
 */
import type { FactPage, Problem } from '../folder/fact-page.ts'
import type { ParsedYaml, Place } from '../folder/yaml-file.ts'
import type { Program } from '../program.ts'

/** A program's folder as read. */
export interface ProgramFolder {
  readonly path: string
  readonly program: Program
  readonly pages: readonly { readonly path: string; readonly page: FactPage }[]
  /** Where a value of program.yaml stands. */
  readonly place: ParsedYaml['place']
  readonly payers: { readonly path: string; readonly place: ParsedYaml['place'] }
  readonly sources: ReadonlyMap<string, readonly string[]>
  /** Source pages that are there and cannot be read: named once, and never as the fault of a quote. */
  readonly unread: ReadonlySet<string>
}

/** What is open, in the order in which it is best done; nothing when the folder is whole. */
export function nextSteps(folder: ProgramFolder): Problem[] {
  const { program, path } = folder
  const lines = openLines(folder).map(({ line, text }) => {
    const start = `${text.slice(0, SHOWN)}${text.length > SHOWN ? '…' : ''}`
    const message = `no entry quotes this: write a fact, a blocked claim or an insurer (payers.yaml) for "${start}"`
    return step(`${path}/source/${program.source.file}`, { line, column: 1 }, message)
  })
  return [...lines, ...ownersSteps(folder)]
}

/** What only the owner of the program can give. */
function ownersSteps({ program, path, pages, place }: ProgramFolder): Problem[] {
  const own = `${path}/program.yaml`
  const steps: Problem[] = []
  const hours = 'hours: these are made up for the demo: put in the real ones, then demo: false'
  if (program.hours.demo) steps.push(step(own, place(['hours', 'demo']), hours))
  const origins = 'origins: no site may show the chat yet: list each, such as https://www.example.org'
  if (program.origins.length === 0) steps.push(step(own, place(['origins']), origins))
  const unread = program.facts.filter(({ reviewed }) => reviewed === 'awaiting-review').length
  const reviews = `${unread} of ${program.facts.length} facts await the reading of a named person; "reviewed: YYYY-MM-DD" says that it was done, and until then each answer says so`
  if (unread > 0) steps.push(step(pages[0]?.path ?? own, { line: 1, column: 1 }, reviews))
  return steps
}

function step(file: string, { line, column }: Place, message: string): Problem {
  return { file, line, column, message, severity: 'warning' }
}

const SHOWN = 60
/** Words; what is shorter is a heading or a menu, but for short sentences ("We take Aetna.") and figures. */
const STATEMENT_FROM = 6
const SENTENCE_FROM = 2
const SURELY_FROM = 12

/** Statements of the page that nothing in the folder quotes. */
function openLines({ program, sources }: ProgramFolder): { line: number; text: string }[] {
  const quoted = new Set([
    ...[...program.facts, ...program.blocked]
      .filter(({ file }) => file === program.source.file)
      .flatMap(({ quotes }) => quotes.map(({ line }) => line)),
    ...program.payers.map(({ line }) => line),
  ])
  return (sources.get(program.source.file) ?? []).flatMap((raw, at) => {
    const text = raw.trim()
    const words = text.split(/\s+/).length
    const isStatement =
      (words >= SURELY_FROM && !text.endsWith('?')) ||
      (words >= STATEMENT_FROM && /[.!:;]["”’)]*$/.test(text)) ||
      (words >= SENTENCE_FROM && /[.!]["”’)]*$|\d/.test(text))
    return isStatement && !quoted.has(at + 1) ? [{ line: at + 1, text }] : []
  })
}
