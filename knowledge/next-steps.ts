/**
 * Next steps: what an owner who makes a program's folder does next, line by line of its page.
 *
 * None of it is a mistake, so `check` says it only when it is asked about this one program.
 */
import type { FactPage, Problem } from './fact-page.ts'
import type { Program } from './program.ts'

/** A program's folder as read. */
export interface ProgramFolder {
  readonly path: string
  readonly program: Program
  readonly pages: readonly { readonly path: string; readonly page: FactPage }[]
  readonly payersPath: string
  readonly sources: ReadonlyMap<string, readonly string[]>
}

/** What is open, in the order in which it is best done; nothing when the folder is whole. */
export function nextSteps(folder: ProgramFolder): Problem[] {
  const { program, path } = folder
  const step = (file: string, line: number, message: string): Problem => ({
    file,
    line,
    column: 1,
    message,
    severity: 'warning',
  })
  const steps = openLines(folder).map(({ line, text }) =>
    step(
      `${path}/source/${program.source.file}`,
      line,
      `no entry quotes this: write a fact, a blocked claim or an insurer (payers.yaml) for "${text.slice(0, SHOWN)}${text.length > SHOWN ? '…' : ''}"`,
    ),
  )
  const own = `${path}/program.yaml`
  if (program.hours.demo)
    steps.push(step(own, 1, 'hours: these are made up for the demo: put in the real ones, then demo: false'))
  if (program.origins.length === 0)
    steps.push(step(own, 1, 'origins: no site may show the chat yet: list each, such as https://www.example.org'))
  const unread = program.facts.filter(({ reviewed }) => reviewed === 'awaiting-review').length
  if (unread > 0)
    steps.push(
      step(
        folder.pages[0]?.path ?? own,
        1,
        `${unread} of ${program.facts.length} facts await the reading of a named person; "reviewed: YYYY-MM-DD" says that it was done, and until then each answer says so`,
      ),
    )
  return steps
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
