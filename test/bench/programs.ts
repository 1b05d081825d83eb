/**
 * A hundred programs: how long they take to load, how much memory they hold, how fast they answer.
 *
 * usage: node --expose-gc test/bench/programs.ts [COUNT]
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer } from '../../knowledge/answer.ts'
import { readLibrary } from '../../knowledge/library.ts'

const count = Number(process.argv[2] ?? 100)
const source = 'knowledge/programs'
const folder = mkdtempSync(join(tmpdir(), 'programs-'))
const ids = readdirSync(source)
for (let at = 0; at < count; at += 1) {
  const id = ids[at % ids.length]!
  const copy = join(folder, `${id}-${at}`)
  cpSync(join(source, id), copy, { recursive: true })
  const file = join(copy, 'program.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^id: .*$/m, `id: ${id}-${at}`))
}
readLibrary(source)
globalThis.gc?.()
const before = process.memoryUsage()
const started = performance.now()
const { library, problems } = readLibrary(folder)
const loadMs = performance.now() - started
globalThis.gc?.()
const mb = (bytes: number): string => (bytes / 2 ** 20).toFixed(1)
const heldAfterLoad = process.memoryUsage().heapUsed - before.heapUsed
const questions = ['how long is it?', 'do you take medicaid', 'can i keep my job', '¿hay terapia de grupo?']
const times: number[] = []
for (const program of library.programs) {
  for (const text of questions) {
    const from = performance.now()
    answer({ text, locale: 'en-US', today: '2026-11-28' }, program)
    times.push(performance.now() - from)
  }
}
globalThis.gc?.()
times.sort((a, b) => a - b)
const held = process.memoryUsage().heapUsed - before.heapUsed
console.log(`${library.programs.length} programs, ${problems.length} problems`)
console.log(`loaded in ${loadMs.toFixed(0)} ms, ${mb(heldAfterLoad)} MB held, ${mb(held)} MB once each has answered`)
console.log(
  `answers p50 ${times[times.length >> 1]!.toFixed(2)} ms, p99 ${times[Math.floor(times.length * 0.99)]!.toFixed(2)} ms`,
)
rmSync(folder, { recursive: true })
