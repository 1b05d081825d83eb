/**
 * What staff stated, as the files of a program's folder: so that the folder stays the source of everything said.
 *
 * The page of facts holds an entry for each statement, the source holds its sentences and where the team has
 * them from. What stands there already stays as it is, also where a person has worded it anew since, until
 * the desk confirms or withdraws it on a later day; so writing twice changes nothing.
 */
import type { Program } from '../../knowledge/program.ts'
import type { StaffStatement } from '../../knowledge/staff/staff-fact.ts'
import { STAFF_SOURCE } from '../../knowledge/staff/staff-source.ts'

export interface WrittenFacts {
  /** `facts/stated-by-the-team.md`; empty when there is none yet. */
  readonly page: string
  /** `source/stated-by-the-team.txt`; nothing is ever taken out of it. */
  readonly source: string
}

export interface Writing {
  readonly statement: StaffStatement
  /** It is said no more: its entry is taken out. */
  readonly isWithdrawn: boolean
}

export interface Wrote extends WrittenFacts {
  readonly added: number
  readonly changed: number
  readonly removed: number
}

/** @param writings - what is said and what was withdrawn, in the order in which it is to stand. */
export function writeFacts(before: WrittenFacts, writings: readonly Writing[], program: Program): Wrote {
  const [head, entries] = split(before.page === '' ? headOf(program, writings) : before.page)
  const source =
    before.source === ''
      ? [`What the team of ${program.name.en} stated, where its page says nothing.`, '']
      : before.source.trimEnd().split('\n').concat('')
  const count = { added: 0, changed: 0, removed: 0 }
  for (const { statement, isWithdrawn } of writings) {
    const old = entries.get(statement.id)
    if (old !== undefined && fieldOf(old, 'reviewed') >= statement.reviewedOn) continue
    if (isWithdrawn) {
      if (entries.delete(statement.id)) count.removed += 1
      continue
    }
    entries.set(statement.id, entryOf(statement, source.length + 1))
    source.push(
      oneLine(statement.en),
      oneLine(statement.es),
      `${statement.statedOn}, from: ${oneLine(statement.source)}`,
      '',
    )
    count[old === undefined ? 'added' : 'changed'] += 1
  }
  if (count.added + count.changed + count.removed === 0) return { ...before, ...count }
  return { page: `${[head.trimEnd(), ...entries.values()].join('\n\n')}\n`, source: source.join('\n'), ...count }
}

/** The head of a page, and its entries by name. */
function split(page: string): [string, Map<string, string>] {
  const [head = '', ...entries] = page.split(/^(?=## )/m)
  return [head, new Map(entries.map((entry) => [entry.slice(3, entry.indexOf('\n')).trim(), entry.trimEnd()]))]
}

function fieldOf(entry: string, name: string): string {
  return new RegExp(`^${name}: (.+)$`, 'm').exec(entry)?.[1] ?? ''
}

function headOf({ name }: Program, writings: readonly Writing[]): string {
  const day = writings[0]?.statement.statedOn ?? ''
  return `---
source: ${STAFF_SOURCE}.txt
subject: ${name.en}
modality: always
scope: program
retrievedAt: ${day}
reviewBy: ${writings[0]?.statement.reviewBy ?? day}
owner: admissions
reviewed: awaiting-review
---
# Stated on the desk by one person and passed by another; written by "facts export".`
}

/** @param line - where its sentences begin in the source. */
function entryOf(statement: StaffStatement, line: number): string {
  const { id, topic, en, es, tries, statedOn, reviewedOn, reviewBy, owner } = statement
  const listed = (questions: readonly string[]): string =>
    questions.map((one) => oneLine(one).replaceAll('|', ' ')).join(' | ')
  return [
    `## ${id}`,
    `asks: ${topic ?? id}`,
    `> ${line}: ${oneLine(en)}`,
    `> ${line + 1}: ${oneLine(es)}`,
    `en: ${oneLine(en)}`,
    `es: ${oneLine(es)}`,
    `try: ${listed(tries.en)}`,
    ...(tries.es.length > 0 ? [`prueba: ${listed(tries.es)}`] : []),
    `retrievedAt: ${statedOn}`,
    `reviewed: ${reviewedOn}`,
    `reviewBy: ${reviewBy}`,
    `owner: ${oneLine(owner)}`,
  ].join('\n')
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
