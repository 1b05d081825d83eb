/**
 * A Redis Cluster of three nodes for the tests.
 */
import { execFileSync } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { type RedisServer, startRedis } from './redis-server.ts'

export interface RedisCluster {
  readonly urls: readonly string[]
  end(): Promise<void>
}

export async function startCluster(): Promise<RedisCluster> {
  const settings = { 'cluster-enabled': 'yes', 'cluster-node-timeout': '2000' }
  const nodes = await Promise.all([startRedis(settings), startRedis(settings), startRedis(settings)])
  const end = async (): Promise<void> => void (await Promise.all(nodes.map((node) => node.end())))
  try {
    const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`)
    execFileSync('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-yes'], { stdio: 'ignore' })
    for (const node of nodes) while (!stands(node)) await wait(50)
    return { urls: nodes.map((node) => node.url), end }
  } catch (error) {
    await end()
    throw error
  }
}

function stands({ port }: RedisServer): boolean {
  const info = execFileSync('redis-cli', ['-p', String(port), 'cluster', 'info'], { encoding: 'utf8' })
  return info.includes('cluster_state:ok') && info.includes('cluster_known_nodes:3')
}
