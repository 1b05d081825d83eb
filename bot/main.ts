/**
 * What `npm start` runs: reads the settings, starts the service, says where it is, stops it cleanly.
 */
import { readConfig } from './config.ts'
import { AdmissionsError } from './errors.ts'
import { type Service, startService } from './service.ts'

/** Starts, prints the addresses, and stops on SIGINT or SIGTERM. @returns the exit code. */
export async function serve(): Promise<number> {
  try {
    const service = await startService(readConfig())
    announce(service)
    await signalled()
    await service.stop()
    return 0
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`)
    return 1
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

if (import.meta.main) process.exitCode = await serve()
