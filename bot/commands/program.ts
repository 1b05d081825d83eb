/**
 * `program new`: a folder for a program that `check` walks its owner through.
 *
 * Whatever is not known stays `unknown`; the page is copied letter for letter, and every line of it
 * waits to become a fact, an unknown or a blocked claim.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { pageText } from '../page-text.ts'

const REVIEW_MONTHS = 6

export const program: Command = async ([what, ...args]) => {
  if (what !== 'new') throw new AdmissionsError('REQUEST_INVALID', 'Say new.')
  const options = { page: { type: 'string' }, name: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const [id = ''] = positionals
  if (!/^[a-z0-9][a-z0-9-]{0,40}$/.test(id))
    throw new AdmissionsError('REQUEST_INVALID', 'An id has small letters, digits and hyphens, 41 at most.')
  const folder = join(readConfig().programsDir, id)
  if (existsSync(folder)) throw new AdmissionsError('REQUEST_INVALID', `${folder} is there already: choose another id.`)
  const page = values.page === undefined ? '' : readPage(values.page)
  writeProgram(folder, { id, name: values.name ?? id, page, today: new Date().toISOString().slice(0, 10) })
  process.stderr.write(
    `${folder} is there. Next: put the page into source/page.txt if it is empty, write each statement into facts/iop.md (knowledge/README.md shows how). "check ${id}" says what comes next, until it is silent.\n`,
  )
  return 0
}

function readPage(path: string): string {
  try {
    return pageText(readFileSync(path))
  } catch (cause) {
    if (cause instanceof AdmissionsError) throw cause
    throw new AdmissionsError('REQUEST_INVALID', 'The page cannot be read: check the name.', { cause })
  }
}

interface Draft {
  readonly id: string
  readonly name: string
  readonly page: string
  /** YYYY-MM-DD */
  readonly today: string
}

function writeProgram(folder: string, draft: Draft): void {
  for (const part of ['facts', 'source']) mkdirSync(join(folder, part), { recursive: true })
  writeFileSync(join(folder, 'source', 'page.txt'), draft.page)
  writeFileSync(join(folder, 'program.yaml'), programFile(draft))
  writeFileSync(join(folder, 'payers.yaml'), payersFile(draft))
  writeFileSync(join(folder, 'facts', 'iop.md'), factFile(draft))
}

function payersFile({ today }: Draft): string {
  return `# Insurers exactly as the page prints them, one entry each; none until then. One looks like this:
#   - key: aetna              # as in knowledge/payers/aliases.yaml
#     printed: Aetna
#     line: 13                # of source/page.txt
#     asOf: ${today}
#     confirmedBy: awaiting-review
source: page.txt
listed: []
`
}

function programFile({ id, name, today }: Draft): string {
  const days = [1, 2, 3, 4, 5].map((day) => `    ${day}: ["09:00", "17:00"]`).join('\n')
  return `# Who this program is. What its page does not give stays unknown; nothing here is guessed.
id: ${id}
name: { en: ${JSON.stringify(name)}, es: ${JSON.stringify(name)} }
alsoCalled: []
source: { file: page.txt, retrievedAt: ${today}, published: unknown }
# Which emergency numbers the crisis card shows: US or IN.
region: US
servedStates: unknown
timeZone: America/New_York
# Until the owner gives the hours: they steer when a call is promised and never answer a question.
hours:
  demo: true
  days:
${days}
    6: null
    7: null
promiseMinutes: { emergency: 5, crisis: 5, medical-first: 15, higher: 30, iop-fit: 60, lower: 240, minor: 30, family: 60, current-patient: 60, professional: 240, staff-decides: 60 }
# Sites that may show the chat, such as https://www.example.org
origins: []
languages: unknown
flags: { offersWithdrawalManagement: unknown, acceptsMedicaid: unknown, acceptsMedicare: unknown, takesMinors: unknown }
`
}

function factFile({ today }: Draft): string {
  const due = new Date(`${today}T00:00:00Z`)
  due.setUTCMonth(due.getUTCMonth() + REVIEW_MONTHS)
  return `---
source: page.txt
subject: the program
modality: always
scope: program
retrievedAt: ${today}
reviewBy: ${due.toISOString().slice(0, 10)}
owner: admissions
reviewed: awaiting-review
---
# One entry for each statement of the page. The first one could look like this, without the marks around it:

<!-- ## length -->
<!-- asks: length -->
<!-- value: 6-8 weeks -->
<!-- modality: usually -->
<!-- > 13: the words of line 13, letter for letter -->
<!-- en: The program typically takes six to eight weeks. -->
<!-- es: El programa normalmente dura de seis a ocho semanas. -->
`
}
