/**
 * A Redis with a replica behind one address, and what may befall it: killed, paused, cut off, failed over.
 *
 * What is acknowledged is on both (`REDIS_REPLICAS=1`, `min-replicas-to-write 1`), so the replica may take over at any
 * moment. The address is a wire of ours that is turned to the other one, as a managed Redis or a sentinel's script does.
 */
import { execFile } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type RedisServer, startRedis } from '../contracts/redis-server.ts'
import { wireTo } from './wire.ts'

const run = promisify(execFile)

export interface RedisPair {
  readonly settings: Record<string, string>
  /** The primary is gone, at once. */
  kill(): Promise<void>
  /** It comes back on what it had written. */
  restart(): Promise<void>
  pause(): void
  goOn(): void
  cut(now: boolean): void
  /** With the primary gone: its replica takes its place, and the old one comes back as the replica. */
  failOver(): Promise<void>
  end(): Promise<void>
}

const kept = { 'min-replicas-to-write': '1', 'repl-diskless-sync-delay': '0' }

export async function startRedisPair(): Promise<RedisPair> {
  let primary = await startRedis(kept)
  let replica = await startRedis(kept)
  const wire = await wireTo(primary.port)
  await follow(replica, primary)
  return {
    settings: { REDIS_URL: `redis://127.0.0.1:${wire.port}`, REDIS_REPLICAS: '1' },
    kill: () => primary.kill(),
    restart: () => primary.restart(),
    pause: () => void process.kill(primary.pid(), 'SIGSTOP'),
    goOn: () => void process.kill(primary.pid(), 'SIGCONT'),
    cut: wire.cut,
    async failOver() {
      await ask(replica, 'replicaof', 'no', 'one')
      wire.turnTo(replica.port)
      ;[primary, replica] = [replica, primary]
      await replica.restart()
      await follow(replica, primary)
    },
    async end() {
      wire.end()
      await Promise.all([primary.end(), replica.end()])
    },
  }
}

async function follow(one: RedisServer, other: RedisServer): Promise<void> {
  await ask(one, 'replicaof', '127.0.0.1', String(other.port))
  while (!(await ask(one, 'info', 'replication')).includes('master_link_status:up')) await wait(20)
}

async function ask(server: RedisServer, ...command: string[]): Promise<string> {
  return (await run('redis-cli', ['-p', String(server.port), ...command])).stdout
}
