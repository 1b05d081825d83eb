/**
 * What the security documents tell an operator to do can be done: commands and settings are there.
 */
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** What was measured was set up by the tests' own means. */
const documents = ['SECURITY.md', ...globSync('docs/*.md')].filter((document) => document !== 'docs/measured.md')
const cli = readFileSync('bot/cli.ts', 'utf8')
const settings = [...globSync('bot/config*.ts'), 'bot/errors.ts', 'deploy/porchlight.service']
  .map((file) => readFileSync(file, 'utf8'))
  .join('')
/** Read by OpenTelemetry's exporters, and by Node itself. */
const others = /^(?:OTEL_EXPORTER_OTLP|NODE)_/

/** What stands between backticks. */
const quotedIn = (document: string): string[] =>
  [...readFileSync(document, 'utf8').matchAll(/`([^`\n]+)`/g)].map((one) => one[1] as string)

test.each(documents)('every command that %s names can be given', (document) => {
  const named = quotedIn(document).flatMap((quoted) => /^porchlight ([a-z][\w-]*)/.exec(quoted)?.[1] ?? [])
  expect(named.filter((name) => !new RegExp(`^ +'?${name}'?: \\{ ?(?:usage|$)`, 'm').test(cli))).toEqual([])
})

test.each(documents)('every setting that %s names is read', (document) => {
  const named = quotedIn(document).flatMap(
    (quoted) => /^([A-Z][A-Z\d]*(?:_[A-Z\d]+)+)(?:=.*)?$/.exec(quoted)?.[1] ?? [],
  )
  expect(named.filter((name) => !settings.includes(name) && !others.test(name))).toEqual([])
})
