/**
 * A server in a process of its own, as it would run, with the time it took to listen.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

export interface ServerProcess {
  readonly address: string
  /** From the process's start to its first `listening` line. */
  readonly startMs: number
  /** Resident memory in bytes, from the kernel. */
  memory(): number
  /** Processor time so far, in ms. */
  cpuMs(): number
  /** Processor time so far of the thread that runs the turns, in ms; the kernel brings it up to date every few ms. */
  threadMs(): number
  stop(): Promise<void>
}

const SERVERS_CORE = '0'
const CLIENT_CORE = '1'
const canPin = spawnSync('taskset', ['-V']).status === 0

/** Leaves the servers' core to them. */
export function keepOffServersCore(): void {
  if (canPin) spawnSync('taskset', ['-apc', CLIENT_CORE, String(process.pid)])
}

/** On a core that it shares only with servers that are never loaded at the same time. */
export function startOnItsCore(
  script: readonly string[],
  environment: Record<string, string> = {},
): Promise<ServerProcess> {
  const command = [process.execPath, ...script]
  return startProcess(command, environment, canPin ? ['taskset', '-c', SERVERS_CORE] : [])
}

export function startNode(script: readonly string[], environment: Record<string, string>): Promise<ServerProcess> {
  return startProcess([process.execPath, ...script], environment, [])
}

async function startProcess(
  script: readonly string[],
  environment: Record<string, string>,
  pin: readonly string[],
): Promise<ServerProcess> {
  const started = performance.now()
  const [command, ...rest] = [...pin, ...script] as [string, ...string[]]
  const child = spawn(command, rest, {
    env: { PATH: '/usr/bin:/bin', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await listening(child)
  const startMs = performance.now() - started
  return {
    address,
    startMs,
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024,
    cpuMs: () => cpuMsOf(child.pid as number),
    threadMs: () => Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6,
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

/** The kernel counts in ticks of 10 ms: user and system time of all threads. */
export function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

async function listening(child: ChildProcess): Promise<string> {
  let printed = ''
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    printed += chunk.toString()
    const address = /listening on (\S+)/.exec(printed)?.[1]
    if (address) return address
  }
  throw new Error('the server ended before it listened')
}
