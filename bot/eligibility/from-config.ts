/**
 * The clearinghouse that the settings name, with the payers' ids of its own list; a person when they name none.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { clearinghouse } from './clearinghouse.ts'
import { coreX12 } from './core-x12.ts'
import { type Eligibility, personAsks } from './port.ts'

const Payers = z.record(z.string().min(1), z.string().min(1))

/** @throws AdmissionsError `CONFIG_INVALID` when the list of payers cannot be read. */
export function eligibilityOf({ eligibility, allowInside, production }: Config, clock: Clock): Eligibility {
  if (eligibility === null) return personAsks
  const { url, key, npi, x12 } = eligibility
  const shared = { url, provider: { npi, name: eligibility.provider }, payers: payersIn(eligibility.payersFile) }
  if (x12 === null) return clearinghouse({ ...shared, key }, clock)
  const [user = '', ...password] = key.split(':')
  const usage = production ? 'P' : 'T'
  return coreX12({ ...shared, ...x12, user, password: password.join(':'), usage, allowInside }, clock)
}

function payersIn(file: string): Record<string, string> {
  try {
    const payers = Payers.parse(JSON.parse(readFileSync(file, 'utf8')))
    return Object.fromEntries(Object.entries(payers).map(([name, id]) => [name.toLowerCase(), id]))
  } catch (cause) {
    const mend = 'a JSON file of payer names and their ids at the clearinghouse'
    throw new AdmissionsError('CONFIG_INVALID', `Settings to mend: ELIGIBILITY_PAYERS must name ${mend}.`, { cause })
  }
}
