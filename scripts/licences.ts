/**
 * `npm run licences`: the licence of every package that a production installation brings, from the lock file; exit 1
 * for one that is missing or not on the list of those that we may ship.
 */
import { readFileSync } from 'node:fs'

export interface Locked {
  readonly version?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly license?: string
  readonly dev?: boolean
  readonly link?: boolean
  readonly inBundle?: boolean
}

/** Permissive ones; LGPL for libraries that are loaded as they come and can be replaced (the decoders of pictures). */
const allowed = new Set(
  'MIT MIT-0 ISC 0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause BlueOak-1.0.0 Unlicense CC0-1.0 Zlib LGPL-3.0 LGPL-3.0-or-later'.split(
    ' ',
  ),
)

/** An SPDX expression of AND, OR and brackets around one of them. */
export function isAllowed(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, '').trim()
  if (plain.includes(' OR ')) return plain.split(' OR ').some(isAllowed)
  return plain.split(' AND ').every((licence) => allowed.has(licence.trim()))
}

export function lockedPackages(): [string, Locked][] {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> }
  return Object.entries(packages).filter(([path, one]) => path !== '' && !one.link)
}

export function shipped(): { name: string; version: string; licence: string }[] {
  const rows = lockedPackages()
    .filter(([, one]) => !one.dev)
    .map(([path, { version = '', license = 'unknown' }]) => ({
      name: path.replace(/^.*node_modules\//, ''),
      version,
      licence: license,
    }))
  return rows.toSorted((a, b) => a.name.localeCompare(b.name))
}

if (import.meta.main) {
  for (const { name, version, licence } of shipped()) process.stdout.write(`${licence}\t${name} ${version}\n`)
  const doubtful = shipped().filter(({ licence }) => !isAllowed(licence))
  for (const { name, licence } of doubtful) process.stderr.write(`look at ${name}: ${licence}\n`)
  process.exitCode = doubtful.length > 0 ? 1 : 0
}
