/**
 * `facts export PROGRAM`: what staff stated and others passed, into the program's folder; while the service runs or not.
 *
 * The folder is read again afterwards: with a problem in what was written, the files stay as they were.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { STAFF_SOURCE } from '../../knowledge/staff/staff-source.ts'
import { readConfig } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { readDeploymentKey } from '../keeping/deployment-key.ts'
import { learnedBy, statementOf } from '../learning/learned.ts'
import { type WrittenFacts, writeFacts } from '../learning/written-facts.ts'
import { openStore } from '../stores/open-store.ts'
import { inspectWorld, readWorld } from '../world.ts'

export async function exportFacts(id: string): Promise<number> {
  const config = readConfig()
  const program = readWorld(config.programsDir).programs.get(id)?.read
  if (!program) throw new AdmissionsError('PROGRAM_NOT_FOUND', `No program is called "${id}".`)
  const { store } = await openStore(config, readDeploymentKey(config))
  try {
    const entries = (await learnedBy({ store }, [id])).filter(({ stated }) => stated !== null).reverse()
    const writings = entries
      .filter(({ state }) => state === 'said' || state === 'withdrawn')
      .map((entry) => ({ statement: statementOf(entry), isWithdrawn: entry.state === 'withdrawn' }))
    const folder = join(config.programsDir, id)
    const before = read(folder)
    const wrote = writeFacts(before, writings, program)
    const { added, changed, removed } = wrote
    if (added + changed + removed === 0) {
      process.stderr.write('Nothing to write: the folder holds what is said.\n')
      return 0
    }
    write(folder, wrote)
    const problems = inspectWorld(config.programsDir).problems.filter(({ severity }) => severity === 'problem')
    if (problems.length > 0) {
      write(folder, before)
      for (const { file, line, message } of problems) process.stdout.write(`${file}:${line} ${message}\n`)
      process.stderr.write('Nothing was written: mend this on the desk first.\n')
      return 1
    }
    const at = new Date().toISOString()
    const detail = { program: id, added, changed, removed }
    await store.record({ event: 'facts.exported', at, actor: 'command', conversation: null, lead: null, detail })
    process.stderr.write(
      `${join(folder, 'facts', `${STAFF_SOURCE}.md`)}: ${added} added, ${changed} changed, ${removed} taken out. The service reads it at its next start.\n`,
    )
    return 0
  } finally {
    await store.close()
  }
}

const files = { page: ['facts', `${STAFF_SOURCE}.md`], source: ['source', `${STAFF_SOURCE}.txt`] } as const

function read(folder: string): WrittenFacts {
  const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '')
  return { page: textOf(join(folder, ...files.page)), source: textOf(join(folder, ...files.source)) }
}

function write(folder: string, { page, source }: WrittenFacts): void {
  for (const [path, text] of [
    [join(folder, ...files.page), page],
    [join(folder, ...files.source), source],
  ] as const) {
    if (text === '') rmSync(path, { force: true })
    else writeFileSync(path, text)
  }
}
