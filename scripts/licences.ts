/**
 * Lists the licence of every package that a production installation brings, from the lock file; exit 1 for one
 * that is missing or forbids our use.
 */
import { readFileSync } from 'node:fs'

interface Locked {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
  readonly link?: boolean
}

const permissive =
  /\b(MIT|ISC|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|0BSD|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Zlib|MIT-0|LGPL-3\.0(-or-later)?)\b/
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> }
const shipped = Object.entries(packages).filter(([path, one]) => path !== '' && !one.dev && !one.link)
const rows = shipped.map(([path, one]) => ({
  name: path.replace(/^.*node_modules\//, ''),
  version: one.version ?? '',
  licence: one.license ?? 'unknown',
}))
for (const { name, version, licence } of rows.sort((a, b) => a.name.localeCompare(b.name)))
  process.stdout.write(`${licence}\t${name} ${version}\n`)
const doubtful = rows.filter(({ licence }) => !permissive.test(licence))
for (const { name, licence } of doubtful) process.stderr.write(`look at ${name}: ${licence}\n`)
process.exitCode = doubtful.length > 0 ? 1 : 0
