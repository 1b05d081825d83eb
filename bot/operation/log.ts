/**
 * The log: structured, with codes and ids; to standard error, so that a command's output stays data, and on to a
 * collector on another machine where one is set.
 */
import { type Logger, multistream, pino } from 'pino'
import type { Config } from '../config.ts'

export interface OpenLog {
  readonly log: Logger
  /** What is still on its way to the collector is sent, as far as it takes it. */
  stop(): Promise<void>
}

export function openLogHere({ logLevel: level }: Pick<Config, 'logLevel'>): OpenLog {
  return { log: pino({ level, base: null }, standardError()), stop: async () => {} }
}

/** What sends lines away is loaded only where a collector is set: it costs a start time and memory. */
export async function openLog(config: Pick<Config, 'logLevel' | 'logsUrl'>): Promise<OpenLog> {
  const { logLevel: level, logsUrl } = config
  if (logsUrl === null || level === 'silent') return openLogHere(config)
  const away = (await import('./logs-away.ts')).sendLogsAway(logsUrl)
  // Each stream has a level of its own besides the logger's.
  const streams = [standardError(), away].map((stream) => ({ level: 'trace' as const, stream }))
  return { log: pino({ level, base: null }, multistream(streams)), stop: away.stop }
}

const standardError = () => pino.destination({ fd: 2, sync: false })
