/**
 * `rehearse URL`: a marked visitor walks a live installation; the report is JSON lines, a step each.
 *
 * Run it where the installation's settings are: its Direct Line secret marks the visitor. A password on
 * standard input lets it claim and close the lead as `--name`; where that account has a second factor, the secret that
 * its app was given follows in the next line.
 */
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { codeOf } from '../console/second-factor.ts'
import { AdmissionsError } from '../errors.ts'
import { readDirectLineSecret } from '../keeping/deployment-key.ts'
import { rehearse as play } from '../rehearse/play.ts'

export const rehearse: Command = async (args) => {
  const options = { program: { type: 'string', default: 'inspira' }, name: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const url = positionals[0]?.replace(/\/$/, '')
  if (!url || !URL.canParse(url)) throw new AdmissionsError('REQUEST_INVALID', 'Say the address of the installation.')
  const name = values.name
  const staff = name === undefined ? null : { name, ...signingIn(await text(process.stdin)) }
  const asked = { url, secret: readDirectLineSecret(readConfig()), program: values.program, staff }
  const isGood = await play(asked, (step) => process.stdout.write(`${JSON.stringify(step)}\n`))
  process.stderr.write(isGood ? 'The house works.\n' : 'Something does not work: see the steps that are bad.\n')
  return isGood ? 0 : 1
}

function signingIn(given: string): { password: string; code?: string } {
  const [password = '', secret = ''] = given.split(/\r?\n/)
  return { password, ...(secret.trim() !== '' && { code: codeOf(secret, new Date()) }) }
}
