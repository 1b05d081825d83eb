/**
 * Checks: what must hold before a program may speak, and what a person should look at soon.
 *
 * A problem stops the service (a quote that is not on its page); a warning never does (a date that
 * has passed, a translation nobody has reviewed).
 */
import { answer } from './answer.ts'
import type { Fact } from './fact.ts'
import type { FactPage, Problem } from './fact-page.ts'
import type { Program } from './program.ts'
import { topicAsked } from './topic-asked.ts'
import { faultOf } from './verify.ts'

/** What a check looks at besides the program itself. */
export interface Checked {
  readonly pages: readonly { readonly path: string; readonly page: FactPage }[]
  readonly payersPath: string
  readonly sources: ReadonlyMap<string, readonly string[]>
}

export function checkProgram(program: Program, draft: Checked): Problem[] {
  return [
    ...quotes(draft),
    ...duplicates(draft),
    ...topics(program, draft),
    ...wordings(draft),
    ...contradictions(draft),
    ...nearby(program, draft),
    ...payers(program, draft),
  ]
}

function problem(file: string, line: number, message: string): Problem {
  return { file, line, column: 1, message, severity: 'problem' }
}

/** Every quote stands, letter for letter, on the line that it names. */
function quotes({ pages, sources }: Checked): Problem[] {
  return pages.flatMap(({ path, page }) =>
    [...page.facts, ...page.blocked].flatMap((entry) =>
      entry.quotes.flatMap((quote) => {
        const lines = sources.get(entry.file)
        const at = page.lines.get(entry.id) ?? 1
        if (!lines)
          return [
            problem(path, at, `${entry.id}: there is no source/${entry.file}; put the page there or mend the name`),
          ]
        if (lines[quote.line - 1]?.includes(quote.text)) return []
        const real = lines.findIndex((line) => line.includes(quote.text)) + 1
        const mend = real > 0 ? `it stands on line ${real}` : 'copy the words from the page as they are'
        return [problem(path, at, `${entry.id}: the quote is not on line ${quote.line} of ${entry.file}: ${mend}`)]
      }),
    ),
  )
}

function duplicates({ pages }: Checked): Problem[] {
  const seen = new Set<string>()
  return pages.flatMap(({ path, page }) =>
    [...page.facts, ...page.gaps, ...page.blocked].flatMap(({ id }) => {
      if (!seen.has(id)) {
        seen.add(id)
        return []
      }
      return [problem(path, page.lines.get(id) ?? 1, `${id}: this id is given twice; rename one of the two`)]
    }),
  )
}

/** Topics that no word list knows would never be asked. */
function topics({ words }: Program, { pages }: Checked): Problem[] {
  const known = new Set(words.topics.map((topic) => topic.id))
  return pages.flatMap(({ path, page }) =>
    [...page.facts, ...page.gaps].flatMap(({ id, asks }) =>
      asks
        // By its own name a fact is led to by its examples alone.
        .filter((topic) => !known.has(topic) && !topic.startsWith('payer-') && !id.endsWith(`.${topic}`))
        .map((topic) =>
          problem(
            path,
            page.lines.get(id) ?? 1,
            `${id}: no topic is called "${topic}"${likeIt(topic, known)}; see knowledge/words/topics*.yaml`,
          ),
        ),
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
        return fault
          ? [
              problem(
                path,
                page.lines.get(fact.id) ?? 1,
                `${fact.id}: the ${tongue} wording says more than its quote (${fault}); word it as carefully as the page`,
              ),
            ]
          : []
      }),
    ),
  )
}

/** Two facts that give different values for one question must name each other. */
function contradictions({ pages }: Checked): Problem[] {
  const facts = pages.flatMap(({ path, page }) =>
    page.facts.map((fact) => ({ fact, path, line: page.lines.get(fact.id) ?? 1 })),
  )
  return facts.flatMap(({ fact, path, line }, at) =>
    facts
      .slice(at + 1)
      .filter(
        (other) =>
          disagree(fact, other.fact) &&
          !fact.contradicts.includes(other.fact.id) &&
          !other.fact.contradicts.includes(fact.id),
      )
      .map((other) =>
        problem(
          path,
          line,
          `${fact.id} and ${other.fact.id} give different values; say both and write "contradicts:", or block one`,
        ),
      ),
  )
}

function disagree(a: Fact, b: Fact): boolean {
  if (!a.value || !b.value || a.value.unit !== b.value.unit || a.asks[0] !== b.asks[0]) return false
  return a.value.from !== b.value.from || a.value.to !== b.value.to
}

function payers(program: Program, { payersPath, sources }: Checked): Problem[] {
  const keys = new Set(program.words.payerAliases.map(({ known }) => known.key))
  const lines = sources.get(program.source.file) ?? []
  const unsaid =
    program.payers.length > 0 && !program.facts.some(({ asks }) => asks.includes('payer-list'))
      ? [
          problem(
            payersPath,
            1,
            'no fact says that this list is there: write one with "asks: payer-list, insurance" that quotes the line',
          ),
        ]
      : []
  const each = program.payers.flatMap((payer) => {
    const unknown = keys.has(payer.key)
      ? []
      : [problem(payersPath, 1, `${payer.key}: knowledge/payers/aliases.yaml has no such payer; add it there`)]
    const missing = lines[payer.line - 1]?.includes(payer.printed.split(' (')[0]!)
      ? []
      : [problem(payersPath, 1, `${payer.key}: "${payer.printed}" is not on line ${payer.line} of the page`)]
    return [...unknown, ...missing]
  })
  return [...unsaid, ...each]
}

/** What is said beside a gap must be a fact. */
function nearby({ facts, gaps }: Program, { pages }: Checked): Problem[] {
  const known = new Set(facts.map(({ id }) => id))
  return gaps.flatMap(({ id, near }) => {
    const at = pages.find(({ page }) => page.lines.has(id))
    const missing = near.filter((one) => !known.has(one))
    return missing.map((one) =>
      problem(at?.path ?? '', at?.page.lines.get(id) ?? 1, `${id}: near names no fact "${one}"`),
    )
  })
}

/** What a person should look at, none of it a reason to stop: dates passed, own examples missed. */
export function warnings(program: Program, draft: Checked, today: string): Problem[] {
  const warn = (path: string, line: number, message: string): Problem => ({
    file: path,
    line,
    column: 1,
    message,
    severity: 'warning',
  })
  const empty = program.facts.length === 0 ? [firstStep(program, draft)] : []
  return [
    ...empty,
    ...draft.pages.flatMap(({ path, page }) =>
      page.facts.flatMap((fact) => {
        const line = page.lines.get(fact.id) ?? 1
        const late =
          today > fact.reviewBy
            ? [warn(path, line, `${fact.id}: its review was due on ${fact.reviewBy}; until then staff confirm it`)]
            : []
        const missed = [...fact.examples.en, ...fact.examples.es].filter(
          (text) => !leadsTo(fact, text, { program, today }),
        )
        return [
          ...late,
          ...missed.map((text) =>
            warn(
              path,
              line,
              `${fact.id}: its own example "${text}" does not lead to it${heardAs(fact, text, program)}`,
            ),
          ),
        ]
      }),
    ),
  ]
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

/** What an example is taken to ask, where the fact does not say that it answers that. */
function heardAs({ asks }: Fact, text: string, program: Program): string {
  const topic = topicAsked(text, program)
  if (topic === null || asks.includes(topic)) return ''
  return `: it is heard as "${topic}", so add that to its asks, or put the example otherwise`
}

const WORDS_OF_A_STATEMENT = 6

function leadsTo(fact: Fact, text: string, { program, today }: { program: Program; today: string }): boolean {
  return answer({ text, locale: 'en-US', today }, program).facts.some(({ id }) => id === fact.id)
}
