/**
 * `doctor`: looks an installation over, as it stands with these settings, and says what to do.
 */
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { lookOver } from '../keeping/look-over.ts'

export const doctor: Command = async () => {
  const findings = await lookOver(readConfig())
  for (const { state, what, mend } of findings) {
    process.stdout.write(`${state.padEnd(7)} ${what}${mend === undefined ? '' : ` → ${mend}`}\n`)
  }
  const grave = findings.filter(({ state }) => state === 'problem').length
  process.stderr.write(`${grave} problems, ${findings.filter(({ state }) => state === 'warning').length} warnings\n`)
  return grave > 0 ? 1 : 0
}
