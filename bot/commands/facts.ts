/**
 * `facts import`: a new version of a program's page against its facts; nothing is changed by it. `facts export`
 * writes what staff have stated into the program's folder (`facts-export.ts`).
 *
 * One line a change on standard output, so that a person can mend the facts one by one; exit 1 when
 * there is something to mend.
 */
import { readFile, stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type PageChange, pageChanges } from '../../knowledge/checking/page-changes.ts'
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { pageText } from '../page-text.ts'
import { readWorld } from '../world.ts'
import { exportFacts } from './facts-export.ts'

/** Bytes; a page of text is a hundredth of it. */
const LARGEST = 5_000_000
const TIMEOUT_MS = 15_000

export const facts: Command = async ([what, ...args]) => {
  if (what === 'export' && args[0] !== undefined) return exportFacts(args[0])
  if (what !== 'import') throw new AdmissionsError('REQUEST_INVALID', 'Say import, or export and which program.')
  const options = { program: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const [from] = positionals
  if (from === undefined || values.program === undefined)
    throw new AdmissionsError('REQUEST_INVALID', 'Say which page, and --program ID.')
  const { programs } = readWorld(readConfig().programsDir)
  const program = programs.get(values.program)
  if (!program) {
    const served = [...programs.keys()].join(', ')
    throw new AdmissionsError('PROGRAM_NOT_FOUND', `No program is called "${values.program}": say one of ${served}.`)
  }
  const changes = pageChanges(program.knowledge, pageText(await bytesFrom(from)))
  for (const change of changes) process.stdout.write(`${lineFor(change)}\n`)
  const toMend = changes.filter(({ type }) => type !== 'moved').length
  process.stderr.write(`${toMend} to look at, ${changes.length - toMend} only moved\n`)
  return toMend > 0 ? 1 : 0
}

function lineFor({ type, id, oldLine, newLine, was, is }: PageChange): string {
  const place = [oldLine === null ? null : `line ${oldLine}`, newLine === null ? null : `now ${newLine}`]
  const where = `${type}\t${id ?? '-'}\t${place.filter((one) => one !== null).join(', ')}`
  switch (type) {
    case 'moved':
      return where
    case 'vanished':
      return `${where}\twas: ${was}`
    case 'new':
      return `${where}\tis: ${is}`
    case 'changed':
    case 'contradicts':
      return `${where}\twas: ${was}\tis: ${is}`
  }
}

async function bytesFrom(place: string): Promise<Uint8Array> {
  if (/^https?:\/\//.test(place)) return fetched(place)
  const size = (await stat(place).catch(unreadable)).size
  if (size > LARGEST) return tooLarge()
  return readFile(place).catch(unreadable)
}

async function fetched(address: string): Promise<Uint8Array> {
  const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(unreadable)
  if (!response.ok)
    throw new AdmissionsError('REQUEST_INVALID', `The page answered ${response.status}: check the address.`)
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    if (size > LARGEST) return tooLarge()
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function unreadable(cause: unknown): never {
  throw new AdmissionsError('REQUEST_INVALID', 'The page cannot be read: check the name or the address.', { cause })
}

function tooLarge(): never {
  throw new AdmissionsError('REQUEST_INVALID', 'The page is larger than 5 MB: save only its text and give that file.')
}
