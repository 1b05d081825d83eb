/**
 * No core dump: when the kernel ends a process that may leave one, the file holds what people were just writing.
 *
 * Node cannot lower its own limit, so `prlimit` (util-linux) does it; where neither that nor whatever started the
 * service (`LimitCORE=0`, `--ulimit core=0`) has turned them off, the log says so.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Logger } from 'pino'

const run = promisify(execFile)

/** @returns null where this system does not say. */
export function mayLeaveCore(): boolean | null {
  try {
    const soft = /^Max core file size +(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
    return soft === undefined ? null : soft !== '0'
  } catch {
    return null
  }
}

export async function turnCoreDumpsOff(log: Pick<Logger, 'warn'>): Promise<void> {
  if (mayLeaveCore() !== true) return
  await run('prlimit', ['--pid', String(process.pid), '--core=0:0']).catch(() => undefined)
  if (mayLeaveCore() === true) log.warn({ event: 'core-dumps.on' })
}
