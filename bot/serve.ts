/**
 * What `npm start` runs in the end: reads the settings, starts the service, says where it is, stops it cleanly.
 */
import { randomBytes } from 'node:crypto'
import { type Config, readConfig } from './config.ts'
import { AdmissionsError } from './errors.ts'
import { turnCoreDumpsOff } from './operation/core-dumps.ts'
import { hushLibraries, sayLastWord } from './operation/last-word.ts'
import { type Service, startService } from './service.ts'
import { unavailableStore } from './stores/unavailable.ts'

/** Starts, prints the addresses, and stops on SIGINT or SIGTERM. @returns the exit code. */
export async function serve(): Promise<number> {
  sayLastWord()
  try {
    const service = await startAsWellAsPossible(readConfig())
    hushLibraries(service.house.log)
    await turnCoreDumpsOff(service.house.log)
    announce(service)
    await signalled()
    await service.stop()
    return 0
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`)
    return 1
  }
}

const dataFaults = ['STORE_UNAVAILABLE', 'KEY_UNREADABLE']

/** When the data cannot be opened, says so and serves what needs none: hotlines and the crisis card. */
async function startAsWellAsPossible(config: Config): Promise<Service> {
  try {
    return await startService(config)
  } catch (error) {
    if (!(error instanceof AdmissionsError) || !dataFaults.includes(error.code)) throw error
    process.stderr.write(
      `${sentence(error)}\nUntil then only hotlines and the crisis card are served; nothing is kept.\n`,
    )
    return startService(config, { store: unavailableStore(error), deploymentKey: randomBytes(32) })
  }
}

function announce(service: Service): void {
  const { address, house } = service
  const lines = [`listening on ${address}`]
  if (!house.config.production)
    lines.push(
      `demo page: ${address}/`,
      `admissions desk: ${address}/desk (make an account: npm run porchlight -- staff add NAME --role admissions)`,
    )
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** Faults that we know say themselves; anything else by its name only. */
function sentence(error: unknown): string {
  if (error instanceof AdmissionsError) return `${error.code}: ${error.message}`
  return `The start failed: ${error instanceof Error ? `${error.name}: ${error.message}` : 'unknown fault'}`
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}
