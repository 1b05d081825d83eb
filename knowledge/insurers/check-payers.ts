/**
 * Checks a program's list of insurers: each is known by its key, printed on the line that it names, and given once.
 */

import type { ProgramFolder } from '../checking/next-steps.ts'
import type { Problem } from '../folder/fact-page.ts'
import type { ParsedYaml } from '../folder/yaml-file.ts'
import type { Payer, Program } from '../program.ts'

type Listed = Pick<ProgramFolder, 'payers' | 'sources' | 'unread'>

export function checkPayers(program: Program, folder: Listed): Problem[] {
  const { path, place } = folder.payers
  const fault = (at: Parameters<ParsedYaml['place']>[0], message: string): Problem => ({
    file: path,
    ...place(at),
    message,
    severity: 'problem',
  })
  const isUnsaid = program.payers.length > 0 && !program.facts.some(({ asks }) => asks.includes('payer-list'))
  const unsaid =
    'no fact says that this list is there: write one with "asks: payer-list, insurance" that quotes the line'
  return [
    ...(isUnsaid ? [fault(['listed'], unsaid)] : []),
    ...program.payers.flatMap((payer, at) =>
      faultsOf(payer, at, { program, folder }).map(([field, message]) =>
        fault(['listed', at, field], `${payer.key}: ${message}`),
      ),
    ),
  ]
}

/** Each with the field that must be mended. */
function faultsOf(
  { key, printed, line }: Payer,
  at: number,
  { program, folder }: { program: Program; folder: Listed },
): [keyof Payer, string][] {
  const faults: [keyof Payer, string][] = []
  const { payerAliases } = program.words
  if (!payerAliases.some(({ known }) => known.key === key))
    faults.push(['key', 'knowledge/payers/aliases.yaml has no such payer; add it there'])
  const first = program.payers.findIndex((one) => one.key === key)
  if (first < at) faults.push(['key', 'this insurer is listed twice; keep one of the two'])
  const { file } = program.source
  const lines = folder.sources.get(file)
  const words = printed.split(' (')[0]!
  if (!lines && folder.unread.has(file)) return faults
  if (lines?.[line - 1]?.includes(words)) return faults
  const real = (lines ?? []).findIndex((one) => one.includes(words)) + 1
  const mend = real > 0 ? `it stands on line ${real}` : 'print it as the page does'
  faults.push([real > 0 ? 'line' : 'printed', `"${printed}" is not on line ${line} of ${file}: ${mend}`])
  return faults
}
