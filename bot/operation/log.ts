/**
 * The log: structured, with codes and ids; to standard error, so that a command's output stays data, and on to a
 * collector on another machine where one is set.
 */
import { type Logger, multistream, pino } from 'pino'
import type { Config } from '../config.ts'
import { type LogsAway, sendLogsAway } from './logs-away.ts'

export interface OpenLog {
  readonly log: Logger
  /** What is still on its way to the collector is sent, as far as it takes it. */
  stop(): Promise<void>
}

export function openLog({ logLevel: level, logsUrl }: Pick<Config, 'logLevel' | 'logsUrl'>): OpenLog {
  const here = pino.destination({ fd: 2, sync: false })
  if (logsUrl === null || level === 'silent') return { log: pino({ level, base: null }, here), stop: async () => {} }
  const away: LogsAway = sendLogsAway(logsUrl)
  // Each stream has a level of its own besides the logger's.
  const streams = [here, away].map((stream) => ({ level: 'trace' as const, stream }))
  return { log: pino({ level, base: null }, multistream(streams)), stop: away.stop }
}
