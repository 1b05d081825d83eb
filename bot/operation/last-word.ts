/**
 * The last word of a process that ends by a fault nobody caught: what kind it was and where in the code it happened.
 *
 * Never its message: a parser or a library may quote in it what a visitor wrote, and standard error goes to the log.
 */
import { writeSync } from 'node:fs'
import type { Logger } from 'pino'

const STANDARD_ERROR = 2

/** A library may print what it was given (Microsoft's SDK prints errors of posts): that it spoke is all that is kept. */
export function hushLibraries(log: Logger): void {
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const)
    console[method] = () => log.warn({ event: 'library.said', method })
}

export function sayLastWord(): void {
  process.on('uncaughtException', (error: unknown) => {
    writeSync(STANDARD_ERROR, `${lastWord(error)}\n`)
    process.exit(1)
  })
}

/** One line of JSON: the error's name, its code, and the places that its stack names. */
function lastWord(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify({ level: 60, event: 'process.failed', name: typeof error })
  const code =
    'code' in error && typeof error.code === 'string' && /^[A-Z_]{1,40}$/.test(error.code) ? error.code : null
  const lines = (error.stack ?? '').split('\n')
  const places = lines.flatMap((line) => /^ {4}at .*?((?:file:|node:)\S+:\d+:\d+)\)?$/.exec(line)?.[1] ?? [])
  const name = /^\w{1,40}$/.test(error.name) ? error.name : 'Error'
  return JSON.stringify({ level: 60, event: 'process.failed', name, code, at: places.slice(0, 10) })
}
