/**
 * `npm run bench:failover`: a cluster of three primaries with a replica each loses the primary that everything is on.
 *
 * Twenty conversations commit without a pause meanwhile. Counted: how long commits failed, and what of the
 * acknowledged ones is not there afterwards.
 */
import { execFileSync } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { openRedisStore } from '../../bot/stores/redis.ts'
import { type RedisServer, startRedis } from '../contracts/redis-server.ts'
import { commitOf, record } from '../contracts/store-contract.ts'

const CONVERSATIONS = 20
const PREFIX = 'failover'
const settings = { 'cluster-enabled': 'yes', 'cluster-node-timeout': '2000', 'repl-diskless-sync-delay': '0' }

const nodes = await Promise.all(Array.from({ length: 6 }, () => startRedis(settings)))
try {
  await form(nodes)
  const urls = nodes.map((node) => node.url)
  const store = await openRedisStore({ urls, prefix: PREFIX, acceptedLosses: [], replicas: 0, keyMark: 'mark' })
  const acknowledged = new Map<string, number[]>()
  let over = false
  let [failed, lastFailure] = [0, 0]

  const talk = async (id: string, mine: number[]): Promise<void> => {
    await store.start(record(id))
    for (let version = 1; !over; await wait(20)) {
      const result = await store.commit(commitOf(id, version)).catch(() => 'failed')
      if (result === 'committed') mine.push(version++)
      else {
        ;[failed, lastFailure] = [failed + 1, performance.now()]
        version = (await store.load(id).catch(() => null))?.version ?? version
      }
    }
  }

  const talking = Array.from({ length: CONVERSATIONS }, (_, index) => {
    const mine: number[] = []
    acknowledged.set(`c${index}`, mine)
    return talk(`c${index}`, mine)
  })
  await wait(2_000)
  await primaryOf(nodes).kill()
  const killed = performance.now()
  await wait(10_000)
  over = true
  await Promise.all(talking)

  let [lost, doubled] = [0, 0]
  for (const [id, mine] of acknowledged) {
    const turns = (await store.turnsAfter(id, 0)).map((turn) => turn.lastSeq)
    lost += mine.filter((version) => !turns.includes(version)).length
    doubled += turns.length - new Set(turns).size
  }
  const total = [...acknowledged.values()].flat().length
  const failingMs = Math.round(Math.max(0, lastFailure - killed))
  process.stdout.write(`${JSON.stringify({ acknowledged: total, lost, doubled, failed, failingMs })}\n`)
  await store.close()
} finally {
  await Promise.all(nodes.map((node) => node.end()))
}

function cli({ port }: RedisServer, ...command: string[]): string {
  return execFileSync('redis-cli', ['-p', String(port), ...command], { encoding: 'utf8' })
}

/** Until each primary has its replica at its side. */
async function form(all: readonly RedisServer[]): Promise<void> {
  const addresses = all.map(({ port }) => `127.0.0.1:${port}`)
  const how = ['--cluster-replicas', '1', '--cluster-yes']
  execFileSync('redis-cli', ['--cluster', 'create', ...addresses, ...how], { stdio: 'ignore' })
  const stands = (node: RedisServer): boolean =>
    cli(node, 'cluster', 'info').includes('cluster_state:ok') &&
    /connected_slaves:1|master_link_status:up/.test(cli(node, 'info', 'replication'))
  while (!all.every(stands)) await wait(200)
}

/** Who has the slot of the installation. */
function primaryOf(all: readonly RedisServer[]): RedisServer {
  const slot = Number(cli(all[0] as RedisServer, 'cluster', 'keyslot', `{${PREFIX}}`))
  const ranges = (node: RedisServer): string[] => {
    const mine = cli(node, 'cluster', 'nodes')
      .split('\n')
      .find((line) => line.includes('myself,master'))
    return mine?.trim().split(' ').slice(8) ?? []
  }
  const found = all.find((node) =>
    ranges(node).some((range) => {
      const [from = 0, to = from] = range.split('-').map(Number)
      return slot >= from && slot <= to
    }),
  )
  if (!found) throw new Error('nobody has the slot')
  return found
}
