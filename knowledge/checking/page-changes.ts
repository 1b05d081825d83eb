/**
 * Page changes: what a new version of a program's page means for its facts.
 *
 * A quote that still stands is at most moved. One that is gone has either a successor, a line that
 * shares most of its words, or has vanished; a successor with other numbers contradicts the fact.
 */
import type { Fact } from '../fact.ts'
import type { Program } from '../program.ts'
import { plain, rootOf } from '../reading/spelling.ts'
import { STAFF_SOURCE } from '../staff/staff-source.ts'
import { numbersIn } from '../verify.ts'

export interface PageChange {
  readonly type: 'moved' | 'changed' | 'contradicts' | 'vanished' | 'new'
  /** The fact or blocked claim whose quote it is; null for a line that nothing quotes. */
  readonly id: string | null
  /** Line on the page as it was read for the facts; null when there was none. */
  readonly oldLine: number | null
  /** Line on the new page; null when there is none. */
  readonly newLine: number | null
  readonly was: string
  readonly is: string
}

interface Line {
  readonly number: number
  readonly text: string
  readonly words: ReadonlySet<string>
}

/** Share of words from which a line is taken for a quote's successor. */
const SUCCESSOR_FROM = 0.5
/** Words; shorter lines are headings and menus, but for short sentences ("We take Aetna.") and figures ("$90 a day"). */
const STATEMENT_FROM = 5
const SENTENCE_FROM = 2

/** @param text - the new page as plain text. @returns changes in the order of the facts, new lines last. */
export function pageChanges(program: Program, text: string): PageChange[] {
  const lines = text.split('\n').map((one, at) => ({ number: at + 1, text: one.trim(), words: wordsOf(one) }))
  const quoting: readonly Pick<Fact, 'id' | 'quotes'>[] = [...program.facts, ...program.blocked].filter(
    // What the team stated stands on no page.
    ({ file }) => !file.startsWith(STAFF_SOURCE),
  )
  const met = new Set<number>()
  const changes = quoting.flatMap(({ id, quotes }) =>
    quotes.flatMap((quote) => {
      const change = changeOf(quote, lines)
      if (change.newLine !== null) met.add(change.newLine)
      return change.type === 'moved' && change.newLine === quote.line ? [] : [{ ...change, id }]
    }),
  )
  const fresh = lines.filter((line) => !met.has(line.number) && isStatement(line))
  return [...distinct(changes), ...fresh.map(newLine)]
}

function isStatement({ text, words }: Line): boolean {
  if (words.size >= STATEMENT_FROM) return true
  return words.size >= SENTENCE_FROM && /[.!]["”’)]*$|\d/.test(text)
}

function changeOf({ line, text }: { line: number; text: string }, lines: readonly Line[]): Omit<PageChange, 'id'> {
  const base = { oldLine: line, was: text }
  const standing = [lines[line - 1], ...lines].find((one) => one?.text.includes(text.trim()))
  if (standing) return { ...base, type: 'moved', newLine: standing.number, is: text }
  const words = wordsOf(text)
  const [next] = lines
    .map((one) => ({ one, share: shared(words, one.words) }))
    .filter(({ share }) => share >= SUCCESSOR_FROM)
    .sort((a, b) => b.share - a.share)
  if (!next) return { ...base, type: 'vanished', newLine: null, is: '' }
  const others = sameNumbers(text, next.one.text) ? 'changed' : 'contradicts'
  return { ...base, type: others, newLine: next.one.number, is: next.one.text }
}

function sameNumbers(was: string, is: string): boolean {
  const now = new Set(numbersIn(is))
  return numbersIn(was).every((number) => now.has(number))
}

function shared(of: ReadonlySet<string>, among: ReadonlySet<string>): number {
  if (of.size === 0) return 0
  return [...of].filter((word) => among.has(word)).length / of.size
}

function wordsOf(text: string): Set<string> {
  return new Set((plain(text).match(/[a-z0-9]+/g) ?? []).filter((word) => word.length > 2).map(rootOf))
}

function newLine({ number, text }: Line): PageChange {
  return { type: 'new', id: null, oldLine: null, newLine: number, was: '', is: text }
}

/** Several quotes of one fact on one line change together. */
function distinct(changes: readonly PageChange[]): PageChange[] {
  const seen = new Set<string>()
  return changes.filter(({ id, type, oldLine, newLine: to }) => {
    const key = `${id} ${type} ${oldLine} ${to}`
    return !seen.has(key) && seen.add(key) !== undefined
  })
}
