/** Promises about the facts: where they come from, and that a mistake in them is named. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkProgram, warnings } from '../../knowledge/checking/check.ts'
import { readFactPage } from '../../knowledge/folder/fact-page.ts'
import { readMessage } from '../../knowledge/reading/reading.ts'
import { faultOf } from '../../knowledge/verify.ts'
import { library, problems, program, today } from './programs.ts'

const head =
  '---\nsource: page.txt\nsubject: the IOP\nmodality: always\nscope: program\nretrievedAt: 2026-11-21\nreviewBy: 2027-05-21\nowner: admissions\nreviewed: awaiting-review\n---\n'
const entry =
  '## length\nasks: length\nvalue: 6-8 weeks\n> 1: six to eight weeks\nen: It takes six to eight weeks.\nes: Dura de seis a ocho semanas.\n'

const nothingElse = {
  payers: { path: 'payers.yaml', place: () => ({ line: 1, column: 1 }) },
  unread: new Set<string>(),
}

function checked(text: string, source = 'it takes six to eight weeks'): string[] {
  const page = readFactPage('inspira', 'facts/a.md', head + text)
  const draft = {
    pages: [{ path: 'facts/a.md', page }],
    ...nothingElse,
    sources: new Map([['page.txt', source.split('\n')]]),
  }
  return [...page.problems, ...checkProgram({ ...program('inspira'), payers: [] }, draft)].map(
    ({ line, message }) => `${line} ${message}`,
  )
}

test('all five programs are read without a problem', () => {
  expect(problems).toEqual([])
  expect(library.programs.map(({ id }) => id).sort()).toEqual([
    'inspira',
    'jagruti',
    'sample-001',
    'sample-002',
    'sample-004',
  ])
})

test('every quote stands letter for letter on its line of the page', () => {
  for (const { id, facts, blocked, source } of library.programs) {
    const lines = readFileSync(`knowledge/programs/${id}/source/${source.file}`, 'utf8').split('\n')
    for (const { quotes, file } of [...facts, ...blocked]) {
      expect(file).toBe(source.file)
      for (const quote of quotes) expect(lines[quote.line - 1]).toContain(quote.text)
    }
  }
})

test('every fact says no more than its quote, in both languages', () => {
  for (const fact of library.programs.flatMap(({ facts }) => facts)) {
    expect([
      fact.id,
      faultOf({ text: fact.say.en, facts: [fact] }),
      faultOf({ text: fact.say.es, facts: [fact] }),
    ]).toEqual([fact.id, null, null])
  }
})

test('a well made fact passes the check', () => {
  expect(checked(entry)).toEqual([])
})

test('a quote that is not on its line is named with the line where it stands', () => {
  expect(checked(entry, 'nothing here\nit takes six to eight weeks')).toEqual([
    expect.stringContaining('it stands on line 2'),
  ])
})

test('a missing translation, a repeated id, an unknown topic and a stray line are named', () => {
  expect(checked(entry.replace(/es: .*\n/, ''))[0]).toContain('add "es: …"')
  expect(checked(entry + entry).join()).toContain('given twice')
  expect(checked(entry.replace('asks: length', 'asks: no-such-topic')).join()).toContain('no topic is called')
  expect(checked(`${entry}what is this\n`).join()).toContain('neither a field nor a quote')
})

test('two values for one question must be declared', () => {
  const other = entry
    .replace('## length', '## other')
    .replace('6-8 weeks', '8-12 weeks')
    .replaceAll('six to eight', 'eight to twelve')
    .replace('de seis a ocho', 'de ocho a doce')
  const page = 'it takes six to eight weeks or eight to twelve weeks'
  expect(checked(entry + other, page).join()).toContain('give different values')
  expect(checked(`${entry}${other}contradicts: length\n`, page)).toEqual([])
})

test('a sentence that is firmer or richer than its quote is named', () => {
  expect(checked(entry.replace('en: It takes six to eight', 'en: It takes six to nine'))[0]).toContain('number')
  expect(checked(entry.replace('es: Dura', 'es: No dura'))[0]).toContain('negation')
})

test('a date that has passed is a warning, and the answer says that staff will confirm', () => {
  const inspira = program('inspira')
  const page = readFactPage('inspira', 'facts/a.md', head + entry)
  const draft = { ...nothingElse, pages: [{ path: 'facts/a.md', page }], sources: new Map<string, string[]>() }
  expect(warnings(inspira, draft, today).filter(({ message }) => message.includes('review was due'))).toEqual([])
  expect(warnings(inspira, draft, '2027-06-01')).toContainEqual(
    expect.objectContaining({ severity: 'warning', message: expect.stringContaining('review was due') }),
  )
})

/** Words of a page that name a thing and do not speak of it: a journal, a "platform", renowned physicians. */
const inPassing = [
  'inspira doctor',
  'jagruti support-groups',
  'sample-001 psychiatrist',
  'sample-002 telehealth-platform',
]

test('of nothing that a page names is it said, without an entry for it, that the page is silent on it', () => {
  const named = library.programs.flatMap(({ id, source, words, factsByTopic, gapsByTopic }) => {
    const page = readFileSync(`knowledge/programs/${id}/source/${source.file}`, 'utf8')
    const lines = page.split('\n').flatMap((line) => line.match(/.{1,700}/g) ?? [])
    const concepts = new Set(
      lines.flatMap((line) => readMessage(line, words).clauses.flatMap((one) => [...one.concepts])),
    )
    return Object.keys(words.names)
      .filter((topic) => concepts.has(topic) && !factsByTopic.has(topic) && !gapsByTopic.has(topic))
      .map((topic) => `${id} ${topic}`)
  })
  expect(named.filter((one) => !inPassing.includes(one))).toEqual([])
})
