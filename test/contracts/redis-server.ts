/**
 * A real Redis for the tests: a process of its own on a free port, in a folder of its own.
 *
 * It keeps what it acknowledges (append-only file, synced always), as the service demands; a test
 * may start it weaker, stop it hard and start it again on the same folder and port.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RedisServer {
  readonly url: string
  readonly port: number
  readonly pid: () => number
  /** Where its append-only file lies. */
  readonly folder: string
  /** Ends the process as a power cut would. */
  kill(): Promise<void>
  /** Starts it again with what it had written. */
  restart(): Promise<void>
  /** Ends it for good and removes its folder. */
  end(): Promise<void>
}

const durable = { appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction', save: '' }

export async function startRedis(settings: Record<string, string> = {}): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-redis-'))
  const port = await freePort()
  const given = { port: String(port), bind: '127.0.0.1', dir: folder, ...durable, ...settings }
  const args = Object.entries(given).flatMap(([name, value]) => [`--${name}`, value])
  let child = await run(args)
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pid: () => child.pid as number,
    folder,
    kill,
    async restart() {
      child = await run(args)
    },
    async end() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function run(args: readonly string[]): Promise<ChildProcess> {
  const child = spawn('redis-server', [...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  child.once('error', () => process.stderr.write('These tests need Redis: apt-get install redis-server\n'))
  let printed = ''
  for await (const chunk of child.stdout) {
    printed += String(chunk)
    if (printed.includes('Ready to accept connections')) break
  }
  if (!printed.includes('Ready to accept connections')) throw new Error(`Redis did not start: ${printed}`)
  return child
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
