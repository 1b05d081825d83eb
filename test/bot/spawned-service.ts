/**
 * The service as its users start it: a process of its own, which can be stopped, killed and read.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface SpawnedService {
  readonly address: string
  readonly pid: number
  /** Everything printed so far, both streams. */
  output(): string
  stop(): Promise<void>
  /** As a power cut would. */
  kill(): Promise<void>
}

/** @throws Error with what it printed when it ends before it listens. */
export async function spawnService(settings: Record<string, string>): Promise<SpawnedService> {
  const child = spawn(process.execPath, ['bot/main.js'], {
    env: { PATH: '/usr/bin:/bin', PORT: '0', RATE_LIMIT_PER_MINUTE: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  child.stderr.on('data', (chunk) => {
    printed += chunk
  })
  const exited = once(child, 'exit')
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /listening on (\S+)/.exec(printed)?.[1]
      if (found) resolve(found)
    })
    void exited.then(() => reject(new Error(`the service ended: ${printed}`)))
  })
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
  }
  return {
    address,
    pid: child.pid as number,
    output: () => printed,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}
