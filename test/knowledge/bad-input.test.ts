/** Promises of `check` for whatever a person may put into a program's folder: file, line, column and the mend. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readLibrary } from '../../knowledge/library.ts'
import { today } from './programs.ts'

const page = 'Our program\nThe program lasts six to eight weeks.\nIn-network with:\nAetna\n'
const facts = `---
source: page.txt
subject: the program
modality: always
scope: program
retrievedAt: 2026-11-21
reviewBy: 2027-05-21
owner: admissions
reviewed: awaiting-review
---
## length
asks: length
value: 6-8 weeks
> 2: The program lasts six to eight weeks.
en: The program lasts six to eight weeks.
es: El programa dura de seis a ocho semanas.
try: how long is the program

## insurers
asks: payer-list, insurance
> 3: In-network with:
> 4: Aetna
en: The page lists Aetna as in-network.
es: La página nombra Aetna dentro de la red.
`
const payers =
  'source: page.txt\nlisted:\n  - { key: aetna, printed: Aetna, line: 4, asOf: 2026-11-21, confirmedBy: awaiting-review }\n'
const own = `id: harbor
name: { en: Harbor, es: Harbor }
source: { file: page.txt, retrievedAt: 2026-11-21, published: unknown }
region: US
servedStates: unknown
timeZone: America/New_York
hours: { demo: true, days: { 1: null, 2: null, 3: null, 4: null, 5: null, 6: null, 7: null } }
promiseMinutes: { crisis: 5 }
origins: []
languages: unknown
flags: { offersWithdrawalManagement: unknown, acceptsMedicaid: unknown, acceptsMedicare: unknown, takesMinors: unknown }
`

type Folder = Readonly<Record<string, string | Buffer>>
const whole: Folder = {
  'program.yaml': own,
  'payers.yaml': payers,
  'facts/iop.md': facts,
  'source/page.txt': page,
}

/** What check says of a folder that differs from a whole one in these files, as "file:line:column message". */
function told(changed: Folder, second: Folder | null = null): string[] {
  const root = mkdtempSync(join(tmpdir(), 'bad-input-'))
  for (const [name, files] of [
    ['harbor', { ...whole, ...changed }],
    ['second', second],
  ] as const) {
    for (const part of ['facts', 'source']) mkdirSync(join(root, name, part), { recursive: true })
    for (const [path, text] of Object.entries(files ?? {})) writeFileSync(join(root, name, path), text)
  }
  const { problems, dueBy } = readLibrary(root)
  return [...problems, ...dueBy(today)].map(
    ({ file, line, column, message, severity }) =>
      `${file.slice(root.length + 1)}:${line}:${column} ${severity} ${message}`,
  )
}

const fact = (from: string, to: string): Folder => ({ 'facts/iop.md': facts.replace(from, to) })
const payer = (from: string, to: string): Folder => ({ 'payers.yaml': payers.replace(from, to) })

test('a whole folder is passed in silence', () => {
  expect(told({})).toEqual([])
})

test.each<[string, Folder, RegExp]>([
  [
    'a fact without a quote',
    fact('> 2: The program lasts six to eight weeks.\n', ''),
    /^harbor\/facts\/iop\.md:11:1 problem harbor\.length: it has no quote: add "> LINE/,
  ],
  [
    'a quote on another line',
    fact('> 2: The', '> 1: The'),
    /^harbor\/facts\/iop\.md:14:6 problem harbor\.length: .*not on line 1 of page\.txt: it stands on line 2$/,
  ],
  [
    'a quote that is not in its source',
    fact('> 2: The program lasts six to eight', '> 2: The program takes six to eight'),
    /iop\.md:14:6 problem .*copy the words from the page as they are$/,
  ],
  [
    'a source that is not there',
    { 'program.yaml': own, 'facts/iop.md': facts.replace('source: page.txt', 'source: gone.txt') },
    /iop\.md:11:1 problem harbor\.length: there is no source\/gone\.txt/,
  ],
  [
    'a date that has passed',
    fact('try: how', 'reviewBy: 2026-10-01\ntry: how'),
    /iop\.md:17:11 warning harbor\.length: its review was due on 2026-10-01/,
  ],
  [
    'a date that is none',
    fact('try: how', 'reviewBy: next year\ntry: how'),
    /iop\.md:17:11 problem harbor\.length: reviewBy: /,
  ],
  [
    'an unknown insurer',
    payer('key: aetna', 'key: aetan'),
    /payers\.yaml:3:12 problem aetan: .*aliases\.yaml has no such payer/,
  ],
  [
    'an insurer that the page does not print',
    payer('printed: Aetna', 'printed: Cigna'),
    /payers\.yaml:3:28 problem aetna: "Cigna" is not on line 4 of page\.txt: print it as the page does/,
  ],
  [
    'an insurer on another line',
    payer('line: 4', 'line: 3'),
    /payers\.yaml:3:41 problem aetna: .*it stands on line 4$/,
  ],
  [
    'an insurer listed twice',
    payer('listed:\n', `listed:\n${payers.split('\n')[2]}\n`),
    /payers\.yaml:4:12 problem aetna: this insurer is listed twice/,
  ],
  [
    'a list of insurers that no fact gives',
    fact('payer-list, insurance', 'insurance'),
    /payers\.yaml:3:3 problem no fact says that this list is there/,
  ],
  ['an insurer without a date', payer('asOf: 2026-11-21, ', ''), /payers\.yaml:3:5 problem listed\.0\.asOf: /],
  [
    'an id given twice',
    fact('## insurers', '## length'),
    /iop\.md:19:4 problem harbor\.length: this id is given twice, first in .*harbor\/facts\/iop\.md:11; rename/,
  ],
  [
    'two claims that contradict',
    {
      'facts/iop.md': `${facts}\n## longer\nasks: length\nvalue: 6-9 weeks\n> 2: six to eight weeks\nen: It lasts six to nine weeks.\nes: Dura de seis a nueve semanas.\n`,
    },
    /iop\.md:13:8 problem harbor\.length and harbor\.longer give different values/,
  ],
  [
    'a missing translation',
    fact('es: El programa dura de seis a ocho semanas.\n', ''),
    /iop\.md:11:1 problem harbor\.length: the Spanish sentence is missing: add "es: …"/,
  ],
  [
    'a sentence that says more than its quote',
    fact('en: The program lasts six to eight', 'en: The program lasts six to nine'),
    /iop\.md:15:5 problem harbor\.length: the en wording says more than its quote \(number\)/,
  ],
  [
    'a topic that nobody knows',
    fact('asks: length', 'asks: length, lenght-of-stay'),
    /iop\.md:12:15 problem .*no topic is called "lenght-of-stay"/,
  ],
  [
    'an example that leads elsewhere',
    fact('try: how long is the program', 'try: how long is the program | is there parking'),
    /iop\.md:17:32 problem harbor\.length: its own example "is there parking" does not lead to it: it is heard as "parking"/,
  ],
  [
    'a gap beside a fact that is not there',
    {
      'facts/not-said.md':
        '---\nsource: page.txt\n---\n## price\nunknown: price\nnear: cost\nen: The page gives no price.\nes: La página no da un precio.\n',
    },
    /not-said\.md:6:7 problem harbor\.price: near names no fact "harbor\.cost"/,
  ],
  [
    'a silence without a name',
    {
      'facts/not-said.md':
        '---\nsource: page.txt\n---\n## price\nunknown: price\nen: The page says nothing about {topic}.\nes: La página no dice nada sobre {topic}.\n',
    },
    /not-said\.md:5:10 problem harbor\.price: knowledge\/words\/names\.yaml has no name for "price"/,
  ],
  [
    'a line that is no field',
    fact('try: how', 'what is this\ntry: how'),
    /iop\.md:17:1 problem "what is this" is neither a field nor a quote/,
  ],
  [
    'a page of six megabytes',
    { 'source/page.txt': page.padEnd(6_000_000, ' ') },
    /^harbor\/source\/page\.txt:1:1 problem this is too large \(6\.0 MB, at most 5\): save only the text/,
  ],
  [
    'facts of six megabytes',
    { 'facts/iop.md': facts.padEnd(6_000_000, ' ') },
    /^harbor\/facts\/iop\.md:1:1 problem this is too large/,
  ],
  [
    'a page that is a binary file',
    { 'source/page.txt': Buffer.from('Our program\n%PDF-1.7 \u0000\u0001') },
    /^harbor\/source\/page\.txt:2:10 problem this is no text: save the page as plain UTF-8/,
  ],
  [
    'a page in another encoding',
    { 'source/page.txt': Buffer.from('Dura seis d\u00edas', 'latin1') },
    /^harbor\/source\/page\.txt:1:12 problem this is no text/,
  ],
  [
    'facts that are a binary file',
    { 'facts/iop.md': Buffer.from('---\n---\n## a\u0000') },
    /iop\.md:3:5 problem this is no text/,
  ],
  [
    'a program.yaml that is a binary file',
    { 'program.yaml': Buffer.from([0x50, 0x4b, 3, 4, 0, 0]) },
    /program\.yaml:1:5 problem this is no text/,
  ],
  [
    'a program.yaml that is no YAML',
    { 'program.yaml': own.replace('origins: []', 'origins: [') },
    /program\.yaml:\d+:\d+ problem this is no YAML/,
  ],
  [
    'a value that is none',
    { 'program.yaml': own.replace('region: US', 'region: Mars') },
    /program\.yaml:4:9 problem region: /,
  ],
])('check names %s with its place and the mend', (_, changed, message) => {
  expect(told(changed)).toContainEqual(expect.stringMatching(message))
})

test('what cannot be read is named once, and no quote of it is called wrong', () => {
  for (const text of [page.padEnd(6_000_000, ' '), Buffer.from([0x25, 0, 1])])
    expect(told({ 'source/page.txt': text })).toEqual([expect.stringContaining('source/page.txt:1:')])
})

test('two folders with one id are named', () => {
  expect(told({}, whole)).toContainEqual(
    expect.stringMatching(/^second\/program\.yaml:1:5 problem id: .*harbor is called "harbor" too; rename/),
  )
})

test('every example of the five programs leads to its fact', () => {
  const { dueBy } = readLibrary('knowledge/programs')
  expect(dueBy(today)).toEqual([])
})
