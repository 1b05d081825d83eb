/**
 * `npm test`: everything we promise, on a fresh machine, ending with the plain line `N passed, N failed`.
 *
 * It brings what the tests need (the built widget; Chromium, Redis, a calendar server and two proxies from Debian when they are not there), runs
 * types, lint and every suite, and never skips in silence.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWidget } from '../bot/build-widget.ts'

interface Count {
  passed: number
  failed: number
  skipped: number
}

const count: Count = { passed: 0, failed: 0, skipped: 0 }

bringFromSystem('/usr/bin/chromium', 'chromium')
bringFromSystem('/usr/bin/redis-server', 'redis-server')
bringFromSystem('/usr/sbin/nginx', 'nginx-light')
bringFromSystem('/usr/sbin/haproxy', 'haproxy')
bringFromSystem('/usr/bin/openssl', 'openssl')
bringFromSystem('/usr/bin/radicale', 'radicale')
await buildWidget()
promise('types', 'tsc', ['--noEmit'])
promise('format and lint', 'biome', ['check', '.'])
suites(process.argv.slice(2))
const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
process.stdout.write(`\n${count.passed} passed, ${count.failed} failed${skipped}\n`)
process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0

function run(command: string, args: readonly string[]): number {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  return status ?? 1
}

function promise(name: string, command: string, args: readonly string[]): void {
  const kept = run(command, args) === 0
  count[kept ? 'passed' : 'failed'] += 1
  process.stdout.write(`${kept ? '✓' : '×'} ${name}\n`)
}

/** What the tests need from the system; installed from Debian when it is missing and we may, else named. */
function bringFromSystem(command: string, fromPackage: string): void {
  if (existsSync(command)) return
  if (process.getuid?.() !== 0) {
    process.stderr.write(`The tests need ${command}: apt-get install ${fromPackage}\n`)
    return
  }
  process.stderr.write(`installing ${fromPackage} for the tests\n`)
  run('apt-get', ['update', '-qq'])
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', fromPackage])
}

function suites(filters: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-test-'))
  const report = join(folder, 'report.json')
  const status = run('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  ])
  if (existsSync(report)) add(JSON.parse(readFileSync(report, 'utf8')), status)
  else count.failed += 1
  rmSync(folder, { recursive: true, force: true })
}

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

/** A suite that could not even start has no tests to count: it is one failure. */
function add(report: Report, status: number): void {
  const broken = report.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length
  count.passed += report.numPassedTests
  count.failed += report.numFailedTests + broken
  count.skipped += report.numPendingTests
  if (status !== 0 && report.numFailedTests + broken === 0) count.failed += 1
}
