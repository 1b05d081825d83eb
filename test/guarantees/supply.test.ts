/**
 * What we ship of others: every package is locked by its hash, is the one that is installed, may be shipped, and stands
 * in the bill of materials.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { billOfMaterials } from '../../scripts/bill-of-materials.ts'
import { isAllowed, type Locked, lockedPackages, shipped } from '../../scripts/licences.ts'

const project = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>

test('every package is locked by a SHA-512 of its content, and none comes from a branch, a folder or in the clear', () => {
  const locked = lockedPackages()
  expect(locked.length).toBeGreaterThan(100)
  // What is packed inside another package is under that one's hash.
  const open = locked.filter(([, one]) => !one.inBundle && !/^sha512-[\w+/]{86}==$/.test(one.integrity ?? ''))
  expect(open.map(([path]) => path)).toEqual([])
  const elsewhere = locked.filter(([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://'))
  expect(elsewhere.map(([path]) => path)).toEqual([])
})

test('what we ship is named by an exact version, and what is installed is what is locked', () => {
  const loose = Object.entries(project.dependencies ?? {}).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
  expect(loose).toEqual([])
  const installed = JSON.parse(readFileSync('node_modules/.package-lock.json', 'utf8')) as {
    packages: Record<string, Locked>
  }
  const byPath = new Map(lockedPackages())
  const other = Object.entries(installed.packages).filter(
    ([path, one]) => byPath.get(path)?.integrity !== one.integrity,
  )
  expect(other.map(([path]) => path)).toEqual([])
})

test('every licence of what we ship is on the list, and no other would pass', () => {
  expect(shipped().filter(({ licence }) => !isAllowed(licence))).toEqual([])
  for (const licence of ['GPL-3.0', 'AGPL-3.0-only', 'SSPL-1.0', 'unknown', 'MIT AND GPL-2.0', 'UNLICENSED', ''])
    expect([licence, isAllowed(licence)]).toEqual([licence, false])
  expect(isAllowed('(GPL-2.0 OR MIT)')).toBe(true)
})

test('the bill of materials (CycloneDX) names every package that we ship', () => {
  const bill = billOfMaterials()
  expect(bill.bomFormat).toBe('CycloneDX')
  const named = new Set(bill.components.map(({ name, version }) => `${name} ${version}`))
  const missing = shipped().filter(({ name, version }) => !named.has(`${name} ${version}`))
  expect(missing.map(({ name }) => name)).toEqual([])
  expect(bill.components.some(({ name }) => name === 'vitest')).toBe(false)
}, 60_000)
