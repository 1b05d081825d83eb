/**
 * Checks: what must hold before a program may speak, and what a person should look at soon.
 *
 * A problem stops the service (a quote that is not on its page); a warning never does (a date that
 * has passed, a translation nobody has reviewed). Each names the file, the line and the column to mend.
 */

import type { Fact } from '../fact.ts'
import { type FactPage, type Problem, placeIn } from '../folder/fact-page.ts'
import type { Place } from '../folder/yaml-file.ts'
import { checkPayers } from '../insurers/check-payers.ts'
import type { Program } from '../program.ts'
import { faultOf } from '../verify.ts'
import type { ProgramFolder } from './next-steps.ts'

/** What a check looks at besides the program itself. */
export type Checked = Pick<ProgramFolder, 'pages' | 'payers' | 'sources' | 'unread'>

/** What only shows when the folders are seen together. */
export function checkPrograms(folders: readonly ProgramFolder[]): Problem[] {
  return folders.flatMap(({ program, path, place }, at) => {
    const other = folders.slice(0, at).find((one) => one.program.id === program.id)
    if (!other) return []
    const message = `id: ${other.path} is called "${program.id}" too; rename one of the two`
    return [problem(`${path}/program.yaml`, place(['id']), message)]
  })
}

export function checkProgram(program: Program, draft: Checked): Problem[] {
  return [
    ...quotes(draft),
    ...duplicates(draft),
    ...topics(program, draft),
    ...wordings(draft),
    ...contradictions(draft),
    ...nearby(program, draft),
    ...unnamed(program, draft),
    ...checkPayers(program, draft),
  ]
}

function problem(file: string, { line, column }: Place, message: string): Problem {
  return { file, line, column, message, severity: 'problem' }
}

/** Every quote stands, letter for letter, on the line that it names. */
function quotes({ pages, sources, unread }: Checked): Problem[] {
  return pages.flatMap(({ path, page }) =>
    [...page.facts, ...page.blocked].flatMap(({ id, file, quotes: all }) => {
      const lines = sources.get(file)
      if (!lines) return unread.has(file) ? [] : [noSource(page, path, { id, file })]
      return all.flatMap((quote, at) => {
        if (lines[quote.line - 1]?.includes(quote.text)) return []
        const place = page.entries.get(id)?.quotes[at]?.place ?? placeIn(page, id)
        const real = lines.findIndex((line) => line.includes(quote.text)) + 1
        const mend = real > 0 ? `it stands on line ${real}` : 'copy the words from the page as they are'
        return [problem(path, place, `${id}: the quote is not on line ${quote.line} of ${file}: ${mend}`)]
      })
    }),
  )
}

function noSource(page: FactPage, path: string, { id, file }: { id: string; file: string }): Problem {
  const message = `${id}: there is no source/${file}; put the page there or mend the name`
  return problem(path, placeIn(page, id, ['source']), message)
}

function duplicates({ pages }: Checked): Problem[] {
  const seen = new Map<string, string>()
  return pages.flatMap(({ path, page }) =>
    page.headings.flatMap(({ id, line }) => {
      const first = seen.get(id)
      if (first === undefined) seen.set(id, `${path}:${line}`)
      const message = `${id}: this id is given twice, first in ${first}; rename one of the two`
      return first === undefined ? [] : [problem(path, { line, column: HEADING }, message)]
    }),
  )
}

/** The name begins behind "## ". */
const HEADING = 4

/** Topics that no word list knows would never be asked. */
function topics({ words }: Program, { pages }: Checked): Problem[] {
  const known = new Set(words.topics.map((topic) => topic.id))
  return pages.flatMap(({ path, page }) =>
    [...page.facts, ...page.gaps].flatMap(({ id, asks }) =>
      asks
        // By its own name a fact is led to by its examples alone.
        .filter((topic) => !known.has(topic) && !topic.startsWith('payer-') && !id.endsWith(`.${topic}`))
        .map((topic) => {
          const field = page.entries.get(id)?.fields.has('unknown') ? 'unknown' : 'asks'
          const message = `${id}: no topic is called "${topic}"${likeIt(topic, known)}; see knowledge/words/topics*.yaml`
          return problem(path, placeIn(page, id, [field, topic]), message)
        }),
    ),
  )
}

/** Topics with a word of it in their name, for whoever nearly knew it. */
function likeIt(topic: string, known: ReadonlySet<string>): string {
  const words = topic.split('-').filter((word) => word.length >= 3)
  const near = [...known].filter((one) => words.some((word) => one.includes(word.replace(/s$/, '')))).slice(0, 5)
  return near.length === 0 ? '' : `, but ${near.join(', ')}`
}

/** The reviewed wording itself passes the verifier, in both languages. */
function wordings({ pages }: Checked): Problem[] {
  return pages.flatMap(({ path, page }) =>
    page.facts.flatMap((fact) =>
      (['en', 'es'] as const).flatMap((tongue) => {
        const fault = faultOf({ text: fact.say[tongue], facts: [fact] })
        if (!fault) return []
        const message = `${fact.id}: the ${tongue} wording says more than its quote (${fault}); word it as carefully as the page`
        return [problem(path, placeIn(page, fact.id, [tongue]), message)]
      }),
    ),
  )
}

/** Two facts that give different values for one question must name each other. */
function contradictions({ pages }: Checked): Problem[] {
  const facts = pages.flatMap(({ path, page }) =>
    page.facts.filter(({ value }) => value !== null).map((fact) => ({ fact, path, page })),
  )
  return facts.flatMap(({ fact, path, page }, at) =>
    facts
      .slice(at + 1)
      .filter(
        (other) =>
          disagree(fact, other.fact) &&
          !fact.contradicts.includes(other.fact.id) &&
          !other.fact.contradicts.includes(fact.id),
      )
      .map((other) => {
        const message = `${fact.id} and ${other.fact.id} give different values; say both and write "contradicts:", or block one`
        return problem(path, placeIn(page, fact.id, ['value']), message)
      }),
  )
}

function disagree(a: Fact, b: Fact): boolean {
  if (!a.value || !b.value || a.value.unit !== b.value.unit || a.asks[0] !== b.asks[0]) return false
  return a.value.from !== b.value.from || a.value.to !== b.value.to
}

/** What is said beside a gap must be a fact. */
function nearby({ facts }: Program, { pages }: Checked): Problem[] {
  const known = new Set(facts.map(({ id }) => id))
  return pages.flatMap(({ path, page }) =>
    page.gaps.flatMap(({ id, near }) =>
      near
        .filter((one) => !known.has(one))
        .map((one) => {
          const place = placeIn(page, id, ['near', one.split('.')[1] ?? one])
          return problem(path, place, `${id}: near names no fact "${one}"; name one of the folder, without its program`)
        }),
    ),
  )
}

/** A sentence that says {topic} needs each topic's name. */
function unnamed({ words }: Program, { pages }: Checked): Problem[] {
  return pages.flatMap(({ path, page }) =>
    page.gaps
      .filter(({ say }) => `${say.en} ${say.es}`.includes('{topic}'))
      .flatMap(({ id, asks }) =>
        asks
          .filter((topic) => !words.names[topic])
          .map((topic) => {
            const place = placeIn(page, id, ['unknown', topic])
            return problem(path, place, `${id}: knowledge/words/names.yaml has no name for "${topic}"; add it there`)
          }),
      ),
  )
}

/** What a person should look at, none of it a reason to stop: dates passed, a folder without a fact. */
export function warnings(program: Program, draft: Checked, today: string): Problem[] {
  const late = draft.pages.flatMap(({ path, page }) =>
    page.facts
      .filter(({ reviewBy }) => today > reviewBy)
      .map(({ id, reviewBy }): Problem => {
        const message = `${id}: its review was due on ${reviewBy}; until then staff confirm it`
        return { ...problem(path, placeIn(page, id, ['reviewBy']), message), severity: 'warning' }
      }),
  )
  return program.facts.length === 0 ? [firstStep(program, draft), ...late] : late
}

/** What a program without a fact needs next: its page, then the first statement on it. */
function firstStep({ id, source }: Program, { pages, sources }: Checked): Problem {
  const lines = sources.get(source.file) ?? []
  const at = lines.findIndex((line) => line.split(' ').length > WORDS_OF_A_STATEMENT)
  const file = pages[0]?.path ?? `${id}/facts/iop.md`
  const message =
    at < 0
      ? `${id}: its page is empty: put the text of the page into source/${source.file}`
      : `${id}: no fact yet, so every question is passed on: begin with line ${at + 1} of source/${source.file} ("${lines[at]!.slice(0, 60)}…")`
  return { file, line: 1, column: 1, message, severity: 'warning' }
}

const WORDS_OF_A_STATEMENT = 6
