/**
 * `npm run faults`: the long run. Kills the service a thousand times and writes what it counted.
 *
 * usage: node test/faults/run-kills.ts [kills] [file for the figures] [--store sqlite|redis]
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type KillCount, killOften } from './killing.ts'

const { values, positionals } = parseArgs({
  options: { store: { type: 'string', default: 'sqlite' } },
  allowPositionals: true,
})
const store = values.store === 'redis' ? 'redis' : 'sqlite'
if (store !== values.store) throw new Error('--store is sqlite or redis')
const kills = Number(positionals[0] ?? 1_000)
const file = positionals[1] ?? `docs/bench/kills-service${store === 'redis' ? '-redis' : ''}.json`

function summary(count: KillCount): object {
  const { redisBackMs, recoveryMs, cardMs, ...counted } = count
  const cards = Object.entries(cardMs).map(([fault, times]) => [fault, { of: times.length, ...spread(times) }])
  return {
    ...counted,
    recoveryMs: spread(recoveryMs),
    ...(redisBackMs.length > 0 && { redisBackMs: spread(redisBackMs), cardMs: Object.fromEntries(cards) }),
  }
}

function spread(each: readonly number[]): object {
  const times = each.toSorted((a, b) => a - b)
  const at = (share: number): number => Math.round(times[Math.floor(times.length * share)] ?? Number.NaN)
  return { p50: at(0.5), p90: at(0.9), longest: Math.round(times.at(-1) ?? Number.NaN) }
}

const tell = (count: KillCount): void => {
  process.stdout.write(`${JSON.stringify(summary(count))}\n`)
  writeFileSync(
    file,
    `${JSON.stringify({ at: new Date().toISOString(), node: process.version, ...summary(count) }, null, 2)}\n`,
  )
}
const count = await killOften(kills, { store, told: tell })
tell(count)
process.exitCode = count.lost + count.doubled + count.cardsMissing + count.saidReadyWithout === 0 ? 0 : 1
