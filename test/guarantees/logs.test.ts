/**
 * The inventory of what is written down names every event of the code, and none that is gone (OWASP ASVS 5.0, 16.1.1).
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sourceFiles } from './source-files.ts'

/** Names of the same form that are no events. */
const others =
  /\.(json|jsonl|csv|sqlite|lua|html|js|css|ts|keys?|svg|md|yaml|txt|ics|secret|pdf|jpg|bin|mark|id|lead|name|en|es)$/

test('docs/logs.md names every event of the log and of the audit trail', () => {
  const inventory = new Set(
    [...readFileSync('docs/logs.md', 'utf8').matchAll(/`([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)`/g)].map(
      ([, name]) => name,
    ),
  )
  const code = sourceFiles()
    .filter(({ path }) => path.startsWith('bot/'))
    .flatMap(({ text }) =>
      [...text.matchAll(/['"]([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)['"]/g)].map(([, name = '']) => name),
    )
    .filter((name) => !others.test(name))
  expect([...new Set(code)].filter((name) => !inventory.has(name))).toEqual([])
  const known = new Set(code)
  expect([...inventory].filter((name) => name && !others.test(name) && !known.has(name))).toEqual([])
})
