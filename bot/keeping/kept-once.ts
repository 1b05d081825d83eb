/**
 * A small secret that is made once and kept in a file from then on.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { AdmissionsError } from '../errors.ts'

/** @throws AdmissionsError `STORE_UNAVAILABLE`. */
export function keptOnce(file: string, make: () => string): string {
  try {
    if (!existsSync(file)) writeFileSync(file, `${make()}\n`, { mode: 0o600, flag: 'wx' })
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new AdmissionsError(
      'STORE_UNAVAILABLE',
      'DATA_DIR cannot be read or written: check its permissions and free space.',
      {
        cause,
      },
    )
  }
}
