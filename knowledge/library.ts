/**
 * The library: every program's folder, read and checked once at the start.
 *
 * The only file of knowledge that touches the disk. It never throws for what a person wrote: each
 * mistake is a problem with file, line and the mend, and `serve` decides what to do with it.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkProgram, checkPrograms, warnings } from './checking/check.ts'
import { missedExamples } from './checking/check-examples.ts'
import { checkWords } from './checking/check-voice.ts'
import { nextSteps, type ProgramFolder } from './checking/next-steps.ts'
import { type Problem, readFactPage } from './folder/fact-page.ts'
import { notText, tooLarge } from './folder/text-file.ts'
import { byTopic, gapsByTopic, lexiconFrom, type WordFile } from './folder/word-files.ts'
import { type ParsedYaml, parseYaml } from './folder/yaml-file.ts'
import { PayersFile, type Program, ProgramFile } from './program.ts'
import type { Lexicon } from './reading/lexicon.ts'
import { plain } from './reading/spelling.ts'

export type { Problem } from './folder/fact-page.ts'

export interface Library {
  readonly programs: readonly Program[]
}

export interface LibraryRead {
  readonly library: Library
  readonly problems: Problem[]
  /** By a day (YYYY-MM-DD): warnings of late reviews, and a problem for each example that leads elsewhere than to its fact. */
  readonly dueBy: (today: string) => Problem[]
  /** What the owner of one program does next; null when there is no such program. */
  readonly stepsOf: (id: string) => Problem[] | null
}

const here = fileURLToPath(new URL('.', import.meta.url))

/** @param folder - holds one folder per program; words and payer names are shared by all. */
export function readLibrary(folder: string): LibraryRead {
  const { words, problems } = readWords()
  const drafts: Draft[] = []
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    if (!existsSync(join(folder, name, 'program.yaml'))) continue
    const { draft, problems: found } = readProgram(join(folder, name), words)
    problems.push(...found)
    if (draft) drafts.push(draft)
  }
  const programs = drafts.map(({ program }) => ({ ...program, otherNames: namesOfOthers(program, drafts) }))
  problems.push(...checkPrograms(drafts))
  for (const [at, program] of programs.entries()) problems.push(...checkProgram(program, drafts[at]!))
  const dueBy = (today: string) =>
    programs.flatMap((program, at) => [
      ...warnings(program, drafts[at]!, today),
      ...missedExamples(program, drafts[at]!, today),
    ])
  const stepsOf = (id: string): Problem[] | null => {
    const draft = drafts.find(({ program }) => program.id === id)
    return draft ? nextSteps(draft) : null
  }
  return { library: { programs }, problems, dueBy, stepsOf }
}

/** A program as read, with what a check needs to point at the right line. */
export type Draft = ProgramFolder

function readWords(): { words: Lexicon; problems: Problem[] } {
  const folders = ['words', 'payers', 'assistant'].map((name) => join(here, name))
  const files: WordFile[] = folders.flatMap((folder) =>
    filesIn(folder, /\.(yaml|md)$/).map((path) => ({ path: shown(path), text: readFileSync(path, 'utf8') })),
  )
  const { words, problems } = lexiconFrom(files)
  return { words, problems: [...problems, ...checkWords(words)] }
}

function readProgram(folder: string, shared: Lexicon): { draft: Draft | null; problems: Problem[] } {
  const problems: Problem[] = []
  const file = readTyped(join(folder, 'program.yaml'), ProgramFile, problems)
  if (!file) return { draft: null, problems }
  const { value: own, place } = file
  const payersPath = join(folder, 'payers.yaml')
  const payers = existsSync(payersPath) ? readTyped(payersPath, PayersFile, problems) : null
  const pages = filesIn(join(folder, 'facts'), /\.md$/).flatMap((path) => {
    const text = readText(path, problems)
    return text === null ? [] : [{ path: shown(path), page: readFactPage(own.id, shown(path), text) }]
  })
  for (const { page } of pages) problems.push(...page.problems)
  const facts = pages.flatMap(({ page }) => page.facts)
  const gaps = pages.flatMap(({ page }) => page.gaps)
  const program: Program = {
    ...own,
    facts,
    gaps,
    blocked: pages.flatMap(({ page }) => page.blocked),
    payers: payers?.value.listed ?? [],
    factsByTopic: byTopic(facts),
    gapsByTopic: gapsByTopic(gaps),
    words: shared,
    otherNames: [],
  }
  return {
    draft: {
      path: shown(folder),
      program,
      pages,
      place,
      payers: { path: shown(payersPath), place: payers?.place ?? place },
      ...readSources(join(folder, 'source'), problems),
    },
    problems,
  }
}

function readTyped<T>(
  path: string,
  schema: {
    safeParse: (value: unknown) => {
      success: boolean
      data?: T
      error?: { issues: readonly { path: PropertyKey[]; message: string }[] }
    }
  },
  problems: Problem[],
): { value: T; place: ParsedYaml['place'] } | null {
  const text = readText(path, problems)
  if (text === null) return null
  const fault = notText(text)
  const { value, place, problem } = fault ? { value: null, place: () => fault, problem: fault } : parseYaml(text)
  if (problem) {
    problems.push({ file: shown(path), ...problem, severity: 'problem' })
    return null
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return { value: parsed.data as T, place }
  for (const issue of parsed.error?.issues ?? []) {
    const at = place(issue.path)
    problems.push({
      file: shown(path),
      ...at,
      message: `${issue.path.join('.')}: ${issue.message}; mend this value`,
      severity: 'problem',
    })
  }
  return null
}

/** What cannot be read as text is named once, and no quote is looked for in it. */
function readSources(folder: string, problems: Problem[]): Pick<Draft, 'sources' | 'unread'> {
  const sources = new Map<string, readonly string[]>()
  const unread = new Set<string>()
  for (const path of filesIn(folder, /\.txt$/)) {
    const name = path.split('/').at(-1)!
    const text = readText(path, problems)
    const fault = text === null ? null : notText(text)
    if (fault) problems.push({ file: shown(path), ...fault, severity: 'problem' })
    if (text === null || fault) unread.add(name)
    else sources.set(name, text.split('\n'))
  }
  return { sources, unread }
}

/** null, and a problem, for what is too large. */
function readText(path: string, problems: Problem[]): string | null {
  const fault = tooLarge(statSync(path).size)
  if (!fault) return readFileSync(path, 'utf8')
  problems.push({ file: shown(path), ...fault, severity: 'problem' })
  return null
}

function filesIn(folder: string, name: RegExp): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => name.test(file))
    .sort()
    .map((file) => join(folder, file))
}

/** A path as a person knows it: from the project's folder where it lies there. */
function shown(path: string): string {
  const inside = relative(join(here, '..'), path)
  return inside.startsWith('..') ? path : inside
}

function namesOfOthers(program: Program, drafts: readonly Draft[]): string[] {
  return drafts
    .filter((draft) => draft.program.id !== program.id)
    .flatMap((draft) => [draft.program.name.en, ...draft.program.alsoCalled])
    .filter((name) => !name.startsWith('this '))
    .map((name) => plain(name))
}
