/**
 * `npm run faults`: the long run. Kills the service a thousand times and writes what it counted.
 *
 * usage: node test/faults/run-kills.ts [kills] [file for the figures]
 */
import { writeFileSync } from 'node:fs'
import { type KillCount, killOften } from './killing.ts'

const kills = Number(process.argv[2] ?? 1_000)
const file = process.argv[3] ?? 'docs/bench/kills-sqlite.json'

function summary(count: KillCount): object {
  const times = count.recoveryMs.toSorted((a, b) => a - b)
  const at = (share: number): number => Math.round(times[Math.floor(times.length * share)] ?? Number.NaN)
  return { ...count, recoveryMs: { p50: at(0.5), p90: at(0.9), longest: Math.round(times.at(-1) ?? Number.NaN) } }
}

const tell = (count: KillCount): void => {
  process.stdout.write(`${JSON.stringify(summary(count))}\n`)
  writeFileSync(
    file,
    `${JSON.stringify({ at: new Date().toISOString(), node: process.version, ...summary(count) }, null, 2)}\n`,
  )
}
const count = await killOften(kills, tell)
tell(count)
process.exitCode = count.lost + count.doubled + count.cardsMissing === 0 ? 0 : 1
