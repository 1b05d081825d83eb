/**
 * What the security documents name as evidence is there: files, tests, commands, settings.
 */
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'

const documents = [
  'SECURITY.md',
  'docs/asvs.md',
  'docs/threat-model.md',
  'docs/operate.md',
  'docs/privacy.md',
  'docs/logs.md',
]
const sources = globSync([
  'bot/**/*',
  'test/**/*',
  'widget/**/*',
  'flows/**/*',
  'knowledge/**/*',
  'scripts/*',
  'docs/**/*',
  'deploy/**/*',
  '*.md',
])
const files = new Set(sources)
const names = new Set(sources.map((file) => basename(file)))

/** What stands between backticks. */
const quotedIn = (document: string): string[] =>
  [...readFileSync(document, 'utf8').matchAll(/`([^`\n]+)`/g)].map((one) => one[1] as string)

test.each(documents)('every file that %s names is there', (document) => {
  const missing = quotedIn(document).filter((quoted) => isFileName(quoted) && !isThere(quoted))
  expect(missing).toEqual([])
})

function isFileName(quoted: string): boolean {
  return /^(?:(?:bot|test|widget|flows|knowledge|scripts|docs|deploy)\/[\w./-]+|[\w.-]+\.(?:ts|md))$/.test(quoted)
}

/** A folder, a file, or a test named without the folder of the one before it. */
function isThere(quoted: string): boolean {
  const plain = quoted.replace(/\/$/, '')
  return files.has(plain) || (quoted.includes('/') ? sources.some((file) => file.startsWith(plain)) : names.has(plain))
}

test.each(documents)('every command that %s names can be given', (document) => {
  const cli = readFileSync('bot/cli.ts', 'utf8')
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  const unknown = quotedIn(document).filter((quoted) => {
    const [, npm] = /(?:^| )npm run ([\w:]+)/.exec(quoted) ?? []
    const [, own] = /^porchlight ([a-z][\w-]*)/.exec(quoted) ?? []
    return (
      (npm !== undefined && !(npm in scripts)) ||
      (own !== undefined && !new RegExp(`^ +'?${own}'?: \\{ ?(?:usage|$)`, 'm').test(cli))
    )
  })
  expect(unknown).toEqual([])
})

/** Its exporters read settings of their own. */
const OPENTELEMETRY = 'OTEL_EXPORTER_OTLP_'

test.each(documents)('every setting that %s names is read', (document) => {
  const read = globSync('bot/config*.ts')
    .map((file) => readFileSync(file, 'utf8'))
    .join('')
  const elsewhere = ['bot/errors.ts', 'deploy/porchlight.service'].map((file) => readFileSync(file, 'utf8')).join('')
  const isRead = (name: string): boolean =>
    read.includes(name) || elsewhere.includes(name) || name.startsWith(OPENTELEMETRY)
  const named = quotedIn(document).flatMap(
    (quoted) => /^([A-Z][A-Z\d]*(?:_[A-Z\d]+)+)(?:=.*)?$/.exec(quoted)?.[1] ?? [],
  )
  expect(named.filter((name) => !isRead(name))).toEqual([])
})
